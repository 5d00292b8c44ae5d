from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.duties import Duty
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, at_once
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class ExclusiveDuties(Requirement):
    """Two different duties marked ``exclusive`` never overlap for one person, nor does one with a
    turn of the last rotation that lasts into this one."""

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
        for seat, member, _ in _still_held(problem):
            model.forbid(seat, member)

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
        for seat, member, duty in _still_held(problem):
            if seating[seat] is member:
                yield Finding(
                    f"{member.name} still has a turn of {duty.name} from the last rotation when "
                    f"{seat} begins, and both are exclusive",
                    members=(member,),
                    seats=(seat,),
                )


def _still_held(problem: Problem) -> Iterator[tuple[Seat, Member, Duty]]:
    """Seats with whoever is then still on a turn of another exclusive duty."""
    found = {
        (seat, member): duty
        for turn, duty, member in problem.seam
        if duty.exclusive
        for seat in problem.seats
        if seat.duty.exclusive and seat.duty is not duty and turn.overlaps(seat)
    }
    return ((seat, member, duty) for (seat, member), duty in found.items())
