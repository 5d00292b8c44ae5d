from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class ShadowLearns(Fit):
    """A shadow seat is for those who still learn: nobody shadows what they already lead."""

    def bars(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        skill = seat.plan.skill
        if not seat.is_shadow or not skill or member.level(skill) < Level.leads:
            return None
        return f"already leads {skill} and has nothing to learn as a shadow"
