from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.fairness import load, loads
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Goals, OrderedPreference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Literal, Model


@dataclass(frozen=True)
class FairShare(OrderedPreference):
    """The load is spread by entitlement, the worst-off first.

    Each member's share index (load ÷ entitlement, in thousandths) is rounded up to a band; the
    price is the list of all bands from the highest, compared from the left (leximin). Bands leave
    room for growth and comfort: within one, two loads count as equally fair.

    The goals alternate: the highest band that anybody reaches, then how many reach it, then the
    highest among the others, and so on. That way the number of solves depends on how many bands
    are in use, not on how many people there are (Ogryczak and Śliwiński, "On direct methods for
    lexicographic min-max optimization", 2006, counts levels in the same way).
    """

    tier: str = option("fairness", "the tier that the price belongs to")
    band: int = option(50, "width of a band, in thousandths of the share index")

    def goals(self, model: Model, problem: Problem) -> Goals:
        members = [m for m in problem.members if m.id in problem.entitlements]
        served = {m: _load(model, problem, m) for m in members}
        most = {m: sum(load(problem, m, seat) for seat, _ in model.turns(m)) for m in members}
        ceiling = max((self._band(problem, m, most[m]) for m in members), default=0)
        exempt: dict[Member, Literal] = {}
        counted = 0
        while counted < len(members) and ceiling > 0:
            top = model.number(ceiling)
            for m in members:
                room = 1000 * most[m] * exempt[m] if m in exempt else 0
                step = self.band * problem.entitlements[m.id]
                model.at_most(1000 * served[m], step * top + room)
            ceiling = yield top
            if ceiling == 0:
                return
            exempt = {m: model.flag() for m in members}
            for m in members:
                below = self.band * problem.entitlements[m.id] * (ceiling - 1)
                model.at_most(1000 * served[m], below + 1000 * most[m] * exempt[m])
            counted = yield model.total(exempt.values())
            ceiling -= 1

    def prefix(self, reached: Sequence[int]) -> tuple[int, ...]:
        bands: list[int] = []
        for position in range(0, len(reached), 2):
            upto = reached[position + 1] if position + 1 < len(reached) else len(bands) + 1
            bands.extend([self.band * reached[position]] * (upto - len(bands)))
        return tuple(bands)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        served = loads(problem, seating)
        for member in problem.members:
            if member.id in problem.entitlements:
                entitlement = problem.entitlements[member.id]
                yield Finding(
                    f"{member.name} serves {served[member.id] / 60:.1f} of "
                    f"{entitlement / 60:.1f} hours entitled",
                    units=self.band * self._band(problem, member, served[member.id]),
                    members=(member,),
                )

    def _band(self, problem: Problem, member: Member, minutes: int) -> int:
        """The number of bands that a load reaches into; 0 for no load at all."""
        return -(-1000 * minutes // (self.band * problem.entitlements[member.id]))


def _load(model: Model, problem: Problem, member: Member) -> Expression:
    return model.total(load(problem, member, s) * decision for s, decision in model.turns(member))
