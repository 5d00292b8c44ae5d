from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, at_once
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class DistinctSeats(Requirement):
    """Seats of one duty that run at the same time are held by different people.

    That covers the seats of one shift and those of staggered or overlapping shifts, and turns of
    the last rotation that last into this one. A duty with ``together: true`` lets one person hold
    several seats of the same shift.
    """

    def enforce(self, model: Model, problem: Problem) -> None:
        members = frozenset(problem.members)
        for duty, seats in problem.seats_by_duty.items():
            for _, _, running in at_once(seats):
                for held in model.shared(running, members).values():
                    if not duty.together:
                        model.at_most_one(x for _, x in held)
                        continue
                    for (one, x), (other, y) in combinations(held, 2):
                        if _clash(one, other):
                            model.at_most_one((x, y))
        for turn, duty, member in problem.seam:
            for seat, _ in model.turns(member):
                if seat.duty is duty and turn.overlaps(seat):
                    model.forbid(seat, member)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.holders(seating):
            for one, other in combinations(seating.turns(member), 2):
                if one.duty is other.duty and one.overlaps(other) and _clash(one, other):
                    yield Finding(
                        f"{member.name} would hold {one} and {other} at the same time",
                        members=(member,),
                        seats=(one, other),
                    )
        for member, seats in _still_held(problem, seating).items():
            for seat in seats:
                yield Finding(
                    f"{member.name} still has a turn of {seat.duty.name} from the last rotation "
                    f"when {seat} begins",
                    members=(member,),
                    seats=(seat,),
                )


def _still_held(problem: Problem, seating: Seating) -> dict[Member, dict[Seat, None]]:
    """Seats whose holders are then still on a turn of the same duty from the last rotation."""
    found: dict[Member, dict[Seat, None]] = {}
    for member in problem.holders(seating):
        for (turn, duty), seat in product(problem.seam_of.get(member, ()), seating.turns(member)):
            if seat.duty is duty and turn.overlaps(seat):
                found.setdefault(member, {})[seat] = None
    return found


def _clash(one: Seat, other: Seat) -> bool:
    return not (one.duty.together and one.shift is other.shift)
