"""The timeline: a row for each seat of each duty, a column for each week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from scheduler.domain.people import Member
from scheduler.domain.rotation import Placed
from scheduler.domain.span import Span, monday_of, week_of
from scheduler.reports.pages.view import View
from scheduler.reports.wording import days

COLOURS = 7
"""How many colours tell the upstreams apart; the name of each stands beside."""

TALL = 70
"""Rows from which a timeline scrolls in a box of its own, below its weeks."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A turn as it stands in a cell. ``said`` are the days where the column alone does not tell
    them; ``fresh`` says that it was handed over by somebody else."""

    seat: Placed
    said: str
    fresh: bool


@dataclass(slots=True)
class Cell:
    """Some weeks of a row, at column ``start`` (from 0), with what runs then: turns of a seat, or
    the words of a member's absence."""

    start: int
    width: int
    chips: list[Chip]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A seat of a duty, or a member who is away; every week is in one cell."""

    id: str
    seat: str
    is_first: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The duties of an upstream; ``colour`` is a number from 0."""

    upstream: str
    colour: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it. ``weeks`` are Mondays; ``months`` the number of columns below each month's name;
    ``today`` is the column to be marked, if any."""

    weeks: tuple[date, ...]
    months: tuple[tuple[date, int], ...]
    groups: tuple[Group, ...]
    away: tuple[Row, ...]
    today: int | None

    @property
    def is_tall(self) -> bool:
        """Whether the weeks would scroll out of sight at a desk."""
        return sum(len(group.rows) for group in self.groups) + len(self.away) > TALL


def timeline(view: View, upstream: str | None = None) -> Timeline:
    """Lay a rotation out, or the part of it that serves an upstream, which tells of nobody's
    absence."""
    placed = [p for p in view.rotation.placed if upstream in (None, p.upstream)]
    monday, count = _reach(view.rotation.horizon, placed)
    columns = tuple(monday + timedelta(weeks=n) for n in range(count))
    today = (view.today - monday).days // 7
    return Timeline(
        weeks=columns,
        months=_months(columns),
        groups=tuple(_groups(view, placed, monday, count)),
        away=() if upstream is not None else tuple(_away(view, monday, count)),
        today=today if view.marked and 0 <= today < count else None,
    )


def colour(view: View, upstream: str) -> int:
    """The colour of an upstream; what serves all of them has the last one."""
    known = [found.id for found in view.roster.upstreams]
    return known.index(upstream) % COLOURS if upstream in known else COLOURS


def _reach(horizon: Span, placed: Iterable[Placed]) -> tuple[date, int]:
    """The Monday of the first column, and the number of columns."""
    spans = [horizon, *(p.span for p in placed)]
    monday = monday_of(week_of(min(span.first for span in spans)))
    last = max(span.last for span in spans)
    return monday, (last - monday).days // 7 + 1


def _months(columns: Iterable[date]) -> tuple[tuple[date, int], ...]:
    """A week belongs to the month of its Monday."""
    by_month = groupby(columns, key=lambda day: (day.year, day.month))
    return tuple((found[0], len(found)) for _, group in by_month if (found := list(group)))


def _groups(view: View, placed: list[Placed], monday: date, count: int) -> Iterator[Group]:
    for upstream in _in_order(view, {p.upstream for p in placed}):
        own = [p for p in placed if p.upstream == upstream]
        names = {p.duty for p in own}
        duties = sorted(names, key=lambda duty: (view.roster.duty(duty).casefold(), duty))
        rows = (
            row
            for duty in duties
            for row in _rows(view, [p for p in own if p.duty == duty], monday, count)
        )
        yield Group(upstream, colour(view, upstream), tuple(rows))


def _in_order(view: View, names: set[str]) -> list[str]:
    """The upstreams as the roster has them, those that it has not, and what serves all of them."""
    known = [upstream.id for upstream in view.roster.upstreams]
    return sorted(names, key=lambda n: (not n, known.index(n) if n in known else len(known), n))


def _rows(view: View, placed: list[Placed], monday: date, count: int) -> Iterator[Row]:
    seats: dict[str, list[Placed]] = {}
    for seat in placed:
        seats.setdefault(seat.seat, []).append(seat)
    shown = {name: found for name, found in seats.items() if any(map(_counts, found))}
    for number, (name, found) in enumerate(shown.items()):
        found.sort(key=lambda p: (p.moment, p.key))
        cells = _joined((_at(p.span, monday), _chip(view, p)) for p in found)
        yield Row(placed[0].duty, name, not number, tuple(_filled(cells, count)))


def _counts(seat: Placed) -> bool:
    """Whether a seat is held or should be; one to learn on that nobody took takes no room."""
    return bool(seat.member) or seat.role != "shadow"


def _at(span: Span, monday: date) -> tuple[int, int]:
    """The column in which a span begins and how many it takes. Long spans are rounded to whole
    weeks, so that one ends where the next begins."""
    first, end = (span.first - monday).days, (span.end - monday).days
    if span.days <= 7:
        return first // 7, 1
    start = round(first / 7)
    return start, max(1, round(end / 7) - start)


def _chip(view: View, seat: Placed) -> Chip:
    before = view.turns.before(seat)
    fresh = bool(seat.member and before and before.member not in {"", seat.member})
    return Chip(seat, _said(seat), fresh)


def _said(seat: Placed) -> str:
    if seat.start is not None:
        return f"{seat.start:%a} {seat.start.day}"
    whole = seat.span.first.weekday() == 0 and seat.span.last.weekday() in {4, 6}
    return "" if whole else days(seat.span)


def _joined(turns: Iterable[tuple[tuple[int, int], Chip]]) -> Iterator[Cell]:
    """Cells side by side; turns that share a week share a cell."""
    cell: Cell | None = None
    for (start, width), chip in turns:
        if cell is not None and start < cell.start + cell.width:
            cell.width = max(cell.width, start + width - cell.start)
            cell.chips.append(chip)
            continue
        if cell is not None:
            yield cell
        cell = Cell(start, width, [chip])
    if cell is not None:
        yield cell


def _filled(cells: Iterable[Cell], count: int) -> Iterator[Cell]:
    """The cells with an empty one for each week between them."""
    at = 0
    for cell in cells:
        yield from (Cell(week, 1, []) for week in range(at, cell.start))
        yield cell
        at = cell.start + cell.width
    yield from (Cell(week, 1, []) for week in range(at, count))


def _away(view: View, monday: date, count: int) -> Iterator[Row]:
    whole = Span(monday, monday + timedelta(weeks=count))
    for member in view.roster.members:
        spans = absences(member, whole)
        if spans:
            yield Row(member.id, "", True, tuple(_filled(_apart(spans, monday), count)))


def absences(member: Member, within: Span) -> list[Span]:
    """When a member is not there, as far as that falls into a span; adjoining spans are one."""
    found: list[Span] = []
    for span in sorted((*member.away, *member.paused)):
        if not span.overlaps(within):
            continue
        cut = Span(max(span.first, within.first), min(span.end, within.end))
        if found and cut.first <= found[-1].end:
            found[-1] = Span(found[-1].first, max(cut.end, found[-1].end))
        else:
            found.append(cut)
    return found


def _apart(spans: Iterable[Span], monday: date) -> Iterator[Cell]:
    cell: Cell | None = None
    for span in spans:
        first, last = (span.first - monday).days // 7, (span.last - monday).days // 7
        if cell is not None and first < cell.start + cell.width:
            cell.width = max(cell.width, last + 1 - cell.start)
            cell.words = (*cell.words, days(span))
            continue
        if cell is not None:
            yield cell
        cell = Cell(first, last - first + 1, [], (days(span),))
    if cell is not None:
        yield cell
