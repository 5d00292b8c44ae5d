from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, at_once
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class DistinctSeats(Requirement):
    """Seats of one duty that run at the same time are held by different people.

    That covers the seats of one shift and those of staggered or overlapping shifts. A duty with
    ``together: true`` lets one person hold several seats of the same shift.
    """

    def enforce(self, model: Model, problem: Problem) -> None:
        for duty, seats in problem.seats_by_duty.items():
            for _, _, running in at_once(seats):
                if len(running) < 2:
                    continue
                for member in problem.members:
                    held = [(s, x) for s in running if (x := model.holds(s, member)) is not None]
                    if not duty.together:
                        model.at_most_one(x for _, x in held)
                        continue
                    for (one, x), (other, y) in combinations(held, 2):
                        if _clash(one, other):
                            model.at_most_one((x, y))

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members:
            for one, other in combinations(seating.turns(member), 2):
                if one.duty is other.duty and one.overlaps(other) and _clash(one, other):
                    yield Finding(
                        f"{member.name} would hold {one} and {other} at the same time",
                        members=(member,),
                        seats=(one, other),
                    )


def _clash(one: Seat, other: Seat) -> bool:
    return not (one.duty.together and one.shift is other.shift)
