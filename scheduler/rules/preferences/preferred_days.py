from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class PreferredDays(Preference):
    """Who prefers some weekdays (``prefers: [tue, wed]``) has their turns of a single day, such as
    meetings, on these. One unit for each such turn on another day of their own calendar."""

    weight: int = option(2, "what one unit costs within its tier")

    def cost(self, model: Model, problem: Problem) -> Expression:
        return model.total(
            x
            for member in problem.members
            if member.prefers
            for seat, x in model.turns(member)
            if _is_missed(seat, member)
        )

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in seating:
            if member.prefers and _is_missed(seat, member):
                yield Finding(
                    f"{member.name} prefers other weekdays than that of {seat}",
                    members=(member,),
                    seats=(seat,),
                )


def _is_missed(seat: Seat, member: Member) -> bool:
    if seat.shift.start is None and seat.span.days > 1:
        return False
    return seat.days_at(member.timezone)[0].weekday() not in member.prefers
