"""Turns: the seats of all published rotations as they stand, each with its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey
from scheduler.messages.directory import Directory, Person


@dataclass(frozen=True, slots=True)
class Turn:
    """A seat as it stands, of the rotation published last where two hold it.

    ``known`` is since when it stands so: the publication, or the last entry that moved it.
    """

    placed: Placed
    known: datetime
    missed: bool = False

    @property
    def opens(self) -> datetime:
        """When it starts; whole days count from midnight UTC."""
        return self.placed.start or datetime.combine(self.placed.span.first, time(), tzinfo=UTC)

    def first_day(self, zone: str) -> date:
        """The day on which it starts, in a time zone."""
        start = self.placed.start
        return start.astimezone(ZoneInfo(zone)).date() if start else self.placed.span.first

    def end(self, zone: str) -> datetime:
        """When it is over, for somebody in a time zone (UTC)."""
        if self.placed.end is not None:
            return self.placed.end.astimezone(UTC)
        return midnight(self.placed.span.end, zone)

    def start(self, zone: str) -> datetime:
        """When it begins, for somebody in a time zone (UTC)."""
        if self.placed.start is not None:
            return self.placed.start.astimezone(UTC)
        return midnight(self.placed.span.first, zone)


def midnight(day: date, zone: str) -> datetime:
    """The beginning of a day in a time zone, as a UTC instant."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, after ``since`` and up to ``now``."""

    since: datetime
    now: datetime

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.since < at <= self.now


class Book:
    """The published rotations in the order of their days, and the turns that follow from them."""

    def __init__(self, directory: Directory, rotations: Iterable[Rotation]) -> None:
        self.directory = directory
        self.rotations = tuple(
            sorted((r for r in rotations if r.is_published), key=lambda r: (r.horizon, r.name))
        )

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """All of them, filled or not, in order of time."""
        found: dict[SeatKey, Turn] = {}
        for rotation in sorted(self.rotations, key=lambda r: (published(r), r.horizon, r.name)):
            found |= _standing(rotation)
        return tuple(sorted(found.values(), key=lambda t: (t.opens, t.placed.key)))

    @cached_property
    def held(self) -> tuple[Turn, ...]:
        """Those that somebody holds."""
        return tuple(turn for turn in self.turns if turn.placed.member)

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], Sequence[Turn]]:
        """The turns of each seat of a duty, one after another."""
        rows: dict[tuple[str, str], list[Turn]] = {}
        for turn in self.turns:
            rows.setdefault((turn.placed.duty, turn.placed.seat), []).append(turn)
        return rows

    @property
    def handed_on(self) -> Iterator[tuple[Turn, Turn]]:
        """Two turns of a seat, one after the other."""
        for row in self.rows.values():
            yield from pairwise(row)

    def holder(self, turn: Turn) -> Person:
        """Who holds a turn."""
        return self.directory.person(turn.placed.member)


def published(rotation: Rotation) -> datetime:
    """The instant at which a rotation was published."""
    assert rotation.published is not None
    return rotation.published


def _standing(rotation: Rotation) -> dict[SeatKey, Turn]:
    missed = rotation.missed
    moved: dict[SeatKey, datetime] = {}
    for entry in rotation.changes:
        moved |= {move.key: entry.at for move in entry.moves if move.was != move.now}
    return {
        placed.key: Turn(placed, moved.get(placed.key, published(rotation)), placed.key in missed)
        for placed in rotation.placed
    }
