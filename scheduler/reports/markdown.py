"""A rotation as a Markdown page, for a wiki or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation
from scheduler.reports.grid import Daily, Grid, arrange
from scheduler.reports.roster import Roster
from scheduler.reports.training import goal, told
from scheduler.reports.wording import WEEKDAYS, hours, monday, period, summary, when

EMPTY = "–"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")


def as_markdown(rotation: Rotation, roster: Roster) -> str:
    """The whole rotation as one page."""
    lines = [f"# {safe(rotation.team)}, {rotation.name}", "", period(rotation)]
    lines += [summary(rotation), "", "## Who does what", ""]
    lines += _who_does_what(arrange(rotation), roster)
    if rotation.unfilled:
        lines += ["## Nobody for", "", *_unfilled(rotation.unfilled, roster), ""]
    lines += ["## Fairness", "", *_fairness(rotation, roster)]
    if rotation.training:
        lines += ["## Learning", "", *_learning(rotation, roster)]
    return "\n".join(lines)


def as_list(seats: Iterable[Placed], roster: Roster) -> str:
    """A table with a line for each turn."""
    return "\n".join(_turns(seats, roster))


def _who_does_what(grid: Grid, roster: Roster) -> Iterator[str]:
    if grid.columns:
        heads = [
            safe(roster.duty(column.duty)) + ("" if column.seat == "lead" else f" ({column.seat})")
            for column in grid.columns
        ]
        rows = (
            [
                monday(week),
                *(
                    _holder(column.cells[week], roster)
                    if week in column.cells
                    else '"' * (week in column.running)
                    for column in grid.columns
                ),
            ]
            for week in grid.weeks
        )
        yield from table_lines(["Week of", *heads], rows)
    for daily in grid.daily:
        yield f"### {safe(roster.duty(daily.duty))}"
        yield ""
        yield from _by_weekday(daily, roster)
    if grid.rare:
        yield "### Now and then"
        yield ""
        yield from _turns(grid.rare, roster)


def _by_weekday(daily: Daily, roster: Roster) -> Iterator[str]:
    rows = (
        [
            monday(week),
            *(
                ", ".join(_holder(turn, roster) for turn in daily.cells.get((week, weekday), ()))
                for weekday in daily.weekdays
            ),
        ]
        for week in daily.weeks
    )
    yield from table_lines(["Week of", *(WEEKDAYS[weekday] for weekday in daily.weekdays)], rows)


def _turns(seats: Iterable[Placed], roster: Roster) -> Iterator[str]:
    rows = (
        [
            when(seat),
            safe(roster.duty(seat.duty)),
            seat.seat,
            safe(roster.name(seat.member)) if seat.member else EMPTY,
        ]
        for seat in seats
    )
    return table_lines(["When", "Duty", "Seat", "Who"], rows)


def _unfilled(seats: Iterable[Placed], roster: Roster) -> Iterator[str]:
    for seat in seats:
        must = ", must" if seat.must else ""
        told = (*seat.reasons, seat.price) if seat.price else seat.reasons
        reasons = "; ".join(safe(reason) for reason in told)
        yield f"- {safe(roster.duty(seat.duty))}, {seat.seat} ({when(seat)}{must}): {reasons}"


def _fairness(rotation: Rotation, roster: Roster) -> Iterator[str]:
    indices = scaled(rotation.shares)
    rows = (
        [
            safe(roster.name(share.member)),
            hours(share.load),
            hours(share.entitlement) if share.entitlement else EMPTY,
            EMPTY if (index := indices[share.member]) is None else f"{index:.2f}",
        ]
        for share in rotation.shares
    )
    yield from table_lines(["Member", "Hours", "Fair hours", "Share"], rows)


def _learning(rotation: Rotation, roster: Roster) -> Iterator[str]:
    rows = (
        [safe(roster.name(line.member)), safe(goal(line)), safe(told(line))]
        for line in rotation.training
    )
    yield from table_lines(["Member", "Goal", "Progress by the end"], rows)


def table_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, its cells as they are."""
    yield _row(heads)
    yield _row(["---"] * len(heads))
    yield from (_row(row) for row in rows)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _holder(turn: Placed, roster: Roster) -> str:
    return safe(roster.short(turn.member)) if turn.member else EMPTY


def safe(text: str) -> str:
    """Text that stays text: nothing in a name starts a link, a heading, a cell or a tag."""
    return _SPECIAL.sub(r"\\\1", text)
