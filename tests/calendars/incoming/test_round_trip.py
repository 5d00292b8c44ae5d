"""Any days, written as a calendar by another library, are read back as the same days."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from scheduler.calendars.incoming.days import days_away
from scheduler.domain.span import DAY, Span
from scheduler.domain.time_away import CalendarSource, spans_of
from tests.calendars.incoming.ics import WINDOW

ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland"]
# A calendar with NUL bytes is no text.
TITLES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
SPANS = st.lists(
    st.builds(
        lambda first, days: Span(first, first + days * DAY),
        st.dates(WINDOW.first, WINDOW.last - 20 * DAY),
        st.integers(1, 20),
    ),
    max_size=12,
)


def written(spans: list[Span], title: str, zone: ZoneInfo | None) -> bytes:
    """The spans as events of whole days, or from midnight to midnight in a zone."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Another//EN")
    for span in spans:
        event = Event()
        event.add("UID", uuid4())
        event.add("SUMMARY", title)
        for key, day in (("DTSTART", span.first), ("DTEND", span.end)):
            event.add(key, day if zone is None else datetime.combine(day, time(), zone))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


@given(SPANS, TITLES, st.sampled_from(ZONES), st.booleans())
def test_days_written_are_days_read(
    spans: list[Span], title: str, zone: str, as_dates: bool
) -> None:
    content = written(spans, title, None if as_dates else ZoneInfo(zone))
    days, notes = days_away(content, CalendarSource("ana", "a.ics", zone), WINDOW)
    assert notes == []
    assert days == {day for span in spans for day in span}


@given(st.sets(st.dates(WINDOW.first, WINDOW.last)))
def test_spans_hold_the_days_and_no_others(days: set[date]) -> None:
    spans = spans_of(days)
    assert [day for span in spans for day in span] == sorted(days)
    assert all(one.end < other.first for one, other in pairwise(spans))
    assert sum((span.end - span.first for span in spans), timedelta()) == timedelta(len(days))
