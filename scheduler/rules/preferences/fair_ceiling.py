from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.fairness import load, loads
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class FairCeiling(Preference):
    """A draft is kept only as far as it is fair: before its turns are kept, the highest share
    index is brought down to the best that is possible, plus what the tier may ``give``. One unit
    for each band that the highest index reaches into; nothing where there is no draft."""

    looks_back: ClassVar[bool] = True
    tier: str = option("ceiling", "the tier that the price belongs to")
    band: int = option(50, "width of a band, in thousandths of the share index", least=1)

    def is_idle(self, problem: Problem) -> bool:
        return not problem.drafted

    def cost(self, model: Model, problem: Problem) -> Expression:
        if not problem.drafted:
            return 0
        most = {
            m: problem.served.get(m.id, 0)
            + sum(load(problem, m, seat) for seat, _ in model.turns(m))
            for m in problem.members
        }
        steps = {
            m: self.band * problem.entitlements[m.id]
            for m in problem.members
            if m.id in problem.entitlements
        }
        highest = model.number(max((-(-1000 * most[m] // steps[m]) for m in steps), default=0))
        for m, step in steps.items():
            served = model.total(load(problem, m, seat) * x for seat, x in model.turns(m))
            model.at_most(1000 * (served + problem.served.get(m.id, 0)), step * highest)
        return highest

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        if not problem.drafted:
            return
        served = loads(problem, seating)
        reached = [
            (-(-1000 * served[m.id] // (self.band * problem.entitlements[m.id])), m)
            for m in problem.members
            if m.id in problem.entitlements
        ]
        if reached:
            bands, member = max(reached, key=lambda pair: pair[0])
            yield Finding(
                f"{member.name} has the highest share, at most {bands * self.band / 1000:.2f}",
                units=bands,
                members=(member,),
            )
