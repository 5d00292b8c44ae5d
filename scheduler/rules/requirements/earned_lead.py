from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.growth import (
    beside,
    is_guided,
    learns_to_lead,
    left,
    named_mentor,
    shadows_before,
    teaches,
)
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class EarnedLead(Requirement):
    """Whoever has a goal to lead a skill, and does not lead it yet, leads only after the shadow
    turns that ``training`` in ``policy.yaml`` asks for, in this plan or before it, and with a
    mentor beside: somebody who leads the skill holds another seat of the shift, or is the
    ``mentor`` whom the goal names and is there. Where the path has no turns with a mentor,
    shadowing is enough. Switched off, learners may lead at once."""

    hereditary: ClassVar[bool] = False
    """Taking a shadow turn or the mentor away leaves the lead unearned."""

    def enforce(self, model: Model, problem: Problem) -> None:
        for member in problem.members:
            turns = model.turns(member) if member.goals else ()
            for seat, x in turns:
                if not learns_to_lead(member, seat.plan):
                    continue
                needed = left(problem, member, seat.plan.skill).shadow
                if needed:
                    before = {*shadows_before((other for other, _ in turns), seat)}
                    shadowed = model.total(y for other, y in turns if other in before)
                    model.at_most(needed * x, shadowed)
                if _wants_mentor(problem, member, seat):
                    model.at_most(x, _mentors(model, problem, member, seat))

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in seating:
            if not learns_to_lead(member, seat.plan):
                continue
            skill = seat.plan.skill
            needed = left(problem, member, skill).shadow
            shadowed = len(shadows_before(seating.turns(member), seat))
            if shadowed < needed:
                yield Finding(
                    f"{member.name} would lead {seat} after {shadowed} of {needed} shadow turns "
                    f"of {skill}",
                    members=(member,),
                    seats=(seat,),
                )
            if _wants_mentor(problem, member, seat) and not is_guided(problem, seating, seat):
                yield Finding(
                    f"{member.name} would lead {seat} without a mentor beside",
                    members=(member,),
                    seats=(seat,),
                )


def _wants_mentor(problem: Problem, member: Member, seat: Seat) -> bool:
    """Whether the path has turns with a mentor, and no mentor accompanies the learner anyway."""
    guided = problem.paths.to_lead(seat.plan.skill).lead > 0
    return guided and named_mentor(problem, member, seat) is None


def _mentors(model: Model, problem: Problem, member: Member, seat: Seat) -> Expression:
    """How many mentors sit beside a learner."""
    return model.total(
        x
        for other in beside(problem, seat)
        for mentor, x in model.candidates(other)
        if mentor is not member and teaches(mentor, seat.plan.skill)
    )
