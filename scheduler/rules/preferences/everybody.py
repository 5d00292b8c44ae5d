from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class Everybody(Preference):
    """Everybody who can has at least one turn, shadow turns apart. One unit for each member who
    could hold some seat and has none."""

    weight: int = option(5, "what one unit costs within its tier")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for member in problem.members:
            if member.id in problem.entitlements:
                turns = model.total(x for seat, x in model.turns(member) if not seat.is_shadow)
                terms.append(model.excess(1, turns, 1))
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members:
            turns = (seat for seat in seating.turns(member) if not seat.is_shadow)
            if member.id in problem.entitlements and not any(turns):
                yield Finding(f"{member.name} has no turn at all", members=(member,))
