from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class Never(Fit):
    """A wish of ``never`` about a duty is kept without exception."""

    def bars(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        if member.wishes.get(seat.duty.id) is not Wish.never:
            return None
        return f"is never to do {seat.duty.name}"
