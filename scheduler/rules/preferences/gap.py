from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model

Turn = tuple[date, date, Seat | None]
"""From which day to which day a turn takes somebody, its gap included; no seat where it is a turn
of the last rotation."""


@dataclass(frozen=True)
class Gap(Preference):
    """After a turn of any duty, and before the next one, a person is free for ``days``. One unit
    for each day on which somebody has, with these gaps, one turn too many; turns that overlap
    count, too. Turns of the last rotation count, shadow turns do not. Nothing where ``days`` is 0.
    """

    days: int = option(0, "days between any two turns of a person")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for member in problem.members if self.days else ():
            decided = dict(model.turns(member))
            for days, past, seats in _sweep(self._turns(problem, member, list(decided))):
                if past + len(seats) > 1 and seats:
                    turns = model.total(decided[seat] for seat in seats)
                    terms.append(days * model.excess(past + turns, max(1, past), len(seats)))
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members if self.days else ():
            for days, past, seats in _sweep(self._turns(problem, member, seating.turns(member))):
                above = past + len(seats) - max(1, past)
                if above > 0:
                    last = ["the last rotation"] if past else []
                    yield Finding(
                        f"{member.name} has less than {self.days} days between "
                        f"{' and '.join([*last, *map(str, seats)])}: {days} too few",
                        units=days * above,
                        members=(member,),
                        seats=tuple(seats),
                    )

    def _turns(self, problem: Problem, member: Member, seats: list[Seat]) -> Iterator[Turn]:
        gap = timedelta(days=self.days)
        for turn in problem.past:
            if turn.member == member.id and turn.role != "shadow":
                yield turn.span.first, turn.span.end + gap, None
        for seat in seats:
            if not seat.is_shadow:
                yield seat.span.first, seat.span.end + gap, seat


def _sweep(turns: Iterator[Turn]) -> Iterator[tuple[int, int, list[Seat]]]:
    """Each stretch: its days, the turns of the last rotation in it, and the seats."""
    known = list(turns)
    for begin, end in pairwise(sorted({edge for turn in known for edge in turn[:2]})):
        running = [seat for first, last, seat in known if first <= begin and end <= last]
        seats = [seat for seat in running if seat is not None]
        yield (end - begin).days, len(running) - len(seats), seats
