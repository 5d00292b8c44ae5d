from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class FillBacklog(Preference):
    """The most useful duties come first: each empty seat that need not be filled costs the value
    of its duty. Shadow seats are no backlog; training asks for them."""

    tier: str = option("backlog", "the tier that the price belongs to")

    def cost(self, model: Model, problem: Problem) -> Expression:
        return model.total(s.duty.value * model.empty(s) for s in _backlog(problem))

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat in _backlog(problem):
            if seating[seat] is None:
                yield Finding(
                    f"{seat} is left out, worth {seat.duty.value}",
                    units=seat.duty.value,
                    seats=(seat,),
                )


def _backlog(problem: Problem) -> Iterator[Seat]:
    return (seat for seat in problem.seats if not seat.must and not seat.is_shadow)
