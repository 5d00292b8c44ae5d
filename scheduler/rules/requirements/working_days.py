from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class WorkingDays(Fit):
    """Nobody holds a seat whose working days are all weekdays on which they do not work.

    A part-timer may hold a turn of a week: its effort fits into the days they are there.
    """

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        if any(day.weekday() in member.days for day in seat.days_at(member.timezone)):
            return None
        return "does not work on that weekday"
