"""Every claim of an answer worked out again by trying every rotation there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.domain.shifts import Seat
from scheduler.domain.span import Week
from scheduler.review.because import Kind, Reason
from scheduler.review.scorecard import score
from scheduler.rules.book import TIERS, Policy, Tier
from scheduler.rules.card import Fit
from scheduler.solver.counterfactual import Otherwise, Plan
from scheduler.solver.frame import without_draft

POLICY = without_draft(Policy(tiers=tuple(Tier(tier.name) for tier in TIERS)))
"""The rule book without the draft, which no question looks at, and with tiers that give nothing."""


def rotations(problem: Problem) -> Iterator[Seating]:
    """Every way to seat the members that keeps the pins."""
    pins = dict(problem.pinned)
    choices = [[pins[s]] if s in pins else [None, *problem.members] for s in problem.seats]
    for holders in product(*choices):
        pairs = zip(problem.seats, holders, strict=True)
        yield Seating({seat: member for seat, member in pairs if member is not None})


def prices(problem: Problem, seating: Seating) -> dict[str, Price]:
    return dict(score(problem, POLICY, seating).tiers)


def is_legal(
    problem: Problem,
    seating: Seating,
    *,
    lifted: Collection[tuple[str, str]] = (),
    more: int = 0,
    weeks: Collection[Week] = (),
    whose: Member | None = None,
    seat: Seat | None = None,
) -> bool:
    """Whether a rotation breaks nothing, but for what is ``lifted`` (rule and member, in the
    ``seat``) and up to ``more`` minutes over the budget of a member, in some ``weeks``."""
    for rule in POLICY.requirements:
        for found in rule.explain(problem, seating):
            at_seat = isinstance(rule, Fit) and found.seats == (seat,)
            if at_seat and (rule.id(), found.members[0].id) in lifted:
                continue
            if rule.id() == "weekly_budget" and found.members == (whose,):
                continue
            return False
    if whose is None:
        return True
    over = over_budget(problem, seating, whose, seat if lifted else None)
    return over.keys() <= set(weeks) and sum(over.values()) <= more


def over_budget(
    problem: Problem, seating: Seating, member: Member, there: Seat | None
) -> dict[Week, int]:
    """Minutes above the budget in the weeks in which there are any; as if the member were not away
    during the seat ``there``."""
    spans = [s for s in member.away if there is None or not s.overlaps(there.span)]
    present = replace(member, away=tuple(spans))
    work: dict[Week, int] = {}
    for turn in seating.turns(member):
        for week, minutes in turn.weeks:
            work[week] = work.get(week, 0) + minutes
    over = {week: done - problem.budget(present, week) for week, done in work.items()}
    return {week: minutes for week, minutes in over.items() if minutes > 0}


def least_prices(problem: Problem, seat: Seat, member: Member, *, forced: bool) -> list[Price]:
    """The prices of the best rotation with, or without, a member in a seat; none where there is no
    such rotation."""
    gone = {seat.key} if forced else {k for k, m in problem.pins.items() if m == member.id}
    pins = {k: m for k, m in problem.pins.items() if k not in gone or k != seat.key}
    problem = replace(problem, pins=pins)
    legal = [
        [*prices(problem, tried).values()]
        for tried in rotations(problem)
        if (tried[seat] is member) is forced and is_legal(problem, tried)
    ]
    return min(legal, default=[])


def is_true(plan: Plan, other: Otherwise) -> bool:
    """Whether an answer about a pair is right: possible or not, each price, and its own plan."""
    best = least_prices(plan.problem, other.seat, other.member, forced=other.forced)
    if not best or other.seating is None:
        return other.is_impossible and not best and other.seating is None
    before = prices(plan.problem, plan.seating)
    return (
        not other.is_impossible
        and [price.after for price in other.prices] == best
        and [price.before for price in other.prices] == [*before.values()]
        and (other.seating[other.seat] is other.member) is other.forced
        and is_legal(plan.problem, other.seating)
        and [*prices(plan.problem, other.seating).values()] == best
        and other.moved is not None
        and other.moved.after
        == sum(other.seating[s] is not m for s, m in plan.seating if s is not other.seat)
    )


def fills(plan: Plan, seat: Seat, reason: Reason | None = None) -> bool:
    """Whether the seat can be filled while every other filled seat stays filled and the tiers
    before its own cost no more; with a repair, as that allows."""
    dropped = reason.seats if reason is not None and reason.kind is Kind.drop else ()
    lifted: set[tuple[str, str]] = set()
    more, whose = 0, None
    weeks: Collection[Week] = ()
    if reason is not None and reason.kind is Kind.allow:
        lifted = {(rule, reason.members[0].id) for rule in reason.name.split(", ")}
        whose = reason.members[0] if "away" in reason.name else None
    if reason is not None and reason.kind is Kind.hours:
        assert isinstance(reason.after, int)
        more, weeks, whose = reason.after, reason.weeks, reason.members[0]
    claimed = [s for s, _ in plan.seating if not s.is_shadow and s not in dropped]
    first = [] if dropped else goals_before(plan, seat)
    before = prices(plan.problem, plan.seating)
    return any(
        tried[seat] is not None
        and all(tried[other] is not None for other in claimed)
        and is_legal(
            plan.problem, tried, lifted=lifted, more=more, weeks=weeks, whose=whose, seat=seat
        )
        # A tier's price has one shape: both sides are integers, or both are tuples.
        and all(prices(plan.problem, tried)[tier] <= before[tier] for tier in first)  # type: ignore[operator]
        for tried in rotations(plan.problem)
    )


def goals_before(plan: Plan, seat: Seat) -> list[str]:
    """The tiers before the one that asks for the seat; of goals in order nothing is held."""
    own = "must" if seat.must else "backlog"
    names = [tier.name for tier in POLICY.tiers]
    before = prices(plan.problem, plan.seating)
    first = names[: names.index(own)]
    return [name for name in first if isinstance(before.get(name), int)]
