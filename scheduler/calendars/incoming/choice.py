"""Which events count as time away, as the roster chooses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from icalendar import Event

from scheduler.domain.time_away import Counts

_NOT_BUSY = frozenset({"FREE", "WORKINGELSEWHERE"})


def chooser(counts: Counts) -> Callable[[Event], bool]:
    """A test of a single event: not cancelled, and all holds that the choice states."""
    title = re.compile(counts.title)
    categories = {category.casefold() for category in counts.categories}
    length = timedelta(minutes=counts.at_least)

    def chosen(event: Event) -> bool:
        if _word(event, "STATUS") == "CANCELLED":
            return False
        if categories and categories.isdisjoint(_categories(event)):
            return False
        if counts.busy and not _is_busy(event):
            return False
        if counts.out_of_office and _busy_status(event) != "OOF":
            return False
        if counts.all_day and not is_all_day(event):
            return False
        if length and lasts(event) < length:
            return False
        return title.search(str(event.get("SUMMARY", ""))) is not None

    return chosen


def times(event: Event) -> tuple[Any, Any]:
    """When an occurrence starts and ends: two dates, or two moments with or without a zone."""
    start: Any = event["DTSTART"]
    end: Any = event["DTEND"]
    return start.dt, end.dt


def is_all_day(event: Event) -> bool:
    """Whether an event is of whole days: dates, or from midnight to midnight on its own clock."""
    start, end = times(event)
    if not isinstance(start, datetime) or _word(event, "X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE":
        return True
    midnights = start.time() == end.time() == datetime.min.time()
    return bool(midnights and end > start)


def lasts(event: Event) -> timedelta:
    """How long an event lasts; one on a date alone lasts that day."""
    start, end = times(event)
    if not isinstance(start, datetime):
        return timedelta(days=max(1, (end - start).days))
    return timedelta(seconds=(end - start).total_seconds())


def _is_busy(event: Event) -> bool:
    return _word(event, "TRANSP") != "TRANSPARENT" and _busy_status(event) not in _NOT_BUSY


def _busy_status(event: Event) -> str:
    return _word(event, "X-MICROSOFT-CDO-BUSYSTATUS")


def _word(event: Event, key: str) -> str:
    value: Any = event.get(key, "")
    return str(value[0] if isinstance(value, list) and value else value).strip().upper()


def _categories(event: Event) -> Iterator[str]:
    value: Any = event.get("CATEGORIES", [])
    for entry in value if isinstance(value, list) else [value]:
        for category in getattr(entry, "cats", [entry]):
            yield str(category).strip().casefold()
