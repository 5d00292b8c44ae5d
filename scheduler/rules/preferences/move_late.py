from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class MoveLate(Preference):
    """Of the published turns, the near ones stay before the far ones: a turn that moves costs one
    unit for each week from its start to the end of the horizon."""

    looks_back: ClassVar[bool] = True
    tier: str = option("near", "the tier that the price belongs to")

    def is_idle(self, problem: Problem) -> bool:
        return not problem.stood

    def cost(self, model: Model, problem: Problem) -> Expression:
        costs = [_weeks_left(problem, seat) for seat, _ in problem.stood]
        kept = [
            _weeks_left(problem, seat) * x
            for seat, member in problem.stood
            if (x := model.holds(seat, member)) is not None
        ]
        return sum(costs) - model.total(kept)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in problem.stood:
            if seating[seat] is not member:
                weeks = _weeks_left(problem, seat)
                yield Finding(
                    f"{seat} moves away from {member.name}, {weeks} weeks before the end",
                    units=weeks,
                    members=(member,),
                    seats=(seat,),
                )


def _weeks_left(problem: Problem, seat: Seat) -> int:
    return max(1, -(-(problem.horizon.end - seat.span.first).days // 7))
