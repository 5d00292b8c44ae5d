"""Rota itself, with the goals in strict order: ``rota plan --work W --time SECONDS``."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.found import CLOSE, Found, Run, is_near, stopwatch
from scheduler.domain.rotation import Price, TierResult
from scheduler.solver import Limits, Progress, solve

WORK = 2.5
"""Deterministic seconds of work for each second by the clock, so that the clock is what ends it."""

Event = tuple[float, str, int, int, int]
"""Seconds, tier, number of the goal, value and bound."""


def plan(run: Run) -> Found:
    """Who holds each seat, and the price, bound and proof of each tier."""
    return within(run, Limits(WORK * run.seconds, run.seconds, run.seed))


def within(run: Run, limits: Limits) -> Found:
    """The same within other limits."""
    elapsed = stopwatch()
    events: list[Event] = []

    def watch(told: Progress) -> None:
        events.append((elapsed(), told.tier, told.goal, told.value, told.bound))

    outcome = solve(run.work.problem, run.work.team.policy, limits, watch=watch)
    seconds = elapsed()
    return Found(
        holders={seat.key: member.id for seat, member in outcome.seating},
        seconds=seconds,
        first=_first(events, outcome.tiers, seconds),
        near=_near(events, outcome.tiers, seconds),
        close=close(events, outcome.tiers, seconds),
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


def close(events: Sequence[Event], tiers: Sequence[TierResult], seconds: float) -> float | None:
    """When the last goal up to the highest share came within 2% of its bound, if in the end all
    of them lie there. The list of shares below the highest, and the tiers after it, are left
    aside: what bounds them is known only once everything before them is proved."""
    counted = _until_fairness(tiers)
    if not all(tier.proved or is_near(*_head(tier), CLOSE) for tier in counted):
        return None
    goals = {tier.name: 1 for tier in counted}
    told = [event for event in events if goals.get(event[1]) == event[2]]
    bounds = {tier: bound for _, tier, _, _, bound in told}
    reached: dict[str, float] = {}
    for at, tier, _, value, _ in told:
        if is_near(value, bounds[tier], CLOSE):
            reached.setdefault(tier, at)
    return max((reached.get(tier, seconds) for tier in bounds), default=seconds)


def _until_fairness(tiers: Sequence[TierResult]) -> Sequence[TierResult]:
    """The tiers in order, with the one that is priced by a list as the last."""
    listed = (n for n, tier in enumerate(tiers, 1) if isinstance(tier.price, tuple))
    return tiers[: next(listed, len(tiers))]


def _head(tier: TierResult) -> tuple[int, int]:
    """What a tier costs without what was given up for others, and its bound; of lists the first
    entries."""
    price, bound = tier.price, tier.bound
    if isinstance(price, tuple) and isinstance(bound, tuple):
        return next(iter(price), 0), next(iter(bound), 0)
    return _sum(price) - tier.given, _sum(bound)


def _sum(price: Price) -> int:
    return sum(price) if isinstance(price, tuple) else price
