from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import at_once
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class ExclusiveDuties(Requirement):
    """Two different duties marked ``exclusive`` never overlap for one person."""

    def enforce(self, model: Model, problem: Problem) -> None:
        seats = [seat for seat in problem.seats if seat.duty.exclusive]
        for _, _, running in at_once(seats):
            for member in problem.members:
                held = [(s, x) for s in running if (x := model.holds(s, member)) is not None]
                duties = {seat.duty for seat, _ in held}
                if len(duties) == len(held):
                    model.at_most_one(x for _, x in held)
                    continue
                for (one, x), (other, y) in combinations(held, 2):
                    if one.duty is not other.duty:
                        model.at_most_one((x, y))

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members:
            turns = [seat for seat in seating.turns(member) if seat.duty.exclusive]
            for one, other in combinations(turns, 2):
                if one.duty is not other.duty and one.overlaps(other):
                    yield Finding(
                        f"{member.name} would hold {one} and {other} at the same time, "
                        "and both are exclusive",
                        members=(member,),
                        seats=(one, other),
                    )
