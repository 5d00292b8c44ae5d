"""What calendars told about time away, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from scheduler.domain.time_away import CalendarSource, Reading
from scheduler.errors import Mistake
from scheduler.files import LOCK_FILE
from scheduler.files.team import Team
from scheduler.review.wording import day

OLD = timedelta(days=7)
"""After so long it is time to read the calendars again."""

_AGAIN = "run `rota calendars --write`"


def doubts(team: Team, folder: Path, now: datetime) -> Iterator[Mistake]:
    """Warnings about calendars that were not read, not lately, or otherwise than they are named
    now; each at the line that names the calendar."""
    for source, place in team.calendars:
        sentence = _doubt(source, team.readings, now)
        if sentence:
            yield Mistake(*place, sentence, "warning")
    named = {(source.member, source.name) for source, _ in team.calendars}
    for reading in team.readings:
        if (reading.member, reading.source) not in named:
            yield Mistake(
                str(folder / LOCK_FILE),
                1,
                1,
                f"the days of {reading.source} still count for {reading.member}, though roster.yaml"
                f" names it no more; {_AGAIN}",
                "warning",
            )


def _doubt(source: CalendarSource, readings: tuple[Reading, ...], now: datetime) -> str:
    known = [r for r in readings if (r.member, r.source) == (source.member, source.name)]
    if not known:
        return f"{source.name} was not read yet, so its days do not count; {_AGAIN}"
    exact = next((reading for reading in known if reading.asked == source.asked), None)
    if exact is None:
        return (
            f"{source.name} was read before the roster was changed: other events may count now;"
            f" {_AGAIN}"
        )
    age = _age(exact.read, now)
    if exact.tried is not None:
        return (
            f"{source.name} could not be read on {day(exact.tried)}; what it said {age} counts,"
            " until it can be read again"
        )
    return f"{source.name} was read {age}; {_AGAIN}" if now - exact.read > OLD else ""


def _age(read: datetime, now: datetime) -> str:
    days = max(0, (now - read).days)
    if days == 0:
        return "today"
    return "a day ago" if days == 1 else f"{days} days ago"


def told(team: Team, now: datetime) -> tuple[str, ...]:
    """What was read from each calendar, as dates and nothing else."""
    names = {member.id: member.name for member in team.members}
    return tuple(
        f"{names.get(reading.member, reading.member)} is away {listed(reading)}"
        f" ({reading.source}, read {_age(reading.read, now)})"
        for reading in team.readings
    )


def listed(reading: Reading) -> str:
    """The days of a reading in words."""
    spans = [
        day(span.first) if span.days == 1 else _from_to(span.first, span.last)
        for span in reading.away
    ]
    return ", ".join(spans) if spans else "on no day"


def _from_to(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"
