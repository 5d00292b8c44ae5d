from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Model


@dataclass(frozen=True)
class Differ(Requirement):
    """Where a duty says ``differ: [employer, region]``, no two people in one of its shifts have the
    same employer or are in the same region. Shadows are not counted, nor is anybody of whom it is
    not known."""

    def enforce(self, model: Model, problem: Problem) -> None:
        for what, _, seats in _shifts(problem):
            for members in _alike(problem.members, what).values():
                model.one_of(members, seats)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for shift, held in seating.by_shift.items():
            for what in shift.duty.differ:
                working = [(seat, member) for seat, member in held if not seat.is_shadow]
                met = tuple(dict.fromkeys(member for _, member in working))
                for value, people in _alike(met, what).items():
                    yield Finding(
                        f"{' and '.join(m.name for m in people)} would share {shift.id} and have "
                        f"the same {what}, {value}",
                        members=people,
                        seats=tuple(seat for seat, member in working if member in people),
                    )


def _shifts(problem: Problem) -> Iterator[tuple[str, str, list[Seat]]]:
    """What people must differ in, the id of the shift, and its working seats."""
    for shift, seats in problem.seats_by_shift.items():
        working = [seat for seat in seats if not seat.is_shadow]
        for what in shift.duty.differ:
            yield what, shift.id, working


def _alike(members: tuple[Member, ...], what: str) -> dict[str, tuple[Member, ...]]:
    """Two or more members who have the same employer or region, by its name."""
    found: dict[str, tuple[Member, ...]] = {}
    for member in members:
        value = member.employer if what == "employer" else member.region
        if value:
            found[value] = (*found.get(value, ()), member)
    return {value: people for value, people in found.items() if len(people) > 1}
