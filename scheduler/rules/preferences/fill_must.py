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
class FillMust(Preference):
    """Every seat marked ``must`` has a holder. One unit for each that is empty."""

    tier: str = option("must", "the tier that the price belongs to")

    def cost(self, model: Model, problem: Problem) -> Expression:
        return model.total(model.empty(seat) for seat in problem.seats if seat.must)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat in problem.seats:
            if seat.must and seating[seat] is None:
                yield Finding(f"{seat} must be filled and is empty", seats=(seat,))
