from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.people import Wish
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class Volunteers(Preference):
    """Volunteers first: of a duty that somebody likes, one unit for each turn that falls to
    somebody who does not. Off until the policy gives it a weight; shadow turns are not counted."""

    weight: int = option(0, "what one unit costs within its tier")

    def cost(self, model: Model, problem: Problem) -> Expression:
        liked = _liked(problem)
        return model.total(
            decision
            for (seat, member), decision in model.decisions.items()
            if seat.duty.id in liked and member.id not in liked[seat.duty.id] and not seat.is_shadow
        )

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        liked = _liked(problem)
        for seat, member in seating:
            likers = liked.get(seat.duty.id, {})
            if likers and member.id not in likers and not seat.is_shadow:
                yield Finding(
                    f"{member.name} has {seat}, which {' and '.join(likers.values())} would like",
                    members=(member,),
                    seats=(seat,),
                )


def _liked(problem: Problem) -> dict[str, dict[str, str]]:
    """Each duty that somebody likes, with their ids and names."""
    found: dict[str, dict[str, str]] = {}
    for member in problem.members:
        for duty, wish in member.wishes.items():
            if wish is Wish.like:
                found.setdefault(duty, {})[member.id] = member.name
    return found
