from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.duties import Duty
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Requirement

if TYPE_CHECKING:
    from scheduler.rules.model import Literal, Model


@dataclass(frozen=True)
class MostTurns(Requirement):
    """Nobody has more turns of a duty in a rotation than its ``most`` in ``duties.yaml`` allows, or
    their own ``most`` for it in ``roster.yaml``; of two the smaller counts. Shadow turns count, and
    so do turns that have begun."""

    def enforce(self, model: Model, problem: Problem) -> None:
        for member in problem.members if self.looks_far(problem) else ():
            held: dict[Duty, list[Literal]] = {}
            for seat, decision in model.turns(member):
                held.setdefault(seat.duty, []).append(decision)
            for duty, decisions in held.items():
                most = _most(member, duty)
                if most is not None:
                    left = max(0, most - problem.begun.get((member.id, duty.id), 0))
                    model.at_most(model.total(decisions), left)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.holders(seating) if self.looks_far(problem) else ():
            held: dict[Duty, list[Seat]] = {}
            for seat in seating.turns(member):
                held.setdefault(seat.duty, []).append(seat)
            for duty, seats in held.items():
                most = _most(member, duty)
                turns = len(seats) + problem.begun.get((member.id, duty.id), 0)
                if most is not None and turns > most:
                    yield Finding(
                        f"{member.name} would have {turns} turns of {duty.name}, "
                        f"and {most} is the most",
                        members=(member,),
                        seats=tuple(seats),
                    )

    def looks_far(self, problem: Problem) -> bool:
        return problem.limits_turns


def _most(member: Member, duty: Duty) -> int | None:
    """How many turns of a duty a member may have in a rotation; ``None`` = any number."""
    return min((n for n in (duty.most, member.most.get(duty.id)) if n is not None), default=None)
