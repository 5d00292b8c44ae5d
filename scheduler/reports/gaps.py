"""Seats that nobody holds, those of one kind together."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain.rotation import Placed


def alike(gaps: Iterable[Placed]) -> list[list[Placed]]:
    """Empty seats of one kind that are empty for the same reasons, together; must seats first."""
    found: dict[tuple[object, ...], list[Placed]] = {}
    for seat in sorted(gaps, key=lambda seat: not seat.must):
        kind = seat.duty, seat.seat, seat.must, seat.reasons, seat.price
        found.setdefault(kind, []).append(seat)
    return list(found.values())
