"""Rota itself, with the goals in strict order and the limits of ``rota plan``."""

from __future__ import annotations

from benchmarks.found import Found, Run, is_near, stopwatch
from scheduler.domain.rotation import Price, TierResult
from scheduler.solver import Limits, Progress, solve

Event = tuple[float, str, int, int, int]
"""Seconds, tier, number of the goal, value and bound."""


def plan(run: Run) -> Found:
    """Who holds each seat, and the price, bound and proof of each tier."""
    elapsed = stopwatch()
    events: list[Event] = []

    def watch(told: Progress) -> None:
        events.append((elapsed(), told.tier, told.goal, told.value, told.bound))

    limits = Limits(seconds=run.seconds, seed=run.seed)
    outcome = solve(run.work.problem, run.work.team.policy, limits, watch=watch)
    seconds = elapsed()
    return Found(
        holders={seat.key: member.id for seat, member in outcome.seating},
        seconds=seconds,
        first=_first(events, outcome.tiers, seconds),
        near=_near(events, outcome.tiers, seconds),
        proof=seconds if all(tier.proved for tier in outcome.tiers) else None,
        tiers=outcome.tiers,
        note="ended by the clock" if outcome.interrupted else "",
    )


def _first(events: list[Event], tiers: tuple[TierResult, ...], seconds: float) -> float | None:
    """When every must seat was filled: the first tier's last value is 0, or it was never opened."""
    if tiers and tiers[0].name == "must" and tiers[0].price:
        return None
    return next((at for at, tier, _, value, _ in events if tier != "must" or not value), seconds)


def _near(events: list[Event], tiers: tuple[TierResult, ...], seconds: float) -> float | None:
    """When the last goal came within 1% of its bound, if in the end every tier lies there."""
    if not all(tier.proved or is_near(_sum(tier.price), _sum(tier.bound)) for tier in tiers):
        return None
    bounds = {(tier, goal): bound for _, tier, goal, _, bound in events}
    reached: dict[tuple[str, int], float] = {}
    for at, tier, goal, value, _ in events:
        if is_near(value, bounds[tier, goal]):
            reached.setdefault((tier, goal), at)
    return max(reached.values(), default=seconds)


def _sum(price: Price) -> int:
    return sum(price) if isinstance(price, tuple) else price
