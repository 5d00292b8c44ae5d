"""The scorecard: what a rotation costs tier by tier, and everybody's share."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.fairness import shares
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating, Share
from scheduler.rules.book import Policy, Tier
from scheduler.rules.card import price


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The price of each tier by its name, in the order of the policy, and every member's share."""

    tiers: tuple[tuple[str, Price], ...]
    shares: tuple[Share, ...]


def score(problem: Problem, policy: Policy, seating: Seating) -> Scorecard:
    """Price any rotation, good or bad."""
    opened = policy.open_tiers(problem)
    tiers = tuple((tier.name, tier_price(problem, policy, tier, seating)) for tier in opened)
    return Scorecard(tiers, shares(problem, seating))


def tier_price(problem: Problem, policy: Policy, tier: Tier, seating: Seating) -> Price:
    """Weighted units in sum; a tuple where a rule with goals in order has the tier to itself."""
    total = 0
    for rule in policy.priced(tier):
        cost = price(rule, rule.explain(problem, seating))
        if isinstance(cost, tuple):
            return cost
        total += cost
    return total


def above(one: Price | None, other: Price | None) -> bool:
    """Whether one price of a tier is higher than another of the same tier; what is not known is
    not."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one > other
    return isinstance(one, int) and isinstance(other, int) and one > other
