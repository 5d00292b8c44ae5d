from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.duties import Duty
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import PastTurn, Seating
from scheduler.domain.shifts import Seat, at_once
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class ExclusiveDuties(Requirement):
    """Two different duties marked ``exclusive`` never overlap for one person, nor does one with a
    turn of the last rotation that lasts into this one."""

    def enforce(self, model: Model, problem: Problem) -> None:
        members = frozenset(problem.members)
        seats = [seat for seat in problem.seats if seat.duty.exclusive]
        for _, _, running in at_once(seats):
            for held in model.shared(running, members).values():
                duties = {seat.duty for seat, _ in held}
                if len(duties) == len(held):
                    model.at_most_one(x for _, x in held)
                    continue
                for (one, x), (other, y) in combinations(held, 2):
                    if one.duty is not other.duty:
                        model.at_most_one((x, y))
        for turn, duty, member in problem.seam:
            for seat, _ in model.turns(member):
                if _would_clash(turn, duty, seat):
                    model.forbid(seat, member)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.holders(seating):
            turns = [seat for seat in seating.turns(member) if seat.duty.exclusive]
            for one, other in combinations(turns, 2):
                if one.duty is not other.duty and one.overlaps(other):
                    yield Finding(
                        f"{member.name} would hold {one} and {other} at the same time, "
                        "and both are exclusive",
                        members=(member,),
                        seats=(one, other),
                    )
        for (seat, member), duty in _still_held(problem, seating).items():
            yield Finding(
                f"{member.name} still has a turn of {duty.name} from the last rotation when "
                f"{seat} begins, and both are exclusive",
                members=(member,),
                seats=(seat,),
            )


def _still_held(problem: Problem, seating: Seating) -> dict[tuple[Seat, Member], Duty]:
    """Seats whose holders are then still on a turn of another exclusive duty, and of which."""
    return {
        (seat, member): duty
        for member in problem.holders(seating)
        for turn, duty in problem.seam_of.get(member, ())
        for seat in seating.turns(member)
        if _would_clash(turn, duty, seat)
    }


def _would_clash(turn: PastTurn, duty: Duty, seat: Seat) -> bool:
    both = duty.exclusive and seat.duty.exclusive
    return both and seat.duty is not duty and turn.overlaps(seat)
