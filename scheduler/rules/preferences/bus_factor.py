from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.duties import Duty
from scheduler.domain.growth import has_come_to_lead, leaders, learns_to_lead, left, successors
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.training import Turns
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class BusFactor(Preference):
    """No duty hangs on one person: where fewer than ``at_least`` members can lead a duty and
    somebody is on the way to, the plan lets them complete their path. The first person missing
    costs one unit, the second two and so on, so that the duty with the fewest comes first. Duties
    that nobody has a goal to lead cost nothing."""

    weight: int = option(10, "what one unit costs within its tier")
    tier: str = option("growth", "the tier that the price belongs to")
    at_least: int = option(3, "members who should be able to lead each duty")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        done: dict[tuple[Member, str], Expression] = {}
        for _, skill, missing, learners in self._thin(problem):
            for member in learners:
                if (member, skill) not in done:
                    done[member, skill] = _comes_to_lead(model, problem, member, skill)
            short = missing - model.total(done[member, skill] for member in learners)
            terms.extend(model.excess(short, step, missing - step) for step in range(missing))
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for duty, skill, missing, learners in self._thin(problem):
            ready = [m for m in learners if has_come_to_lead(problem, seating, m, skill)]
            short = missing - len(ready)
            if short > 0:
                able = self.at_least - short
                people = "1 person" if able == 1 else f"{able or 'no'} people"
                yield Finding(
                    f"{people} of {self.at_least} can lead {duty.name} after this plan",
                    units=short * (short + 1) // 2,
                    members=tuple(m for m in learners if m not in ready),
                )

    def _thin(self, problem: Problem) -> Iterator[tuple[Duty, str, int, tuple[Member, ...]]]:
        """Duties that too few can lead and somebody learns to, with the skill of the lead, the
        number of people missing, and the learners."""
        for duty, seats in problem.seats_by_duty.items():
            lead = leaders(problem, duty) if seats else None
            if lead is None:
                continue
            plan, able = lead
            learners = successors(problem, duty, plan)
            if learners and len(able) < self.at_least:
                yield duty, plan.skill, self.at_least - len(able), learners


def _comes_to_lead(model: Model, problem: Problem, member: Member, skill: str) -> Expression:
    """1 where a learner has done, by the end of the plan, all that it takes to lead alone."""
    needed = left(problem, member, skill)
    if needed == Turns():
        return 1
    turns = [(seat, x) for seat, x in model.turns(member) if seat.plan.skill == skill]
    done = model.flag()
    if needed.shadow:
        shadowed = model.total(x for seat, x in turns if seat.is_shadow)
        model.at_most(needed.shadow * done, shadowed)
    if needed.lead:
        led = model.total(x for seat, x in turns if learns_to_lead(member, seat.plan))
        model.at_most(needed.lead * done, led)
    return done
