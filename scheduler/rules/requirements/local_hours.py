from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class LocalHours(Fit):
    """A timed duty lies within its holder's own working hours, on their clock and that day's
    daylight saving time. Members who state no hours are taken to be free at any time."""

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        if member.hours is None or seat.shift.start is None:
            return None
        if seat.lies_within(member.hours, member.timezone):
            return None
        hours = f"{member.hours.start:%H:%M} to {member.hours.end:%H:%M}"
        return f"works {hours}, there it is {seat.opens_at(member.timezone):%H:%M}"
