from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class Membership(Fit):
    """Nobody holds a seat on a day before they joined, after they left or while they are paused."""

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        days = seat.days_at(member.timezone)
        if member.joined is not None and days[0] < member.joined:
            return f"joins only on {member.joined}"
        if member.left is not None and days[-1] >= member.left:
            return f"is no longer there from {member.left}"
        if member.paused and not all(member.belongs_on(day) for day in days):
            return "is paused then"
        return None
