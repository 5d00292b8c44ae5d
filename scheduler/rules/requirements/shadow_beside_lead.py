from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, Shift
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class ShadowBesideLead(Requirement):
    """A shadow sits only beside somebody who does the work: another seat of the shift is filled."""

    hereditary: ClassVar[bool] = False
    """Taking the lead away leaves the shadow alone."""

    def enforce(self, model: Model, problem: Problem) -> None:
        guides = _guides(problem)
        for seat in problem.seats:
            if seat.is_shadow:
                beside = model.total(model.filled(guide) for guide in guides.get(seat.shift, ()))
                model.at_most(model.filled(seat), beside)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in seating:
            if seat.is_shadow and all(other.is_shadow for other, _ in seating.on(seat.shift)):
                yield Finding(
                    f"{member.name} would shadow nobody on {seat.shift.id}",
                    members=(member,),
                    seats=(seat,),
                )


def _guides(problem: Problem) -> dict[Shift, list[Seat]]:
    found: dict[Shift, list[Seat]] = {}
    for seat in problem.seats:
        if not seat.is_shadow:
            found.setdefault(seat.shift, []).append(seat)
    return found
