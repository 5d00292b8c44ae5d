"""Which events of a calendar there are within some days, with repetitions worked out.

A series that cannot be understood is passed over and counted; the others are read all the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

from icalendar import BrokenCalendarProperty, Calendar, Event
from recurring_ical_events import CalendarQuery

from scheduler.domain.span import DAY, Span

_SUB_DAILY = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_TIMES_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_A_DAY = 24
"""Occurrences of one series; leave does not come more often."""

NONSENSE = (ValueError, TypeError, OverflowError, LookupError, AttributeError, ArithmeticError)
"""What the two libraries raise over values that make no sense."""

TOO_OFTEN = "repeats more often than daily"
SENSELESS = "cannot be understood"
NO_ZONE = "has a time zone that is not known, and is read on the member's clock"


class _Query(CalendarQuery):
    """Passes over every series that the library cannot make sense of."""

    suppressed_errors: ClassVar[Any] = list(NONSENSE)


def events_in(calendars: Iterable[Calendar], window: Span, found: Counter[str]) -> Iterator[Event]:
    """Every occurrence that touches the window, as an event without repetition. ``found`` counts
    the series with which something was wrong, by what that was."""
    for calendar in calendars:
        _drop_what_repeats_too_often(calendar, found)
        _name_once(calendar)
        names = {str(event.get("UID", id(event))) for event in calendar.walk("VEVENT")}
        query = _Query(calendar, skip_bad_series=True)
        found[SENSELESS] += len(names) - len(query.series)
        for series in query.series:
            yield from _occurrences(series, window, found)


def _name_once(calendar: Calendar) -> None:
    """Keep the first UID of an event that has several, which the query cannot file."""
    for event in calendar.walk("VEVENT"):
        uid: Any = event.get("UID")
        if isinstance(uid, list):
            event["UID"] = uid[0]


def _drop_what_repeats_too_often(calendar: Calendar, found: Counter[str]) -> None:
    for parent in [calendar, *calendar.walk()]:
        kept = [part for part in parent.subcomponents if not _is_too_frequent(part)]
        if len(kept) < len(parent.subcomponents):
            found[TOO_OFTEN] += len(parent.subcomponents) - len(kept)
            parent.subcomponents[:] = kept


def _is_too_frequent(component: Any) -> bool:
    """Whether a rule makes an event come again within the day."""
    rules = component.get("RRULE", []) if component.name == "VEVENT" else []
    for rule in rules if isinstance(rules, list) else [rules]:
        try:
            read = rule.get
        except (AttributeError, BrokenCalendarProperty):
            # No rule at all, or none that makes sense: the query passes its event over.
            continue
        frequencies = {str(word).upper() for word in read("FREQ", [])}
        times = math.prod(max(1, len(read(key, []))) for key in _TIMES_OF_DAY)
        # An interval of nothing stands still, and never comes to an end.
        if frequencies & _SUB_DAILY or times > _MOST_A_DAY or 0 in read("INTERVAL", []):
            return True
    return False


def _occurrences(series: Any, window: Span, found: Counter[str]) -> Iterator[Event]:
    # A day on either side: it is the member's clock that says where the window ends.
    most = _MOST_A_DAY * (window.days + 2)
    try:
        occurrences = list(islice(series.between(window.first - DAY, window.end + DAY), most + 1))
        events = [occurrence.as_component(False) for occurrence in occurrences]
    except NONSENSE:
        found[SENSELESS] += 1
        return
    if len(events) > most:
        found[TOO_OFTEN] += 1
        return
    if any(_is_lost(event.get("DTSTART")) for event in _parts(series)):
        found[NO_ZONE] += 1
    yield from events


def _parts(series: Any) -> Iterator[Any]:
    """The components that a series is made of."""
    yield from (adapter._component for adapter in series.components)


def _is_lost(start: Any) -> bool:
    """Whether a time names a zone that nobody knows."""
    if start is None or not isinstance(getattr(start, "dt", None), datetime):
        return False
    return "TZID" in getattr(start, "params", {}) and start.dt.tzinfo is None
