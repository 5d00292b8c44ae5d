"""A published rotation after a change: who holds what then, and which seats count a revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.change import Debt, Entry, Grant, Kind, Move, debts, grants, undone
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey


@dataclass(frozen=True, slots=True)
class Words:
    """What the file tells of seats that change hands: why the new holder has them, or the reasons
    that nobody does."""

    why: Mapping[SeatKey, str]
    reasons: Mapping[SeatKey, tuple[str, ...]]


def apply(rotation: Rotation, entry: Entry, words: Words) -> Rotation:
    """A rotation with one more entry: holders, waivers, words and revisions follow from it. Shares
    and prices are left as they were.

    Raises:
        ValueError: the entry is about a seat that is not there, or that somebody else holds.
    """
    changes = (*rotation.changes, entry)
    granted = grants(changes)
    moves = {move.key: move for move in entry.moves}
    for key in moves.keys() - {placed.key for placed in rotation.placed}:
        raise ValueError(f"there is no seat {key[0]}/{key[1]}")
    placed = tuple(
        _moved(seat, moves[seat.key], granted[seat.key], words) if seat.key in moves else seat
        for seat in rotation.placed
    )
    revised = raised(rotation.placed, placed, entry.at)
    return replace(rotation, placed=revised, changes=changes)


def _moved(seat: Placed, move: Move, grant: Grant, words: Words) -> Placed:
    if seat.member != move.was:
        raise ValueError(f"{move.was or 'nobody'} does not hold {move.shift}/{move.seat}")
    if move.was == move.now:
        return replace(seat, waives=grant.waives)
    return replace(
        seat,
        member=move.now,
        why=words.why.get(seat.key, "") if move.now else "",
        reasons=() if move.now else words.reasons.get(seat.key, ()),
        price="",
        waives=grant.waives,
    )


# ------------------------------------------------------------------------------------- revisions


def raised(
    before: Iterable[Placed],
    after: Sequence[Placed],
    at: datetime,
    *,
    dropped: Iterable[Placed] = (),
) -> tuple[Placed, ...]:
    """The seats of ``after`` with the revisions of ``before``, one higher and stamped where what a
    calendar shows of them has changed: holder, reason, time or hand-over partner. A seat that was
    ``dropped`` earlier and is back counts on."""
    before = tuple(before)
    known = {placed.key: placed for placed in before}
    back = {placed.key: placed for placed in dropped}
    old, new = _shown(before), _shown(after)

    def counted(placed: Placed) -> Placed:
        if placed.key in back:
            return replace(placed, revision=back[placed.key].revision + 1, revised=at)
        earlier = known.get(placed.key)
        if earlier is None:
            return placed
        if old[placed.key] != new[placed.key]:
            return replace(placed, revision=earlier.revision + 1, revised=at)
        counts = earlier.revision, earlier.revised
        if counts == (placed.revision, placed.revised):
            return placed
        return replace(placed, revision=earlier.revision, revised=earlier.revised)

    return tuple(counted(placed) for placed in after)


def left_out(before: Iterable[Placed], after: Iterable[Placed], at: datetime) -> tuple[Placed, ...]:
    """The seats of ``before`` that ``after`` has no more: nobody's, and one revision higher."""
    stay = {placed.key for placed in after}
    return tuple(
        replace(
            seat,
            member="",
            why="",
            pinned=False,
            reasons=(),
            price="",
            revision=seat.revision + 1,
            revised=at,
            waives=(),
        )
        for seat in before
        if seat.key not in stay
    )


def _shown(placed: Iterable[Placed]) -> dict[SeatKey, tuple[object, ...]]:
    """What a calendar shows of each seat; nothing but its time where nobody holds it."""
    rows: dict[tuple[str, str], list[Placed]] = {}
    for seat in sorted(placed, key=lambda seat: (seat.moment, seat.key)):
        rows.setdefault((seat.duty, seat.seat), []).append(seat)
    shown: dict[SeatKey, tuple[object, ...]] = {}
    for row in rows.values():
        edges: list[Placed | None] = [None, *row, None]
        for seat, (before, after) in zip(row, zip(edges, edges[2:], strict=False), strict=True):
            shown[seat.key] = _of(seat, before, after)
    return shown


def _of(seat: Placed, before: Placed | None, after: Placed | None) -> tuple[object, ...]:
    time = seat.span, seat.start, seat.end
    if not seat.member:
        return time
    if seat.role == "shadow":  # who learns takes nothing over and hands nothing on
        return (*time, seat.member, seat.why)
    from_whom = before.member if before is not None and before.member != seat.member else ""
    return (*time, seat.member, seat.why, from_whom, after.member if after is not None else None)


# ----------------------------------------------------------------------------------------- debts


def cover_debts(rotations: Iterable[Rotation]) -> tuple[Debt, ...]:
    """What members owe each other for covers in force, over all rotations; the largest first."""
    return debts(
        (move, effort.get(move.key, 0))
        for rotation in rotations
        for effort in ({placed.key: placed.effort for placed in rotation.placed},)
        for entry in _in_force(rotation.changes)
        if entry.kind is Kind.cover
        for move in entry.moves
    )


def _in_force(entries: Sequence[Entry]) -> list[Entry]:
    gone = undone(entries)
    return [entry for entry in entries if entry.id not in gone]
