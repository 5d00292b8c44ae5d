from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, Shift
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class Bundle(Preference):
    """Where a duty says ``together: true``, one person takes all seats of a shift if they may. One
    unit for each further person in it. Shadows sit beside and are not counted."""

    weight: int = option(5, "what one unit costs within its tier")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for seats in _bundles(problem).values():
            takers = model.takers(seats)
            people = model.total(takers.values())
            terms.append(model.excess(people, 1, min(len(takers), len(seats)) - 1))
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for shift, seats in _bundles(problem).items():
            found = (seating[seat] for seat in seats)
            people = tuple(dict.fromkeys(member for member in found if member is not None))
            if len(people) > 1:
                names = ", ".join(member.name for member in people)
                yield Finding(
                    f"{len(people)} people share {shift.id}: {names}",
                    units=len(people) - 1,
                    members=people,
                    seats=tuple(seat for seat in seats if seating[seat] is not None),
                )


def _bundles(problem: Problem) -> dict[Shift, list[Seat]]:
    """The seats, two or more, of each shift that one person may hold together."""
    found: dict[Shift, list[Seat]] = {}
    for seat in problem.seats:
        if seat.duty.together and not seat.is_shadow:
            found.setdefault(seat.shift, []).append(seat)
    return {shift: seats for shift, seats in found.items() if len(seats) > 1}
