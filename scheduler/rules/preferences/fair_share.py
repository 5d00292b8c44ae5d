from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.fairness import load, loads
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.card import Finding, Goal, Goals, OrderedPreference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class FairShare(OrderedPreference):
    """The load is spread by entitlement, the worst-off first.

    Each member's share index (load ÷ entitlement, in thousandths) is rounded up to a band; the
    price is the list of all bands from the highest, compared from the left (leximin). Bands leave
    room for growth and comfort: within one, two loads count as equally fair.

    The goals are the highest band that anybody reaches, then how many people reach it, then how
    many reach the one below, and so on: leximin by counting outcomes (Ogryczak and Śliwiński, "On
    direct methods for lexicographic min-max optimization", 2006). Each member's band is encoded in
    unary, one flag a band, nested from above; the sum of all flags is then at least the sum of all
    loads in bands, which is the counting argument that proves most of these goals. The edge of a
    band is brought down to the highest load below it that a member's turns can add up to.
    """

    apart: ClassVar[bool] = True
    tier: str = option("fairness", "the tier that the price belongs to")
    band: int = option(50, "width of a band, in thousandths of the share index", least=1)

    def goals(self, model: Model, problem: Problem, seating: Seating) -> Goals:
        members = [m for m in problem.members if m.id in problem.entitlements]
        if not members:
            return
        served = {m: _load(model, problem, m) for m in members}
        top = model.number(max(self._band(problem, m, _most(model, problem, m)) for m in members))
        for m in members:
            model.at_most(1000 * served[m], self._step(problem, m) * top)
        seating = yield Goal(top, lambda value: (self.band * value,))
        edges = {m: _Edges(model, problem, m, self._step(problem, m)) for m in members}
        last: dict[Member, Expression] = dict.fromkeys(members, 0)
        flags: dict[Member, list[Expression]] = {m: [] for m in members}
        above: tuple[int, ...] = ()
        band = self._reached(problem, seating)[0]
        while band > 0:
            for m in members:
                last[m] = _nested(model, last[m])
                here = edges[m].between(band - 1, band) * last[m]
                model.at_most(served[m], edges[m].at(band - 1) + model.total((*flags[m], here)))
            seating = yield Goal(model.total(last.values()), partial(self._head, above, band))
            reached = self._reached(problem, seating)
            above = tuple(other for other in reached if other >= band)
            following = max((other for other in reached if other < band), default=0)
            # The bands down to the next one in use need no goal: whoever reached this one reaches
            # them, and nobody else does. One flag stands for all of them.
            for m in members:
                flags[m].append(edges[m].between(following, band) * last[m])
            band = following
        for m in members:
            model.at_most(served[m], edges[m].at(0) + model.total(flags[m]))

    def _head(self, above: tuple[int, ...], band: int, count: int) -> tuple[int, ...]:
        """The price's first entries where ``count`` people reach a band, ``above`` being the bands
        of those who reach a higher one."""
        return tuple(self.band * other for other in (*above, *[band] * (count - len(above))))

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

    def _step(self, problem: Problem, member: Member) -> int:
        """The width of a band for a member, in thousandths of a minute."""
        return self.band * problem.entitlements[member.id]

    def _band(self, problem: Problem, member: Member, minutes: int) -> int:
        """The number of bands that a load reaches into; 0 for no load at all."""
        return -(-1000 * minutes // self._step(problem, member))

    def _reached(self, problem: Problem, seating: Seating) -> list[int]:
        """The bands that the members reach, from the highest."""
        served = loads(problem, seating)
        members = (m for m in problem.members if m.id in problem.entitlements)
        return sorted((self._band(problem, m, served[m.id]) for m in members), reverse=True)


class _Edges:
    """The highest load of a member, in minutes, in each band."""

    def __init__(self, model: Model, problem: Problem, member: Member, step: int) -> None:
        self._step = step
        # Bit n is set where some of the turns add up to n minutes.
        self._sums = 1 << problem.served.get(member.id, 0)
        for seat, _ in model.turns(member):
            self._sums |= self._sums << load(problem, member, seat)

    def at(self, band: int) -> int:
        """Minutes up to which a load lies in a band or below it; -1 where none does."""
        edge = self._step * band // 1000
        return (self._sums & ((1 << (edge + 1)) - 1)).bit_length() - 1

    def between(self, one: int, other: int) -> int:
        """Minutes from the edge of a band to that of a higher one."""
        return self.at(other) - self.at(one)


def _load(model: Model, problem: Problem, member: Member) -> Expression:
    turns = (load(problem, member, s) * decision for s, decision in model.turns(member))
    return model.total(turns) + problem.served.get(member.id, 0)


def _most(model: Model, problem: Problem, member: Member) -> int:
    turns = sum(load(problem, member, seat) for seat, _ in model.turns(member))
    return turns + problem.served.get(member.id, 0)


def _nested(model: Model, above: Expression) -> Expression:
    """A flag that is at least the one for the band above."""
    flag = model.flag()
    model.at_most(above, flag)
    return flag
