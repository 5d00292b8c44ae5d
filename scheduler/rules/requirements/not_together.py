from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class NotTogether(Requirement):
    """Members whom ``roster.yaml`` lists under ``not_together`` never share a shift, not even as
    its shadow."""

    def enforce(self, model: Model, problem: Problem) -> None:
        for members in problem.parted:
            met = Counter(s for m in members for s in {seat.shift for seat, _ in model.turns(m)})
            for shift, seats in problem.seats_by_shift.items():
                if met[shift] > 1:
                    model.one_of(members, seats)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        there = seating.members
        for group in problem.parted:
            if len([member for member in group if member in there]) < 2:
                continue
            for shift, held in seating.by_shift.items():
                found = [(seat, member) for seat, member in held if member in group]
                people = tuple(dict.fromkeys(member for _, member in found))
                if len(people) > 1:
                    yield Finding(
                        f"{' and '.join(m.name for m in people)} would share {shift.id}, "
                        "and are not to be together",
                        members=people,
                        seats=tuple(seat for seat, _ in found),
                    )
