from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.domain.span import Week
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class WeeklyBudget(Requirement):
    """Nobody works more on duties in an ISO week than their budget leaves after time away.

    The effort of a seat is spread evenly over its working days. Shadow seats count: learning
    takes time too. What turns of the last rotation take of a week is gone.
    """

    def enforce(self, model: Model, problem: Problem) -> None:
        for member in problem.members:
            work: dict[Week, list[Expression]] = {}
            for seat, decision in model.turns(member):
                for week, minutes in seat.weeks:
                    work.setdefault(week, []).append(minutes * decision)
            for week, terms in work.items():
                model.at_most(model.total(terms), problem.budget(member, week))

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.holders(seating):
            work: dict[Week, int] = {}
            seats: dict[Week, list[Seat]] = {}
            for seat in seating.turns(member):
                for week, minutes in seat.weeks:
                    work[week] = work.get(week, 0) + minutes
                    seats.setdefault(week, []).append(seat)
            for week, minutes in work.items():
                budget = problem.budget(member, week)
                if minutes > budget:
                    left = " left by the last rotation" if problem.taken(member, week) else ""
                    yield Finding(
                        f"{member.name} would work {minutes / 60:.1f} of {budget / 60:.1f} hours"
                        f"{left} in week {week[1]} of {week[0]}",
                        members=(member,),
                        seats=tuple(seats[week]),
                    )
