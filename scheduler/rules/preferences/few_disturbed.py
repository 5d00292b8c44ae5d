from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class FewDisturbed(Preference):
    """Planning again disturbs few people: one unit for each whose turns are no longer the very
    same as published, or as in the draft. Of two plans that move as many turns, a swap between
    two people is so the better one. A ``weight`` of 0, the default, leaves the rule out."""

    looks_back: ClassVar[bool] = True
    weight: int = option(0, "what one unit costs within its tier; 0 leaves the rule out")
    tier: str = option("draft", "the tier that the price belongs to")

    def is_idle(self, problem: Problem) -> bool:
        return not self.weight or not _before(problem)

    def cost(self, model: Model, problem: Problem) -> Expression:
        if self.is_idle(problem):
            return 0
        before = _before(problem)
        disturbed: list[Expression] = []
        for member in problem.members:
            changed = model.flag()
            for seat, decision in model.turns(member):
                if seat.key not in problem.pins:
                    kept = before.get(seat) is member
                    model.at_most(1 - decision if kept else decision, changed)
            if any(s for s, m in before.items() if m is member and model.holds(s, m) is None):
                model.at_most(1, changed)
            disturbed.append(changed)
        return model.total(disturbed)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        if self.is_idle(problem):
            return
        before = _before(problem)
        for member in problem.members:
            was = {seat for seat, holder in before.items() if holder is member}
            now = {seat for seat in seating.turns(member) if seat.key not in problem.pins}
            if was != now:
                seats = tuple(seat for seat in problem.seats if seat in was ^ now)
                yield Finding(f"{member.name} has other turns than before", 1, (member,), seats)


def _before(problem: Problem) -> dict[Seat, Member]:
    """Who holds the turns that are still free to move: as published, else as in the draft."""
    turns = problem.stood or problem.drafted
    return {seat: member for seat, member in turns if seat.key not in problem.pins}
