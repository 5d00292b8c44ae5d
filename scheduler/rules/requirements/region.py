from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class Region(Fit):
    """A regional seat goes only to members of that region."""

    def bars(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        needed = seat.plan.region
        if not needed or member.region == needed:
            return None
        return f"is not in the region {needed}"
