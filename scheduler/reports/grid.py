"""Who does what, arranged as a person reads it: a row a week, a column a seat.

What happens several times a week has a table of its own with a column a weekday; what happens
only now and then is a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.span import Week, week_of

RARE = 3
"""A seat that comes up this often at most stands in a list: its column would be all but empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A seat of a duty that comes up at most once a week."""

    duty: str
    seat: str
    cells: dict[Week, Placed]
    """The turn by the week in which it begins."""
    running: frozenset[Week]
    """Weeks in which a turn goes on that began in an earlier one."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A duty that comes up several times a week."""

    duty: str
    weekdays: tuple[int, ...]
    cells: dict[tuple[Week, int], tuple[Placed, ...]]

    @property
    def weeks(self) -> tuple[Week, ...]:
        return tuple(sorted({week for week, _ in self.cells}))


@dataclass(frozen=True, slots=True)
class Grid:
    """A rotation arranged for reading."""

    weeks: tuple[Week, ...]
    columns: tuple[Column, ...]
    daily: tuple[Daily, ...]
    rare: tuple[Placed, ...]


def arrange(rotation: Rotation) -> Grid:
    """Arrange all seats that are held, and all that should be."""
    seats = [seat for seat in rotation.placed if seat.member or seat.role != "shadow"]
    by_duty: dict[str, list[Placed]] = {}
    for seat in seats:
        by_duty.setdefault(seat.duty, []).append(seat)
    columns: list[Column] = []
    daily: list[Daily] = []
    rare: list[Placed] = []
    for duty, turns in by_duty.items():
        if any(len(set(in_week)) < len(in_week) for in_week in _weeks_by_seat(turns)):
            daily.append(_daily(duty, turns))
            continue
        for name, own in _by_seat(turns).items():
            if len(own) <= RARE:
                rare += own
            else:
                columns.append(_column(duty, name, own))
    rare.sort(key=lambda seat: seat.span.first)
    weeks = {week for column in columns for week in (*column.cells, *column.running)}
    return Grid(tuple(sorted(weeks)), tuple(columns), tuple(daily), tuple(rare))


def _by_seat(turns: Iterable[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    for seat in turns:
        found.setdefault(seat.seat, []).append(seat)
    return found


def _weeks_by_seat(turns: Iterable[Placed]) -> list[list[Week]]:
    return [[week_of(seat.span.first) for seat in own] for own in _by_seat(turns).values()]


def _column(duty: str, seat: str, turns: Sequence[Placed]) -> Column:
    cells = {week_of(turn.span.first): turn for turn in turns}
    touched = {week_of(day) for turn in turns for day in turn.span.working_days}
    return Column(duty, seat, cells, frozenset(touched - cells.keys()))


def _daily(duty: str, turns: Iterable[Placed]) -> Daily:
    cells: dict[tuple[Week, int], tuple[Placed, ...]] = {}
    for turn in turns:
        day = turn.span.first
        key = week_of(day), day.weekday()
        cells[key] = (*cells.get(key, ()), turn)
    return Daily(duty, tuple(sorted({weekday for _, weekday in cells})), cells)
