from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.people import Member, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class Wishes(Preference):
    """Wishes about duties: one unit for each turn of a duty that its holder would rather not do,
    and one for each liked duty of which the member gets no turn at all."""

    weight: int = option(5, "what one unit costs within its tier")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for member in problem.members:
            for duty, wish in _wished(problem, member):
                turns = model.total(x for seat, x in model.turns(member) if seat.duty.id == duty)
                terms.append(turns if wish is Wish.rather_not else model.excess(1, turns, 1))
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for member in problem.members:
            for duty, wish in _wished(problem, member):
                name = problem.duty_by_id[duty].name
                turns = tuple(seat for seat in seating.turns(member) if seat.duty.id == duty)
                if wish is Wish.rather_not and turns:
                    yield Finding(
                        f"{member.name} would rather not do {name} "
                        f"and has {len(turns)} turn{'s' if len(turns) > 1 else ''} of it",
                        units=len(turns),
                        members=(member,),
                        seats=turns,
                    )
                if wish is Wish.like and not turns:
                    yield Finding(
                        f"{member.name} would like to do {name} and has no turn of it",
                        members=(member,),
                    )


def _wished(problem: Problem, member: Member) -> Iterator[tuple[str, Wish]]:
    for duty, wish in member.wishes.items():
        if duty in problem.duty_by_id and wish is not Wish.never:
            yield duty, wish
