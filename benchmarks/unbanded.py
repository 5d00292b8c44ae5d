"""How far the highest share lies above what counting says of it, without the policy's bands."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.census import Work
from benchmarks.found import Found
from benchmarks.seating import seating_of
from scheduler.domain.fairness import loads
from scheduler.solver.counting import least_share


@dataclass(frozen=True, slots=True)
class Unbanded:
    """The highest share of a plan and what it is at least in every plan that leaves no more seats
    empty; both in thousandths, not rounded."""

    highest: float
    least: float


def unbanded(work: Work, found: Found) -> Unbanded:
    """Count for a plan; a second or so for a thousand members."""
    problem = work.problem
    served = loads(problem, seating_of(work, found.holders))
    shares = (1000 * served[m] / due for m, due in problem.entitlements.items() if due)
    empty = len(work.fillable - found.holders.keys())
    return Unbanded(max(shares, default=0.0), least_share(problem, work.pairs, empty))
