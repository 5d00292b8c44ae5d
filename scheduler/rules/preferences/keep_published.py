from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class KeepPublished(Preference):
    """What has been published stays: one unit for each published turn that moves, that is whose
    holder is another, or nobody, afterwards. A new date with the same holder is no move."""

    looks_back: ClassVar[bool] = True
    tier: str = option("stay", "the tier that the price belongs to")

    def is_idle(self, problem: Problem) -> bool:
        return not problem.stood

    def cost(self, model: Model, problem: Problem) -> Expression:
        kept = [x for s, m in problem.stood if (x := model.holds(s, m)) is not None]
        return len(problem.stood) - model.total(kept)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in problem.stood:
            if seating[seat] is not member:
                yield Finding(
                    f"{seat} moves away from {member.name}", members=(member,), seats=(seat,)
                )
