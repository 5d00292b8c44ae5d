"""How far the highest share lies above its bounds, without the policy's bands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.census import Work
from benchmarks.found import Found
from benchmarks.seating import seating_of
from scheduler.domain.fairness import loads
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.review.scorecard import tier_price
from scheduler.rules.book import Policy
from scheduler.rules.preferences.fair_share import FairShare
from scheduler.solver.counting import least_share
from scheduler.solver.frame import build, goals_of
from scheduler.solver.large import MODELLED
from scheduler.solver.relaxation import least
from scheduler.solver.rows import Rows, line


@dataclass(frozen=True, slots=True)
class Unbanded:
    """The highest share of a plan, and what it is at least in every plan that is as good in the
    tiers before fairness and leaves no more seats empty; both in thousandths, not rounded."""

    highest: float
    least: float


def unbanded(work: Work, found: Found) -> Unbanded:
    """The best of three bounds: by counting, by a linear program where one model holds it all, and
    by the band that the planner has proved. Takes a second or so."""
    problem, policy = work.problem, work.team.policy
    seating = seating_of(work, found.holders)
    served = loads(problem, seating)
    shares = (1000 * served[m] / due for m, due in problem.entitlements.items() if due)
    empty = len(work.fillable - found.holders.keys())
    counted = least_share(problem, work.pairs, empty)
    relaxed = _relaxed(problem, policy, seating) if len(work.pairs) <= MODELLED else 0
    proved = max((_below(policy, tier.bound) for tier in found.tiers), default=0)
    return Unbanded(max(shares, default=0.0), max(counted, relaxed, proved))


def _below(policy: Policy, bound: Price) -> int:
    """What a share lies above that reaches a band; 0 for the bound of another tier."""
    if not isinstance(bound, tuple) or not bound:
        return 0
    bands = [rule.band for rule in policy.rules if isinstance(rule, FairShare)]
    return max(0, bound[0] - max(bands, default=bound[0]))


def _relaxed(problem: Problem, policy: Policy, seating: Seating) -> float:
    """The bound of the linear relaxation in bands of a thousandth, which round up; 0 where there
    is none."""
    narrow = [replace(r, band=1) if isinstance(r, FairShare) else r for r in policy.rules]
    policy = replace(policy, rules=tuple(narrow))
    model, rows = build(problem, policy), Rows()
    for tier in policy.open_tiers(problem):
        price = tier_price(problem, policy, tier, seating)
        goals = goals_of(model, problem, policy, tier, seating, price)
        goal, value = next(goals, (0, 0))
        if isinstance(price, tuple):
            stated = line(model, goal)
            rows.follow(model)
            return max(0, (least(rows, stated) or 0) - 1)
        model.at_most(goal, value)
    return 0
