"""The turns of all published rotations in one row a seat, so that each knows its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey


@dataclass(frozen=True, slots=True)
class Handover:
    """A seat passes from one turn to the next, which somebody else holds, or nobody."""

    before: Placed
    after: Placed


class Turns:
    """Every seat of some published rotations once; the one published last has the word."""

    def __init__(self, rotations: Iterable[Rotation] = ()) -> None:
        order = sorted(
            rotations,
            key=lambda r: (r.published or datetime.min.replace(tzinfo=UTC), r.horizon),
        )
        self._all: dict[SeatKey, Placed] = {p.key: p for r in order for p in r.placed}
        self._missed = frozenset(key for r in order for key in r.missed)
        self._rows: dict[tuple[str, str], list[Placed]] = {}
        for placed in sorted(self._all.values(), key=lambda p: (p.moment, p.key)):
            # Who learns takes nothing over and hands nothing on.
            if placed.role != "shadow":
                self._rows.setdefault((placed.duty, placed.seat), []).append(placed)
        pairs = [pair for row in self._rows.values() for pair in pairwise(row)]
        self._before = {after.key: before for before, after in pairs}
        self._after = {before.key: after for before, after in pairs}

    def before(self, seat: Placed) -> Placed | None:
        """The turn of the same seat before this one; none of a shadow."""
        return self._before.get(seat.key)

    def after(self, seat: Placed) -> Placed | None:
        """The turn of the same seat after this one; none of a shadow."""
        return self._after.get(seat.key)

    def on(self, day: date) -> list[Placed]:
        """The turns of a day that somebody holds, whichever rotation they began in."""
        return [seat for seat in self._all.values() if seat.member and day in seat.span]

    def was_missed(self, seat: Placed) -> bool:
        """Whether somebody said that the turn was not done."""
        return seat.key in self._missed

    def handovers(self, rotation: Rotation) -> list[Handover]:
        """Where a seat of a rotation passes from one person to another, in order of time."""
        found = (
            Handover(before, seat)
            for seat in rotation.placed
            if seat.member
            and (before := self.before(seat)) is not None
            and before.member not in {"", seat.member}
        )
        return sorted(found, key=lambda h: (h.after.moment, h.after.key))
