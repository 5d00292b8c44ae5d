"""A small team in early 2027: every message can be looked at without a roster."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.duties import Clock, Duty, Handoff, Role, SeatPlan
from scheduler.domain.people import Hours, Level
from scheduler.domain.reminding import Chat
from scheduler.domain.rotation import Placed, Rotation, quarter
from scheduler.domain.span import Span
from scheduler.domain.training import Progress, Turns
from scheduler.messages.directory import Directory, Person

PUBLISHED = datetime(2026, 12, 14, 10, tzinfo=UTC)
NOW = datetime(2027, 1, 13, 12, tzinfo=UTC)
"""In the second week: some turns are over, others run, most are to come."""

_PEOPLE = (
    Person("ana", "Ana Silva", "U01ANASILVA", "America/Sao_Paulo"),
    Person("ben", "Ben Okafor", "U02BENOKAFO", "Africa/Lagos"),
    Person("chi", "Chi Nguyen", "U03CHINGUYE", "Asia/Ho_Chi_Minh", Hours(time(8), time(16))),
    Person("dee", "Dee O'Neill <3 & co", "", "Europe/Dublin"),
)
_DUTIES = (
    Duty(
        id="support",
        name="Support",
        kind="support",
        why="Every community that asks for help hears from us on the same day",
        cadence=EveryWeeks(),
        seats=(SeatPlan("lead", must=True),),
        handoff=Handoff(0, time(15)),
        checklist="https://example.org/support",
        channel="#support",
    ),
    Duty(
        id="call",
        name="Community call",
        kind="meetings",
        why="Contributors and maintainers meet, wherever they live",
        cadence=EveryWeeks(),
        seats=(SeatPlan("facilitator"), SeatPlan("notes")),
        clock=Clock(time(16), "UTC", 60),
        channel="#community",
    ),
    Duty(
        id="release",
        name="JupyterHub release",
        kind="releases",
        why="Fixes reach every hub within a month",
        cadence=EveryWeeks(4),
        seats=(
            SeatPlan("lead", skill="release"),
            SeatPlan("shadow", Role.shadow, Level.learning, "release"),
        ),
        checklist="https://example.org/release",
    ),
)
DIRECTORY = Directory(
    installation="0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f10",
    team="Moons",
    timezone="UTC",
    people={person.id: person for person in _PEOPLE},
    duties={duty.id: duty for duty in _DUTIES},
    chat=Chat(channel="#team"),
    leads=("ana",),
)


def rotations() -> tuple[Rotation, ...]:
    """One published quarter, of which the first weeks are laid out and the last entries moved."""
    placed = (
        *(_week("support", day, who) for day, who in zip(_mondays(12), _SUPPORT, strict=True)),
        *_calls(),
        _week("release", date(2027, 1, 11), "ana"),
        _week("release", date(2027, 1, 11), "dee", "shadow"),
        _week("release", date(2027, 2, 8), "ana"),
        _week("release", date(2027, 2, 8), "dee", "shadow"),
        _week("release", date(2027, 3, 8), "dee"),
    )
    return (
        Rotation(
            team="Moons",
            name="2027-Q1",
            horizon=quarter("2027-Q1"),
            placed=placed,
            tiers=(),
            shares=(),
            inputs="sha256:0",
            version="0",
            seed=0,
            published=PUBLISHED,
            changes=_changes(),
            training=(
                Progress(
                    "dee",
                    "release",
                    Level.leads,
                    date(2027, 3, 31),
                    done=Turns(2, 1),
                    needed=Turns(2, 1),
                    leads_from=date(2027, 3, 8),
                    reached=True,
                ),
            ),
        ),
    )


_SUPPORT = ("ana", "ben", "chi", "dee", "ben", "ana", "chi", "", "ana", "ben", "chi", "dee")


def _mondays(number: int) -> list[date]:
    return [date(2027, 1, 4) + timedelta(weeks=week) for week in range(number)]


def _week(duty: str, first: date, member: str, seat: str = "lead") -> Placed:
    return _placed(duty, Span(first, first + timedelta(days=7)), member, seat, 360)


def _calls() -> list[Placed]:
    made = []
    for day, who in ((date(2027, 1, 14), "chi"), (date(2027, 2, 11), "dee")):
        start = datetime.combine(day, time(16), tzinfo=UTC)
        span, end = Span(day, day + timedelta(days=1)), start + timedelta(hours=1)
        made.append(_placed("call", span, who, "facilitator", 120, start, end))
        made.append(_placed("call", span, "ben", "notes", 60, start, end))
    return made


def _placed(
    duty: str,
    span: Span,
    member: str,
    seat: str,
    effort: int,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Placed:
    return Placed(
        shift=f"{duty}@{span.first}",
        seat=seat,
        duty=duty,
        upstream="",
        role="shadow" if seat == "shadow" else "lead",
        span=span,
        start=start,
        end=end,
        effort=effort,
        must=duty == "support",
        member=member,
        why="It is their turn." if member else "",
    )


def _changes() -> tuple[Entry, ...]:
    at = datetime(2027, 1, 5, 14, tzinfo=UTC)
    kinds = (
        (Kind.swap, "dee", (("01-25", "ben", "dee"), ("02-01", "dee", "ben")), _THANKS, None),
        (Kind.cover, "chi", (("02-08", "chi", "ana"),), "", None),
        (Kind.override, "ana", (("02-22", "ben", ""),), "The office is closed.", None),
        (Kind.override, "ana", (("03-01", "ana", "chi"),), "", None),
        (Kind.undo, "ana", (("03-01", "chi", "ana"),), "", 4),
        (Kind.replan, "ana", (("03-22", "ana", "dee"),), "Dee is back from March on.", None),
    )
    return tuple(
        Entry(number, kind, at + timedelta(hours=number), by, _moves(moves), "", note, (), undoes)
        for number, (kind, by, moves, note, undoes) in enumerate(kinds, start=1)
    )


_THANKS = "Thank you, Ben, that saves my week!"


def _moves(moves: tuple[tuple[str, str, str], ...]) -> tuple[Move, ...]:
    return tuple(Move(f"support@2027-{day}", "lead", was, now) for day, was, now in moves)
