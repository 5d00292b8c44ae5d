"""From timed events to days: a day is away when most of its working hours are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.burden import USUAL_HOURS
from scheduler.domain.people import Hours
from scheduler.domain.span import DAY, Span

Interval = tuple[datetime, datetime]
"""Two instants in UTC, the second one after the first."""


def days_covered(
    intervals: Iterable[Interval], window: Span, zone: ZoneInfo, hours: Hours | None
) -> set[date]:
    """The days of a window of whose working hours more than half lie within the intervals, taken
    together. Who states no hours is held to work from 8:00 to 18:00."""
    taken: dict[date, timedelta] = {}
    for start, end in _merged(intervals):
        for day in _days(start, end, window, zone):
            opens, closes = _working(day, zone, hours or USUAL_HOURS)
            common = min(end, closes) - max(start, opens)
            if common > timedelta(0):
                taken[day] = taken.get(day, timedelta(0)) + common
    return {day for day, time in taken.items() if 2 * time > _length(day, zone, hours)}


def _merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The same time in intervals that do not overlap."""
    last: Interval | None = None
    for start, end in sorted(intervals):
        if last is None:
            last = start, end
        elif start <= last[1]:
            last = last[0], max(last[1], end)
        else:
            yield last
            last = start, end
    if last is not None:
        yield last


def _days(start: datetime, end: datetime, window: Span, zone: ZoneInfo) -> Iterator[date]:
    """The days of the window whose working hours may touch an interval; those of a night shift
    lie on two days."""
    first = max(window.first, start.astimezone(zone).date() - DAY)
    last = min(window.last, end.astimezone(zone).date())
    yield from (first + DAY * number for number in range((last - first).days + 1))


def _working(day: date, zone: ZoneInfo, hours: Hours) -> Interval:
    """When work begins and ends on a day; the end may lie past midnight."""
    ends_on = day if hours.end > hours.start else day + DAY
    opens = datetime.combine(day, hours.start, zone).astimezone(UTC)
    return opens, datetime.combine(ends_on, hours.end, zone).astimezone(UTC)


def _length(day: date, zone: ZoneInfo, hours: Hours | None) -> timedelta:
    opens, closes = _working(day, zone, hours or USUAL_HOURS)
    return closes - opens
