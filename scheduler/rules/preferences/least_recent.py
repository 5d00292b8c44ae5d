from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.domain.span import DAY, Span
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model

Turns = dict[tuple[str, str], list[Span]]
"""When a member had turns of a duty, by the ids of both."""


@dataclass(frozen=True)
class LeastRecent(Preference):
    """Whoever served a duty least recently comes first: a turn costs one unit for each week by
    which the holder's last turn of that duty in an earlier rotation lies nearer than ``weeks``.
    Off until the policy gives it a weight; shadow turns are not counted."""

    weight: int = option(0, "what one unit costs within its tier")
    weeks: int = option(12, "weeks after which a turn is long ago")

    def cost(self, model: Model, problem: Problem) -> Expression:
        known = _known(problem)
        return model.total(
            units * decision
            for (seat, member), decision in model.decisions.items()
            if (units := self._units(_ended(known, seat, member), seat))
        )

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        known = _known(problem)
        for seat, member in seating:
            ended = _ended(known, seat, member)
            units = self._units(ended, seat)
            if ended is not None and units:
                yield Finding(
                    f"{member.name} has {seat} and had a turn of it until {ended - DAY}",
                    units=units,
                    members=(member,),
                    seats=(seat,),
                )

    def _units(self, ended: date | None, seat: Seat) -> int:
        if ended is None or seat.is_shadow:
            return 0
        return max(0, self.weeks - max(0, (seat.span.first - ended).days) // 7)


def _ended(known: Turns, seat: Seat, member: Member) -> date | None:
    """When the member's last turn of a duty before a seat ended. Planning again knows turns after
    it, too."""
    spans = known.get((seat.duty.id, member.id), ())
    return max((span.end for span in spans if span.first <= seat.span.first), default=None)


def _known(problem: Problem) -> Turns:
    known: Turns = {}
    for turn in problem.past:
        if turn.role != "shadow":
            known.setdefault((turn.duty, turn.member), []).append(turn.span)
    return known
