"""What a published rotation becomes once its rest is planned again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.actions.assemble import entitle
from scheduler.actions.draw_up import draw_up
from scheduler.actions.fingerprint import fingerprint
from scheduler.actions.remainder import Remainder
from scheduler.domain.change import Entry, Kind, Move, next_id
from scheduler.domain.changing import left_out, raised
from scheduler.domain.facts import as_published, seated
from scheduler.domain.fairness import shares
from scheduler.domain.growth import bus_factors, progress
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Placed, Rotation, TierResult
from scheduler.files.rotation_file import in_order
from scheduler.files.team import Team
from scheduler.review.left_out import LeftOut
from scheduler.review.scorecard import Scorecard, score
from scheduler.rules.book import Policy
from scheduler.solver.outcome import Outcome


def revised(
    before: Rotation,
    rest: Remainder,
    team: Team,
    outcome: Outcome,
    *,
    now: datetime,
    by: str = "",
    prices: Iterable[LeftOut] = (),
) -> Rotation:
    """The rotation with facts and unmoved turns as they stand, and one entry about the others,
    made by a member at an instant."""
    seed = before.seed
    inputs = fingerprint(rest.problem, team.inputs, seed)
    drawn = draw_up(
        before.name, rest.as_asked, team.policy, outcome, inputs=inputs, seed=seed, prices=prices
    )
    old = {placed.key: placed for placed in before.placed}
    begun = [placed for placed in before.placed if placed.key in rest.facts]
    coming = [_unless_same(old.get(placed.key), placed) for placed in drawn.placed]
    placed = raised(before.placed, [*begun, *coming], now, dropped=before.dropped)
    dropped = tuple(_dropped(before, placed, now))
    moves = tuple(_moves(before, placed))
    rotation = replace(
        drawn,
        horizon=before.horizon,
        published=before.published,
        placed=tuple(seat for _, seats in in_order(placed) for seat in seats),
        changes=before.changes,
        dropped=dropped,
    )
    if not moves:
        same = placed == before.placed
        return before if same else replace(before, placed=rotation.placed, dropped=dropped)
    entry = Entry(next_id(before.changes), Kind.replan, now, by, moves)
    return replace(rotation, changes=(*before.changes, entry))


def restated(rotation: Rotation, team: Team, laid: Problem) -> Rotation:
    """The rotation with figures about all of it, what has begun included, by today's roster, which
    lays its horizon out as in ``laid``."""
    problem = entitle(as_published(laid, rotation), team.policy)
    seating = seated(problem, rotation)
    return replace(
        rotation,
        shares=shares(problem, seating),
        tiers=tuple(_tiers(rotation.tiers, score(problem, team.policy, seating), team.policy)),
        training=progress(problem, seating),
        bus_factors=bus_factors(problem, seating),
    )


def _tiers(results: Iterable[TierResult], card: Scorecard, policy: Policy) -> Iterator[TierResult]:
    """What is proved of the rest is taken as proved of all where both cost the same. Where they do
    not, no bound is known: beside what has begun, another choice may bring even a lower price."""
    back = {t.name for t in policy.tiers if any(rule.looks_back for rule in policy.priced(t))}
    prices = dict(card.tiers)
    for result in results:
        price = prices.get(result.name, result.price)
        if result.name in back or price == result.price:
            yield result
        else:
            nothing = (0,) * len(price) if isinstance(price, tuple) else 0
            yield replace(result, price=price, bound=nothing, proved=price == nothing)


def _unless_same(old: Placed | None, new: Placed) -> Placed:
    """A turn that stays keeps its words, so that the file changes only where the plan did."""
    if old is None or (old.member, old.span, old.start) != (new.member, new.span, new.start):
        return new
    if _figures(old) == _figures(new):
        return old
    return replace(old, reasons=new.reasons, price=new.price, must=new.must, effort=new.effort)


def _figures(placed: Placed) -> tuple[object, ...]:
    return placed.reasons, placed.price, placed.must, placed.effort


def _moves(before: Rotation, placed: Sequence[Placed]) -> Iterator[Move]:
    """Every seat with another holder than before; who held one that is gone holds nothing."""
    holders = {seat.key: seat.member for seat in before.placed}
    for seat in placed:
        was = holders.pop(seat.key, "")
        if was != seat.member:
            yield Move(*seat.key, was, seat.member)
    yield from (Move(*key, was, "") for key, was in holders.items() if was)


def _dropped(before: Rotation, placed: Sequence[Placed], now: datetime) -> Iterator[Placed]:
    """The seats that are gone, now or since earlier, but for those that are back."""
    there = {seat.key for seat in placed}
    yield from (seat for seat in before.dropped if seat.key not in there)
    yield from left_out(before.placed, placed, now)
