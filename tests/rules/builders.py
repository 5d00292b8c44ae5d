"""Tiny rosters in a line or two. All of them begin on Monday, 4 January 2027."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, time
from typing import Any

from scheduler.domain.cadence import Cadence, EveryWeeks, OnDates
from scheduler.domain.duties import Clock, Duty, Role, SeatPlan
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem, lay_out
from scheduler.domain.rotation import Seating
from scheduler.domain.span import Span

HOUR = 60


def jan(day: int) -> date:
    """A day counted from January 2027 on: ``jan(4)`` is a Monday, ``jan(32)`` is in February."""
    return date.fromordinal(date(2026, 12, 31).toordinal() + day)


def days(first: int, last: int) -> Span:
    """A span of January 2027, both days inclusive."""
    return Span(jan(first), jan(last + 1))


def someone(name: str, **what: Any) -> Member:
    """A member who has 40 hours a week and nothing else unless said."""
    return Member(id=name.lower(), name=name, **{"budget": 40 * HOUR, **what})


def seat(name: str = "lead", **what: Any) -> SeatPlan:
    """A seat of four hours, with the role that its name says."""
    role = Role(name) if name in Role.__members__ else Role.lead
    return SeatPlan(name, **{"role": role, "effort": 4 * HOUR, **what})


def duty(name: str, *seats: SeatPlan, cadence: Cadence | None = None, **what: Any) -> Duty:
    """A weekly duty with one lead seat unless said."""
    return Duty(
        id=name,
        name=name.capitalize(),
        kind="triage",
        why="so that it is done",
        cadence=cadence or EveryWeeks(),
        seats=seats or (seat(),),
        **what,
    )


def on(*spans: tuple[int, int]) -> OnDates:
    """Shifts on given days of January, both inclusive."""
    return OnDates(tuple(days(*span) for span in spans))


def at(clock: str, timezone: str = "UTC", minutes: int = 60) -> Clock:
    """The clock of a timed duty."""
    return Clock(time.fromisoformat(clock), timezone, minutes)


def roster(
    members: Collection[Member], duties: Collection[Duty], weeks: int = 1, **what: Any
) -> Problem:
    """A problem of so many weeks."""
    horizon = days(4, 3 + 7 * weeks)
    duties = tuple(duties)
    return Problem("Team", horizon, tuple(members), duties, lay_out(duties, horizon), **what)


def seated(problem: Problem, **holders: str) -> Seating:
    """Holders by ``duty_day_seat``, such as ``triage_4_lead="ana"``."""
    found = {}
    for address, member in holders.items():
        duty_id, day, name = address.split("_", 2)
        key = f"{duty_id}@{jan(int(day))}", name.replace("_", "-")
        found[problem.seat_by_key[key]] = problem.member_by_id[member]
    return Seating(found)


def entitled_to(problem: Problem, **minutes: int) -> Problem:
    """The problem with entitlements given by hand."""
    return replace(problem, entitlements=minutes)
