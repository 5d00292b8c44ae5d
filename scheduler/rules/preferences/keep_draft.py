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
class KeepDraft(Preference):
    """Planning again stays close to the draft: one unit for each of its turns whose holder is
    another, or nobody, afterwards. The tier gives a few turns to the tiers after it, so that a
    changed wish is met without a reshuffle; ``rota plan --fresh`` forgets the draft."""

    looks_back: ClassVar[bool] = True
    tier: str = option("draft", "the tier that the price belongs to")

    def is_idle(self, problem: Problem) -> bool:
        return not problem.drafted

    def cost(self, model: Model, problem: Problem) -> Expression:
        kept = [x for s, m in problem.drafted if (x := model.holds(s, m)) is not None]
        return len(problem.drafted) - model.total(kept)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in problem.drafted:
            if seating[seat] is not member:
                yield Finding(
                    f"{seat} leaves {member.name}, who held it in the draft",
                    members=(member,),
                    seats=(seat,),
                )
