"""Read the calendars that tell when members are away, and keep the days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.calendars.incoming import Outside, Told, read_sources
from scheduler.domain.span import Span
from scheduler.domain.time_away import Reading
from scheduler.files import read_team, write_away_lock, writing
from scheduler.files.team import Team

__all__ = ["CalendarsRead", "Outside", "read_calendars"]


@dataclass(frozen=True, slots=True)
class CalendarsRead:
    """What came of it. ``team`` is the roster with the days that counted before, ``readings`` what
    counts from now on, ``troubles`` are sentences about calendars that could not be read, and
    ``notes`` about single events that were passed over."""

    team: Team
    window: Span
    readings: tuple[Reading, ...]
    troubles: tuple[str, ...]
    notes: tuple[str, ...]
    changed: bool
    """Whether the days differ from those that counted before."""
    written: bool


def read_calendars(
    folder: Path, now: datetime, outside: Outside, *, write: bool = False
) -> CalendarsRead:
    """Read every calendar that the roster names, from the quarter that runs on.

    A calendar that cannot be read keeps the days that it told before.

    Raises:
        BadFiles: the files hold mistakes.
        Refused: another process is writing, or the disk does not take the file.
    """
    team = read_team(folder)
    window = window_at(now.astimezone(ZoneInfo(team.timezone)).date())
    sources = [source for source, _ in team.calendars]
    told = read_sources(sources, folder, window, now, outside)
    readings = tuple(_readings(told, team.readings, now))
    written = False
    if write:
        with writing(folder):
            written = write_away_lock(folder, readings)
    return CalendarsRead(
        team=team,
        window=window,
        readings=readings,
        troubles=tuple(_troubles(told, readings)),
        notes=tuple(f"{one.source.name}: {note}" for one in told for note in one.notes),
        changed=_days(readings) != _days(team.readings),
        written=written,
    )


def window_at(today: date) -> Span:
    """The days that are read: the quarter that runs and the four after it. They stay the same all
    quarter long, so that reading again changes nothing but what has changed."""
    month = 1 + (today.month - 1) // 3 * 3
    first = date(today.year, month, 1)
    return Span(first, _months_later(first, 15))


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _readings(told: Iterable[Told], before: Iterable[Reading], now: datetime) -> Iterator[Reading]:
    """What counts from now on; of two entries that say the very same, one."""
    known = {(reading.member, reading.source): reading for reading in before}
    known |= {(reading.member, reading.asked): reading for reading in before}
    seen = set()
    for one in told:
        source = one.source
        key = (source.member, source.name, source.asked)
        if key in seen:
            continue
        seen.add(key)
        tried = now if one.trouble else None
        if one.away is not None:
            yield Reading(source.member, source.name, source.asked, one.read, one.away, tried)
            continue
        kept = known.get((source.member, source.asked)) or known.get((source.member, source.name))
        if kept is not None:
            yield replace(kept, tried=tried)


def _troubles(told: Iterable[Told], readings: Iterable[Reading]) -> Iterator[str]:
    kept = {(reading.member, reading.source): reading for reading in readings}
    for one in told:
        if not one.trouble:
            continue
        source = one.source
        reading = kept.get((source.member, source.name))
        counts = (
            f"what it said on {reading.read:%Y-%m-%d} counts"
            if reading is not None
            else "none of its days count"
        )
        yield f"{source.name} of {source.member} {one.trouble}; {counts}"


def _days(readings: Iterable[Reading]) -> set[tuple[str, Span]]:
    return {(reading.member, span) for reading in readings for span in reading.away}
