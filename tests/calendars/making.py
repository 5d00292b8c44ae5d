"""A small team and its rotations, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event

from scheduler.calendars import Directory
from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.duties import Duty, Handoff, SeatPlan
from scheduler.domain.rotation import Placed, Rotation, quarter
from scheduler.domain.span import Span

DECEMBER = datetime(2026, 12, 1, 9, tzinfo=UTC)
MARCH = datetime(2027, 3, 15, 9, tzinfo=UTC)
TRIAGE = Duty(
    id="triage",
    name="JupyterHub triage",
    kind="triage",
    why="newcomers get an answer",
    cadence=EveryWeeks(),
    seats=(SeatPlan("lead"),),
    upstream="jupyterhub",
    handoff=Handoff(0, time(10)),
    checklist="https://example.org/triage",
)


def directory(**changes: Any) -> Directory:
    """The team's names; ``changes`` replace fields."""
    fields: dict[str, Any] = {
        "installation": UUID("0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f10"),
        "team": "2i2c",
        "timezone": "UTC",
        "members": {"ana": "Ana Silva", "ben": "Ben Okafor", "cleo": "Cleo Ito"},
        "duties": {"triage": TRIAGE},
        "upstreams": {"jupyterhub": "JupyterHub"},
    }
    return Directory(**{**fields, **changes})


def turn(first: str, member: str, last: str = "", **changes: Any) -> Placed:
    """A turn at triage, in the lead's seat, from one day to another."""
    begins = date.fromisoformat(first)
    ends = date.fromisoformat(last or first).toordinal() + 1
    fields: dict[str, Any] = {
        "shift": f"triage@{first}",
        "seat": "lead",
        "duty": "triage",
        "upstream": "jupyterhub",
        "role": "lead",
        "span": Span(begins, date.fromordinal(ends)),
        "start": None,
        "end": None,
        "effort": 240,
        "must": True,
        "member": member,
        "why": f"It is the turn of {member}." if member else "",
    }
    return Placed(**{**fields, **changes})


def call(start: datetime, end: datetime, member: str) -> Placed:
    """A timed turn at a call, on the day on which it starts."""
    day = start.date().isoformat()
    return turn(day, member, shift=f"call@{day}", duty="call", upstream="", start=start, end=end)


def rotation(
    *placed: Placed, name: str = "2027-Q1", published: datetime | None = DECEMBER
) -> Rotation:
    """A quarter's rotation that holds the given seats."""
    return Rotation(
        team="2i2c",
        name=name,
        horizon=quarter(name),
        placed=placed,
        tiers=(),
        shares=(),
        inputs="sha256:0",
        version="0",
        seed=0,
        published=published,
    )


def events(feed: bytes) -> list[Event]:
    """The events of a feed, in its order."""
    calendar = Calendar.from_ical(feed)
    assert isinstance(calendar, Calendar)
    return calendar.events


def texts(found: Iterable[Event], name: str) -> list[str]:
    """One property of every event."""
    return [str(event[name]) for event in found]
