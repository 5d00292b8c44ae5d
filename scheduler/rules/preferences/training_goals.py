from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.growth import learns_to_lead, left
from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.domain.training import Turns
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Literal, Model


@dataclass(frozen=True)
class TrainingGoals(Preference):
    """People grow into duties: who has a training goal gets the turns that its path asks for, as a
    shadow and, to lead, with a mentor beside, before the goal's date. Turns of earlier rotations
    count. Each missing turn costs ten times the goal's value, and each shadow turn that serves no
    goal costs one unit, so that nobody shadows without a purpose."""

    tier: str = option("growth", "the tier that the price belongs to")
    turns: int = option(0, "shadow turns that a goal asks for; 0 = those of ``training``")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for member in problem.members:
            turns = model.turns(member) if member.goals else ()
            for goal in member.goals:
                asked = self._asked(problem, member, goal)
                shadowed = [x for seat, x in turns if seat.is_shadow and _serves(seat, goal)]
                led = [x for seat, x in turns if _leads(member, seat, goal)]
                missing = _missing(model, asked.shadow, shadowed) + _missing(model, asked.lead, led)
                terms.append(10 * goal.value * missing)
            terms.extend(
                x
                for seat, x in model.turns(member)
                if seat.is_shadow and not self._is_asked(member, seat)
            )
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members:
            turns = seating.turns(member)
            for goal in member.goals:
                asked = self._asked(problem, member, goal)
                shadowed = sum(seat.is_shadow and _serves(seat, goal) for seat in turns)
                led = sum(_leads(member, seat, goal) for seat in turns)
                yield from _lacking(member, goal, "shadow turns", shadowed, asked.shadow)
                yield from _lacking(member, goal, "turns in the lead", led, asked.lead)
            for seat in turns:
                if seat.is_shadow and not self._is_asked(member, seat):
                    yield Finding(
                        f"{member.name} shadows {seat} without a training goal",
                        members=(member,),
                        seats=(seat,),
                    )

    def _asked(self, problem: Problem, member: Member, goal: Goal) -> Turns:
        """The turns that a goal still asks for: of shadowing only from those who have not shadowed
        yet, and of leading only where the goal is to lead."""
        level = member.level(goal.skill)
        asked = left(problem, member, goal.skill)
        done = problem.experience.get((member.id, goal.skill), Turns())
        shadow = max(0, self.turns - done.shadow) if self.turns else asked.shadow
        return Turns(
            shadow if level < min(goal.level, Level.shadowed) else 0,
            asked.lead if goal.level >= Level.leads else 0,
        )

    def _is_asked(self, member: Member, seat: Seat) -> bool:
        """Whether some goal asks for a shadow turn like this."""
        return any(
            _serves(seat, goal) and member.level(goal.skill) < min(goal.level, Level.shadowed)
            for goal in member.goals
        )


def _missing(model: Model, asked: int, turns: list[Literal]) -> Expression:
    return model.excess(asked, model.total(turns), asked) if asked and turns else asked


def _lacking(member: Member, goal: Goal, what: str, done: int, asked: int) -> Iterator[Finding]:
    if done < asked:
        yield Finding(
            f"{member.name} has {done} of {asked} {what} of {goal.skill}",
            units=10 * goal.value * (asked - done),
            members=(member,),
        )


def _serves(seat: Seat, goal: Goal) -> bool:
    return seat.plan.skill == goal.skill and (goal.by is None or seat.span.last <= goal.by)


def _leads(member: Member, seat: Seat, goal: Goal) -> bool:
    return learns_to_lead(member, seat.plan) and _serves(seat, goal)
