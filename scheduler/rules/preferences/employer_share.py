from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.fairness import load, loads
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model

_STEP = 60 * 100
"""An hour, in hundredths of a minute."""


@dataclass(frozen=True)
class EmployerShare(Preference):
    """No employer's people carry more than ``most`` percent of the team's load. One unit for each
    hour begun above that."""

    most: int = option(100, "percent of the load that the people of one employer may carry")

    def cost(self, model: Model, problem: Problem) -> Expression:
        if self.most >= 100:
            return 0
        carried = {m: _load(model, problem, m) for m in problem.members}
        total = model.total(carried.values())
        terms: list[Expression] = []
        for people in _employers(problem).values():
            part = model.total(carried[m] for m in people)
            able = sum(_most(model, problem, m) for m in people)
            hours = model.number(-(-100 * able // _STEP))
            model.at_most(100 * part - self.most * total, _STEP * hours)
            terms.append(hours)
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        served = loads(problem, seating)
        total = sum(served.values())
        for employer, people in _employers(problem).items():
            part = sum(served[m.id] for m in people)
            hours = -((self.most * total - 100 * part) // _STEP)
            if self.most < 100 and hours > 0:
                yield Finding(
                    f"The people of {employer} carry {100 * part // total}% of the load, "
                    f"more than {self.most}%",
                    units=hours,
                    members=people,
                )


def _load(model: Model, problem: Problem, member: Member) -> Expression:
    turns = model.total(load(problem, member, seat) * x for seat, x in model.turns(member))
    return turns + problem.served.get(member.id, 0)


def _most(model: Model, problem: Problem, member: Member) -> int:
    turns = sum(load(problem, member, seat) for seat, _ in model.turns(member))
    return turns + problem.served.get(member.id, 0)


def _employers(problem: Problem) -> dict[str, tuple[Member, ...]]:
    found: dict[str, tuple[Member, ...]] = {}
    for member in problem.members:
        if member.employer:
            found[member.employer] = (*found.get(member.employer, ()), member)
    return found
