"""Random teams and turns, the odd and the impossible among them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.duties import Duty, Handoff, SeatPlan
from scheduler.domain.people import Hours
from scheduler.domain.reminding import Chat, Reminding
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.span import Span
from scheduler.messages.directory import Directory, Person

PUBLISHED = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRST = date(2027, 1, 4)
LONG_AGO, LATER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago",
    "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo",
)  # fmt: skip
NAMES = st.text(max_size=200) | st.sampled_from(
    [
        "<!channel>",
        "@here",
        "A & B <c>",
        "*bold* _it_ `code`",
        "x|y>",
        "\n\n",
        "\x00",
        "العربية",
        "🦝" * 90,
    ]
)


def person(who: str, **changes: Any) -> Person:
    """A member who works nine to five, Monday to Friday, in UTC."""
    return Person(**{"id": who, "name": who.title(), **changes})


def duty(name: str = "triage", **changes: Any) -> Duty:
    """A weekly duty with one seat."""
    fields: dict[str, Any] = {
        "id": name,
        "name": name.title(),
        "kind": "triage",
        "why": "newcomers get an answer",
        "cadence": EveryWeeks(),
        "seats": (SeatPlan("lead"),),
    }
    return Duty(**{**fields, **changes})


def directory(*people: Person, **changes: Any) -> Directory:
    """A team of some people with one weekly duty, unless told otherwise."""
    fields: dict[str, Any] = {
        "installation": "team-1",
        "team": "Moons",
        "timezone": "UTC",
        "people": {one.id: one for one in people or (person("ana"), person("ben"))},
        "duties": {"triage": duty()},
    }
    return Directory(**{**fields, **changes})


def turn(first: str, member: str, days: int = 7, **changes: Any) -> Placed:
    """A turn of whole days in the lead of the triage."""
    begins = date.fromisoformat(first)
    fields: dict[str, Any] = {
        "shift": f"triage@{first}",
        "seat": "lead",
        "duty": "triage",
        "upstream": "",
        "role": "lead",
        "span": Span(begins, begins + timedelta(days=days)),
        "start": None,
        "end": None,
        "effort": 240,
        "must": True,
        "member": member,
    }
    return Placed(**{**fields, **changes})


def call(start: datetime, member: str, **changes: Any) -> Placed:
    """A turn of an hour at a time of day."""
    day = start.date().isoformat()
    return turn(day, member, 1, start=start, end=start + timedelta(hours=1), **changes)


def rotation(*placed: Placed, changes: tuple[Entry, ...] = (), **fields: Any) -> Rotation:
    """A published first quarter of 2027."""
    kept: dict[str, Any] = {
        "team": "Moons",
        "name": "2027-Q1",
        "horizon": Span(date(2027, 1, 1), date(2027, 4, 1)),
        "placed": placed,
        "tiers": (),
        "shares": (),
        "inputs": "",
        "version": "0",
        "seed": 0,
        "published": PUBLISHED,
        "changes": changes,
    }
    return Rotation(**{**kept, **fields})


def entry(
    number: int, kind: Kind, at: datetime, *moves: tuple[str, str, str], **more: Any
) -> Entry:
    """A change by Ana; each move is a shift and its holder before and after."""
    made = tuple(Move(shift, "lead", was, now) for shift, was, now in moves)
    return Entry(**{"id": number, "kind": kind, "at": at, "by": "ana", "moves": made, **more})


# --------------------------------------------------------------------------------------- random


def spans(within: Span) -> st.SearchStrategy[Span]:
    """Spans of up to twenty days that begin within another."""
    return st.builds(
        lambda start, days: Span(
            within.first + timedelta(days=start), within.first + timedelta(days=start + days)
        ),
        st.integers(0, within.days - 1),
        st.integers(1, 20),
    )


def people(who: str) -> st.SearchStrategy[Person]:
    """A member of any zone, hours, weekdays, leave and name."""
    return st.builds(
        Person,
        id=st.just(who),
        name=NAMES,
        slack=st.sampled_from(["", "U0123456789", "ana", "<!channel>"]),
        timezone=st.sampled_from(ZONES),
        hours=st.none() | st.builds(Hours, st.times(), st.just(time(17))),
        days=st.frozensets(st.integers(0, 6), min_size=1),
        off=st.lists(spans(Span(FIRST, FIRST + timedelta(days=80))), max_size=3).map(tuple),
        holidays=st.frozensets(st.dates(FIRST, FIRST + timedelta(days=80)), max_size=3),
    )


@st.composite
def teams(draw: st.DrawFn) -> tuple[Directory, Rotation]:
    """Three people and the turns of a quarter, whole days or at a time of day."""
    known = [draw(people(who)) for who in ("ana", "ben", "chi")]
    days = draw(st.sets(st.integers(1, 30), max_size=3))
    handoff = st.none() | st.builds(Handoff, st.integers(0, 6), st.none() | st.times())
    settled = Chat(
        channel=draw(st.sampled_from(["", "#team"])),
        digest=draw(st.none() | st.integers(0, 6)),
        duties={"triage": Reminding(tuple(sorted(days, reverse=True)), draw(st.booleans()))},
    )
    made = directory(
        *known,
        timezone=draw(st.sampled_from(ZONES)),
        duties={"triage": duty(name="triage", handoff=draw(handoff), why=draw(NAMES))},
        chat=settled,
        leads=("ana",),
    )
    return made, rotation(*draw(_turns()))


@st.composite
def _turns(draw: st.DrawFn) -> list[Placed]:
    placed = []
    for week in range(draw(st.integers(1, 12))):
        first = (FIRST + timedelta(weeks=week)).isoformat()
        who = draw(st.sampled_from(["ana", "ben", "chi", ""]))
        if draw(st.booleans()):
            placed.append(turn(first, who, draw(st.integers(1, 7))))
        else:
            at = datetime.combine(FIRST + timedelta(weeks=week), draw(st.times()), tzinfo=UTC)
            placed.append(call(at, who))
    return placed
