"""What a roster asks of a rotation that is published: its shifts keep the ids that they were
published with, and what has begun is a fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from scheduler.audit.claim import Turn
from scheduler.audit.duties import Seat

NEAR = timedelta(days=21)
"""How far a shift may move in time and still be the same shift."""

Seats = dict[tuple[str, str], Seat]
"""By shift and name."""


def as_published(asked: Seats, turns: Iterable[Turn], changed: date | None) -> Seats:
    """The seats that a roster asks for under the ids that they were published with. Where nothing
    was published of what had begun when the file was last ``changed``, nothing is asked for."""
    turns = list(turns)
    ids = _kept_ids(asked, turns)
    told = {turn.key for turn in turns}
    kept = (replace(seat, shift=ids.get(seat.shift, seat.shift)) for seat in asked.values())
    named = {(seat.shift, seat.kind.name): seat for seat in kept}
    return {
        key: seat
        for key, seat in named.items()
        if key in told or changed is None or seat.days.first > changed
    }


def _kept_ids(asked: Seats, turns: list[Turn]) -> dict[str, str]:
    """The ids of new shifts → those of shifts that the roster no longer asks for, of the same duty
    and not far away; the nearest two of them first."""
    ours = {shift for shift, _ in asked}
    gone: dict[tuple[str, str], list[Turn]] = {}
    for turn in turns:
        if turn.shift not in ours:
            gone.setdefault((turn.duty, turn.seat), []).append(turn)
    told = {turn.shift for turn in turns}
    pairs = sorted(
        (apart, seat.shift, turn.shift)
        for seat in asked.values()
        if seat.shift not in told
        for turn in gone.get((seat.duty.id, seat.kind.name), ())
        if (apart := abs(turn.first - seat.days.first)) <= NEAR
    )
    ids: dict[str, str] = {}
    claimed: set[str] = set()
    for _, new, old in pairs:
        if new not in ids and old not in claimed:
            ids[new] = old
            claimed.add(old)
    return ids
