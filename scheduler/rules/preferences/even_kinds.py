from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from scheduler.domain.burden import weighed
from scheduler.domain.fairness import wanted
from scheduler.domain.ledgers import BURDENSOME, entries, served
from scheduler.domain.people import Member
from scheduler.domain.problem import LedgerKey, Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Literal, Model

HOUR = 60
Term: TypeAlias = tuple[int, "Literal"]
"""Minutes that a decision puts into a ledger."""


@dataclass(frozen=True)
class EvenKinds(Preference):
    """Nobody gets all the note-taking, nor all the holidays.

    Each kind of work is a ledger, and burdensome time (see docs/fairness.md) is one more. A
    member's part of a ledger is what it has on offer in proportion to the budgets of those who can
    do such work, less the balance of earlier quarters. One unit for each hour begun above that
    part and ``slack`` turns of the kind. Where all work is of one kind, `fair_share` says it all.
    """

    slack: int = option(1, "turns above the fair part of a kind at no cost")

    def cost(self, model: Model, problem: Problem) -> Expression:
        allowed = self._allowed(problem)
        terms = _terms(model, problem) if allowed else {}
        hours: list[Expression] = []
        for key, limit in allowed.items():
            known = problem.ledgers_served.get(key, 0) - limit
            mine = terms.get(key, [])
            most = known + sum(minutes for minutes, _ in mine)
            if most > 0:
                above = model.number(-(-most // HOUR))
                more = model.total(minutes * decision for minutes, decision in mine)
                model.at_most(known + more, HOUR * above)
                for size in sorted({minutes for minutes, _ in mine if minutes}):
                    _in_turns(model, known, mine, size, above)
                hours.append(above)
        return model.total(hours)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        allowed = self._allowed(problem)
        minutes = served(problem, seating) if allowed else {}
        for (member_id, name), limit in allowed.items():
            member = problem.member_by_id[member_id]
            above = minutes[member_id, name] - limit
            if above > 0:
                done, even = minutes[member_id, name] / HOUR, limit / HOUR
                yield Finding(
                    f"{member.name} has {done:.1f} hours {_called(name)}; {even:.1f} would be even",
                    units=-(-above // HOUR),
                    members=(member,),
                    seats=tuple(_of(problem, member, seating.turns(member), name)),
                )

    def _allowed(self, problem: Problem) -> dict[LedgerKey, int]:
        """Minutes by member and ledger at no cost; nothing where there is nothing to compare."""
        heaviest: dict[str, int] = {}
        for seat in problem.seats:
            if not seat.is_shadow:
                turn = weighed(problem, seat)
                for name in (seat.duty.kind, BURDENSOME):
                    heaviest[name] = max(turn, heaviest.get(name, 0))
        kinds = {name for _, name in problem.ledgers} - {BURDENSOME}
        return {
            (member, name): part + self.slack * heaviest.get(name, 0)
            for (member, name), part in wanted(problem).items()
            if (name == BURDENSOME or len(kinds) > 1) and member in problem.member_by_id
        }


def _in_turns(model: Model, known: int, terms: list[Term], size: int, above: Literal) -> None:
    """State the same of whole turns of at least ``size`` minutes: some are free, and each one more
    costs so many hours.

    By the minutes alone half a turn may fit into what is left free, and cost nothing, which is
    where a linear relaxation would hide; here it costs half of what the whole one does.
    """
    free = -known // size
    most = sum(minutes // size for minutes, _ in terms)
    if known < 0 and most > free:
        hours = {n: -(-(known + size * n) // HOUR) for n in range(free + 1, most + 1)}
        each = min(Fraction(cost, n - free) for n, cost in hours.items())
        turns = model.total(minutes // size * x for minutes, x in terms if minutes >= size)
        model.at_most(each.numerator * (turns - free), each.denominator * above)


def _terms(model: Model, problem: Problem) -> dict[LedgerKey, list[Term]]:
    """What each decision would put into which ledger."""
    found: dict[LedgerKey, list[Term]] = {}
    for member in problem.members:
        for seat, decision in model.turns(member):
            for name, minutes in entries(problem, member, seat):
                found.setdefault((member.id, name), []).append((minutes, decision))
    return found


def _of(problem: Problem, member: Member, turns: list[Seat], name: str) -> Iterator[Seat]:
    """The turns that have something in a ledger."""
    return (seat for seat in turns if name in dict(entries(problem, member, seat)))


def _called(name: str) -> str:
    return "of burdensome time" if name == BURDENSOME else f"of {name}"
