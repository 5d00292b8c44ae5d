"""Days and instants in plain words; whoever reads an instant sees it on their own clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.domain.rotation import Placed
from scheduler.domain.span import Span

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day(moment: date) -> str:
    """``Monday 4 January``."""
    return f"{WEEKDAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"


def days(span: Span) -> str:
    """``Monday 4 January``, ``Monday 4 – Sunday 10 January``, or both ends with their month."""
    first, last = span.first, span.last
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{WEEKDAYS[first.weekday()]} {first.day} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def instant(moment: datetime, zone: str) -> str:
    """An instant that Slack shows on the reader's clock; else on the clock of a zone."""
    local = moment.astimezone(ZoneInfo(zone))
    fallback = f"{day(local)}, {local:%H:%M} ({zone})"
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def when(seat: Placed, zone: str) -> str:
    """When a seat is held: its days, or the instant at which it starts."""
    return days(seat.span) if seat.start is None else instant(seat.start, zone)


def when_plainly(seat: Placed, zone: str) -> str:
    """The same for headings, menus and notifications, where Slack reads no dates."""
    if seat.start is None:
        return days(seat.span)
    local = seat.start.astimezone(ZoneInfo(zone))
    return f"{day(local)}, {local:%H:%M} ({zone})"
