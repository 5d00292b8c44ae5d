from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scheduler.domain.duties import Duty
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class Rest(Preference):
    """Between two turns of one duty a person rests. One unit for each two turns that are closer
    than ``days`` (or the duty's own ``rest``), also across the seam to the last rotation. Shadow
    turns are no strain and are not counted."""

    weight: int = option(5, "what one unit costs within its tier")
    days: int = option(7, "days between the end of a turn and the start of the next one")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for one, other in self._close(problem):
            for member, x in model.candidates(one):
                y = model.holds(other, member)
                if y is not None:
                    terms.append(model.both(x, y))
        for seat, member in self._after_past(problem):
            decision = model.holds(seat, member)
            if decision is not None:
                terms.append(decision)
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for one, other in self._close(problem):
            member = seating[one]
            if member is not None and seating[other] is member:
                yield Finding(
                    f"{member.name} has too little rest between {one} and {other}",
                    members=(member,),
                    seats=(one, other),
                )
        for seat, member in self._after_past(problem):
            if seating[seat] is member:
                yield Finding(
                    f"{member.name} has too little rest between the last rotation and {seat}",
                    members=(member,),
                    seats=(seat,),
                )

    def _days(self, duty: Duty) -> int:
        return self.days if duty.rest is None else duty.rest

    def _close(self, problem: Problem) -> Iterator[tuple[Seat, Seat]]:
        """Pairs of seats of one duty, one after the other, with too little rest between."""
        for duty, seats in problem.seats_by_duty.items():
            turns = [seat for seat in seats if not seat.is_shadow]
            for position, one in enumerate(turns):
                for other in turns[position + 1 :]:
                    if (other.span.first - one.span.end).days >= self._days(duty):
                        break
                    if other.shift is not one.shift and not one.overlaps(other):
                        yield one, other

    def _after_past(self, problem: Problem) -> Iterator[tuple[Seat, Member]]:
        """Seats at the start of the horizon, each with those whose last turn has just ended."""
        ended: dict[tuple[str, str], date] = {}
        for turn in problem.past:
            if turn.role != "shadow":
                key = turn.duty, turn.member
                ended[key] = max(turn.span.end, ended.get(key, turn.span.end))
        for (duty_id, member_id), end in ended.items():
            duty, member = problem.duty_by_id.get(duty_id), problem.member_by_id.get(member_id)
            if duty is None or member is None:
                continue
            for seat in problem.seats_by_duty[duty]:
                if not seat.is_shadow and (seat.span.first - end).days < self._days(duty):
                    yield seat, member
