from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model

Ends = dict[tuple[str, str], date]
"""When the last turn of a duty by a member ended, by the ids of both."""


@dataclass(frozen=True)
class LeastRecent(Preference):
    """Whoever served a duty least recently comes first: a turn costs one unit for each week by
    which the holder's last turn of that duty in an earlier rotation lies nearer than ``weeks``.
    Off until the policy gives it a weight; shadow turns are not counted."""

    weight: int = option(0, "what one unit costs within its tier")
    weeks: int = option(12, "weeks after which a turn is long ago")

    def cost(self, model: Model, problem: Problem) -> Expression:
        ends = _ends(problem)
        return model.total(
            units * decision
            for (seat, member), decision in model.decisions.items()
            if (units := self._units(ends, seat, member))
        )

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        ends = _ends(problem)
        for seat, member in seating:
            units = self._units(ends, seat, member)
            if units:
                last = ends[seat.duty.id, member.id] - timedelta(days=1)
                yield Finding(
                    f"{member.name} has {seat} and had a turn of it until {last}",
                    units=units,
                    members=(member,),
                    seats=(seat,),
                )

    def _units(self, ends: Ends, seat: Seat, member: Member) -> int:
        ended = ends.get((seat.duty.id, member.id))
        if ended is None or seat.is_shadow:
            return 0
        return max(0, self.weeks - max(0, (seat.span.first - ended).days) // 7)


def _ends(problem: Problem) -> Ends:
    ends: Ends = {}
    for turn in problem.past:
        if turn.role != "shadow":
            key = turn.duty, turn.member
            ends[key] = max(turn.span.end, ends.get(key, turn.span.end))
    return ends
