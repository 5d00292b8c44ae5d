from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, at_once
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.domain.duties import Duty
    from scheduler.rules.model import Expression, Literal, Model

_DAY = 24 * 60


@dataclass(frozen=True)
class FewAtOnce(Preference):
    """Nobody holds more than ``at_most`` duties at once. One unit for each person, day and duty
    above that. Meetings and other timed duties are over in hours and are not counted."""

    at_most: int = option(2, "duties that one person may hold at once at no cost")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for member in problem.members:
            decided = dict(model.turns(member))
            for begin, end, running in at_once(s for s in decided if _lasts(s)):
                held: dict[Duty, list[Literal]] = {}
                for seat in running:
                    held.setdefault(seat.duty, []).append(decided[seat])
                if len(held) > self.at_most:
                    duties = model.total(model.any(literals) for literals in held.values())
                    above = model.excess(duties, self.at_most, len(held) - self.at_most)
                    terms.append((end - begin) // _DAY * above)
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members:
            turns = [seat for seat in seating.turns(member) if _lasts(seat)]
            for begin, end, running in at_once(turns):
                duties = {seat.duty: seat.duty.name for seat in running}
                above = len(duties) - self.at_most
                days = (end - begin) // _DAY
                if above > 0:
                    yield Finding(
                        f"{member.name} holds {len(duties)} duties at once for {days} days: "
                        + ", ".join(duties.values()),
                        units=days * above,
                        members=(member,),
                        seats=tuple(running),
                    )


def _lasts(seat: Seat) -> bool:
    return seat.shift.start is None
