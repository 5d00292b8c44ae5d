"""The only room that solves. ``solve`` turns a problem and a policy into an outcome."""

from scheduler.solver.engine import Interrupt
from scheduler.solver.outcome import Limits, Outcome, Progress
from scheduler.solver.tiers import solve

__all__ = ["Interrupt", "Limits", "Outcome", "Progress", "solve"]
