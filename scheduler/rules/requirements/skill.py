from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class Skill(Fit):
    """A seat goes only to those who have reached its level in its skill."""

    def bars(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        plan = seat.plan
        if not plan.skill or member.level(plan.skill) >= plan.level:
            return None
        return f"has not reached the level {plan.level.name} in {plan.skill}"
