from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class Permission(Fit):
    """A seat that needs a permission, such as release rights, goes only to those who have it."""

    def bars(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        needed = seat.plan.permission
        if not needed or needed in member.permissions:
            return None
        return f"lacks the permission {needed}"
