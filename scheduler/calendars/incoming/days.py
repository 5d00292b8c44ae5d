"""From the text of a calendar to days away. Runs only in the worker, where it may fail or hang."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from scheduler.calendars.feeds import PRODID
from scheduler.calendars.incoming.choice import chooser, lasts, times
from scheduler.calendars.incoming.events import NONSENSE, SENSELESS, events_in
from scheduler.calendars.incoming.hours import Interval, days_covered
from scheduler.calendars.incoming.trouble import Trouble
from scheduler.domain.span import DAY, Span
from scheduler.domain.time_away import CalendarSource

_DEEPEST = 8
"""Parts within parts; real calendars need three."""
_BOUNDARY = re.compile(rb"^(BEGIN|END)[ \t]*:", re.MULTILINE | re.IGNORECASE)


def days_away(content: bytes, source: CalendarSource, window: Span) -> tuple[set[date], list[str]]:
    """The days of a window on which a calendar says that its member is away, and what was wrong
    with some of its events.

    Raises:
        Trouble: this is no calendar.
    """
    text, notes = _text(content)
    try:
        calendars = [part for part in Calendar.from_ical(text, multiple=True) if part]
    except NONSENSE as error:
        # The library takes a lack of memory for a fault of the text.
        if isinstance(error.__context__, MemoryError):
            raise error.__context__ from error
        raise Trouble("holds lines that no calendar has") from error
    if any(str(part.get("PRODID", "")) == PRODID for part in calendars):
        raise Trouble("is a feed of Rota, which tells duties; name a calendar of leave")
    found: Counter[str] = Counter()
    chosen = chooser(source.counts)
    events = list(events_in(_only_calendars(calendars), window, found))
    away = _days(events, chosen, source, window, found)
    return away, notes + [_counted(number, what) for what, number in found.items() if number]


def _text(content: bytes) -> tuple[str, list[str]]:
    """The text, once it is sure that it is one, and of a calendar."""
    body = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise Trouble("is empty")
    if b"\0" in body:
        raise Trouble("is no text: it holds NUL bytes")
    if body.startswith(b"<"):
        raise Trouble("is a web page, no calendar: take the address that gives the .ics itself")
    if not re.match(rb"BEGIN:VCALENDAR\s", body, re.IGNORECASE):
        raise Trouble("is no calendar: it does not begin with BEGIN:VCALENDAR")
    depth = 0
    for boundary in _BOUNDARY.finditer(body):
        depth += 1 if boundary[1].upper() == b"BEGIN" else -1
        if depth > _DEEPEST:
            raise Trouble("is nested too deeply to be a calendar")
    try:
        return body.decode("utf-8"), []
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace"), ["it is not all UTF-8: some titles may not fit"]


def _only_calendars(parts: Iterable[Calendar]) -> list[Calendar]:
    calendars = [part for part in parts if part.name == "VCALENDAR"]
    if not calendars:
        raise Trouble("holds no calendar")
    return calendars


def _days(
    events: Iterable[Event],
    chosen: Callable[[Event], bool],
    source: CalendarSource,
    window: Span,
    found: Counter[str],
) -> set[date]:
    zone = ZoneInfo(source.timezone)
    days: set[date] = set()
    timed: list[Interval] = []
    for event in events:
        try:
            if not chosen(event):
                continue
            start, end = times(event)
            if isinstance(start, datetime):
                timed += _clipped(start, end, window, zone)
            else:
                days.update(_whole(start, lasts(event), window))
        except NONSENSE:
            found[SENSELESS] += 1
    return days | days_covered(timed, window, zone, source.hours)


def _whole(first: date, length: timedelta, window: Span) -> list[date]:
    start = max(first, window.first)
    end = min(first + length, window.end) if (window.end - first) > length else window.end
    return [start + DAY * number for number in range((end - start).days)]


def _clipped(start: datetime, end: datetime, window: Span, zone: ZoneInfo) -> list[Interval]:
    """An event in UTC, cut to the window and a day around it; nothing where nothing is left."""
    least = datetime.combine(window.first - DAY, datetime.min.time(), UTC)
    most = datetime.combine(window.end + DAY, datetime.min.time(), UTC)
    opens, closes = max(_instant(start, zone), least), min(_instant(end, zone), most)
    return [(opens, closes)] if opens < closes else []


def _instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone is one on the member's own clock."""
    return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)


def _counted(number: int, what: str) -> str:
    return f"one event {what}" if number == 1 else f"{number} events: each {what}"
