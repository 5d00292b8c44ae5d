from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.growth import learns_to_lead, teaches
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit


@dataclass(frozen=True)
class Skill(Fit):
    """A seat goes only to those who have reached its level in its skill. Whoever has a goal to
    lead the skill is let through where somebody else leads it: ``earned_lead`` holds them."""

    def bars(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        plan = seat.plan
        if not plan.skill or member.level(plan.skill) >= plan.level:
            return None
        if learns_to_lead(member, plan) and _has_teacher(problem, member, plan.skill):
            return None
        return f"has not reached the level {plan.level.name} in {plan.skill}"


def _has_teacher(problem: Problem, member: Member, skill: str) -> bool:
    return any(teaches(other, skill) for other in problem.members if other is not member)
