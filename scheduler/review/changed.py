"""A published rotation with one more change in it, and everything that follows from the change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.domain.change import Entry, Kind, grants, missed
from scheduler.domain.changing import Words, apply
from scheduler.domain.facts import seated
from scheduler.domain.fairness import shares, weighed
from scheduler.domain.growth import bus_factors, progress
from scheduler.domain.rotation import Price, Rotation, Seating, Share, TierResult
from scheduler.domain.shifts import SeatKey
from scheduler.review.proposal import Standing
from scheduler.review.reasons import why_empty, why_held
from scheduler.review.scorecard import Scorecard, score


def changed(standing: Standing, entry: Entry) -> Rotation:
    """The rotation with an entry made: holders, revisions, words, shares and prices.

    Shares are counted by today's roster, so that leave that made a change necessary costs nobody a
    balance. What was proved of a price holds on where the price stays.

    Raises:
        ValueError: the entry is about a seat that is not there, or that somebody else holds.
    """
    rotation = apply(standing.rotation, entry, _words(standing, entry))
    problem = standing.problem
    seating = seated(problem, rotation)
    card = score(problem, standing.policy, seating)
    return replace(
        rotation,
        shares=tuple(_shares(standing, entry, seating)),
        tiers=tuple(_tiers(rotation.tiers, card)),
        training=progress(problem, seating) if rotation.training else (),
        bus_factors=bus_factors(problem, seating) if rotation.bus_factors else (),
    )


# ----------------------------------------------------------------------------------------- words


def _words(standing: Standing, entry: Entry) -> Words:
    after = standing.after(entry.moves, entry)
    granted = grants((*standing.rotation.changes, entry))
    why: dict[SeatKey, str] = {}
    reasons: dict[SeatKey, tuple[str, ...]] = {}
    for move in (move for move in entry.moves if move.was != move.now):
        seat = standing.problem.seat_by_key[move.key]
        if after[seat] is not None:
            why[move.key] = _told(standing, granted[move.key].entry, move.key) or why_held(
                standing.problem, standing.policy, after, seat
            )
        elif not seat.is_shadow:
            reasons[move.key] = why_empty(standing.problem, standing.policy, after, seat)
    return Words(why, reasons)


def _told(standing: Standing, giver: Entry | None, key: SeatKey) -> str:
    """Why somebody has a seat by a change; nothing where the roster tells it."""
    if giver is None:
        return ""
    before = next(move.was for move in giver.moves if move.key == key)
    match giver.kind:
        case Kind.cover if before:
            return f"Covers for {_name(standing, before)}."
        case Kind.cover:
            return "Stepped in where there was nobody."
        case Kind.swap:
            return f"Taken from {_name(standing, before)} in a swap."
        case Kind.override:
            return f"Decided by {_name(standing, giver.by)}."
        case _:
            return ""


def _name(standing: Standing, member: str) -> str:
    known = standing.problem.member_by_id.get(member)
    return known.name if known is not None else member


# --------------------------------------------------------------------------------------- figures


def _shares(standing: Standing, entry: Entry, seating: Seating) -> Iterator[Share]:
    """The lines in the order of the file, then those of newcomers."""
    fresh = {share.member: share for share in shares(standing.problem, seating)}
    for share in standing.rotation.shares:
        known_now = share.member in fresh
        yield fresh[share.member] if known_now else _of_gone(standing, entry, share)
    known = {share.member for share in standing.rotation.shares}
    yield from (share for share in fresh.values() if share.member not in known)


def _of_gone(standing: Standing, entry: Entry, share: Share) -> Share:
    """The line of somebody whom the roster no longer knows, less what others take over and what
    they missed."""
    served = share.load
    changes = standing.rotation.changes
    before, after = missed(changes), missed((*changes, entry))
    for move in entry.moves:
        seat = standing.problem.seat_by_key[move.key]
        holds = move.now == share.member and move.key not in after
        sign = holds - (move.was == share.member and move.key not in before)
        if sign:
            weight = 0 if seat.is_shadow else weighed(standing.problem, seat)
            served += sign * weight
    return replace(share, load=max(0, served))


def _tiers(results: tuple[TierResult, ...], card: Scorecard) -> Iterator[TierResult]:
    prices = dict(card.tiers)
    for result in results:
        price = prices.get(result.name, result.price)
        if price == result.price:
            yield result
        else:
            proved = price == result.bound
            yield replace(result, price=price, bound=_bound(result, price), proved=proved)


def _bound(result: TierResult, price: Price) -> Price:
    """The bound that was proved, or less where a change of the goals before allows less."""
    bound = result.bound
    if isinstance(price, tuple):
        fits = isinstance(bound, tuple) and len(bound) == len(price)
        return min(bound, price) if fits and isinstance(bound, tuple) else (0,) * len(price)
    return min(bound, price) if isinstance(bound, int) else 0
