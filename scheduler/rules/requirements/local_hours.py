from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit

_DAY = 24 * 60


@dataclass(frozen=True)
class LocalHours(Fit):
    """A timed duty lies within its holder's own working hours, on their clock and that day's
    daylight saving time. Members who state no hours are taken to be free at any time."""

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        if member.hours is None or seat.shift.start is None:
            return None
        begins, ends = seat.opens_at(member.timezone), seat.closes_at(member.timezone)
        start = begins.hour * 60 + begins.minute
        stop = ends.hour * 60 + ends.minute + (ends.date() - begins.date()).days * _DAY
        opens = member.hours.start.hour * 60 + member.hours.start.minute
        closes = member.hours.end.hour * 60 + member.hours.end.minute
        if closes <= opens:
            closes += _DAY
        # Hours past midnight also cover the small hours of the day that follows.
        if any(opens <= start + day and stop + day <= closes for day in (0, _DAY)):
            return None
        hours = f"{member.hours.start:%H:%M} to {member.hours.end:%H:%M}"
        return f"works {hours}, there it is {begins:%H:%M}"
