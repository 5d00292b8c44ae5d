"""Any rotation, read back from its feeds, holds the same assignments."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from scheduler.calendars import feeds
from scheduler.calendars.text import line
from scheduler.domain.rotation import Placed
from scheduler.domain.span import Span
from tests.calendars.making import directory, events, rotation

MEMBERS = ("ana", "ben", "cleo", "dan")
DAYS = st.dates(date(2026, 12, 2), date(2027, 3, 31))
INSTANTS = st.datetimes(
    datetime(2026, 12, 2), datetime(2027, 3, 31), timezones=st.timezones(no_cache=False)
).map(lambda moment: moment.replace(second=0, microsecond=0, fold=0))


@st.composite
def seats(draw: st.DrawFn) -> Placed:
    duty = draw(st.sampled_from(["triage", "call", "old"]))
    first = draw(DAYS)
    start = draw(st.none() | INSTANTS)
    end = start and start.astimezone(UTC) + timedelta(minutes=draw(st.integers(1, 600)))
    day = start.astimezone(UTC).date() if start else first
    return Placed(
        shift=f"{duty}@{first}",
        seat=draw(st.sampled_from(["lead", "shadow", "reviewer-1"])),
        duty=duty,
        upstream=draw(st.sampled_from(["", "jupyterhub"])),
        role="lead",
        span=Span(day, day + timedelta(days=draw(st.integers(1, 90)))),
        start=start,
        end=end,
        effort=60,
        must=False,
        member=draw(st.sampled_from(["", *MEMBERS])),
        why=draw(st.text(max_size=90)),
        revision=draw(st.integers(0, 9)),
    )


def known(placed: Placed) -> tuple[str, object, object, str]:
    """What a calendar has to say about an assignment."""
    return (
        str(uuid5(directory().installation, f"{placed.shift}/{placed.seat}")),
        placed.start.astimezone(UTC) if placed.start else placed.span.first,
        placed.end if placed.end else placed.span.end,
        line(placed.why),
    )


def read(event: Event) -> tuple[str, object, object, str]:
    """The same, as a client reads it."""
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    description = str(event["DESCRIPTION"])
    return str(event["UID"]), start, end, description


@given(st.lists(seats(), unique_by=lambda placed: placed.key, max_size=8), st.text(max_size=40))
def test_a_feed_read_back_holds_the_same_assignments(placed: list[Placed], name: str) -> None:
    found = feeds([rotation(*placed)], directory(members=dict.fromkeys(MEMBERS, name)))
    for member in MEMBERS:
        planned = sorted(known(p) for p in placed if p.member == member)
        shown = sorted(read(event) for event in events(found[f"members/{member}.ics"]))
        if not planned:
            assert len(shown) == 1
            continue
        for (*facts, why), (*told, description) in zip(planned, shown, strict=True):
            assert told == facts
            assert description.startswith(why)
