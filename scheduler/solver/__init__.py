"""The only room that solves. ``solve`` turns a problem and a policy into an outcome."""

from scheduler.solver.apart import solve_apart
from scheduler.solver.engine import Interrupt
from scheduler.solver.outcome import Limits, Means, Outcome, Progress, Step
from scheduler.solver.side_by_side import each, heed_interrupts
from scheduler.solver.tiers import solve

__all__ = [
    "Interrupt",
    "Limits",
    "Means",
    "Outcome",
    "Progress",
    "Step",
    "each",
    "heed_interrupts",
    "solve",
    "solve_apart",
]
