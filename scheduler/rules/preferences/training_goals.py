from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class TrainingGoals(Preference):
    """People grow into duties: who has a training goal gets ``turns`` shadow turns of its skill
    before the goal's date. Each missing turn costs ten times the goal's value, and each shadow
    turn that serves no goal costs one unit, so that nobody shadows without a purpose."""

    tier: str = option("growth", "the tier that the price belongs to")
    turns: int = option(2, "shadow turns that a goal asks for")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for member in problem.members:
            shadowing = [(seat, x) for seat, x in model.turns(member) if seat.is_shadow]
            for goal in self._goals(member):
                served = model.total(x for seat, x in shadowing if _serves(seat, goal))
                terms.append(10 * goal.value * model.excess(self.turns, served, self.turns))
            terms.extend(
                x for seat, x in shadowing if not any(_serves(seat, g) for g in self._goals(member))
            )
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members:
            shadowing = [seat for seat in seating.turns(member) if seat.is_shadow]
            for goal in self._goals(member):
                served = sum(_serves(seat, goal) for seat in shadowing)
                if served < self.turns:
                    yield Finding(
                        f"{member.name} has {served} of {self.turns} shadow turns of {goal.skill}",
                        units=10 * goal.value * (self.turns - served),
                        members=(member,),
                    )
            for seat in shadowing:
                if not any(_serves(seat, goal) for goal in self._goals(member)):
                    yield Finding(
                        f"{member.name} shadows {seat} without a training goal",
                        members=(member,),
                        seats=(seat,),
                    )

    def _goals(self, member: Member) -> list[Goal]:
        """The goals that shadowing brings nearer: those of members who have not shadowed yet."""
        return [
            goal
            for goal in member.goals
            if member.level(goal.skill) < min(goal.level, Level.shadowed)
        ]


def _serves(seat: Seat, goal: Goal) -> bool:
    return seat.plan.skill == goal.skill and (goal.by is None or seat.span.last <= goal.by)
