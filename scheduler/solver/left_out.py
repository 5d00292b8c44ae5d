"""What it would take to fit in what is left out: whose hours, or which other seats.

Every answer is a rotation that breaks no requirement: the one at hand with one seat more, or one
found by solving again. So it is never a guess; the work is bounded and the same for the same plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.domain.span import Week
from scheduler.review.left_out import LeftOut, MoreHours
from scheduler.review.reasons import fits_beside
from scheduler.rules.book import Policy
from scheduler.rules.model import Expression, Literal
from scheduler.rules.requirements.weekly_budget import WeeklyBudget
from scheduler.solver.engine import Interrupt
from scheduler.solver.frame import Asked, Verdict, ask, build
from scheduler.solver.outcome import Outcome

MOST_SEATS = 12
"""How many seats are asked about by solving again, the most useful first."""
MOST_PEOPLE = 2
"""More people than this would have to find hours for too little; then one alone is named."""
MOST_DECISIONS = 40_000
"""Above this a single answer takes too long."""
LAYING_OUT = 1e-4
"""Seconds a decision that the models of the questions take to build, more or less."""
WORK = 1.0
"""Deterministic seconds for all answers together."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The seats that nobody holds, must seats and the most useful ones first, each with its price.
    ``cut`` says that the clock or somebody ended it: on another day more might be known."""

    seats: tuple[LeftOut, ...]
    cut: bool = False


def left_out(
    problem: Problem,
    policy: Policy,
    outcome: Outcome,
    *,
    work: float = WORK,
    interrupt: Interrupt | None = None,
    seconds: float | None = None,
) -> Priced:
    """What it would take to fill each seat that nobody holds.

    Whose hours would do with all else as it stands is told of every seat. The rest is solved for,
    until ``work`` (in deterministic seconds) is used up or somebody interrupts; of a plan that was
    interrupted nothing more is solved. After ``seconds`` by the clock no further seat is priced.
    """
    end = math.inf if seconds is None else time.monotonic() + seconds

    def is_late(more: float = 0.0) -> bool:
        return time.monotonic() + more >= end

    seats = _empty(problem, outcome.seating)
    beside = _Beside(problem, policy, outcome.seating)
    found = [LeftOut(seat) if is_late() else beside.price(seat) for seat in seats]
    if not seats or work <= 0 or outcome.interrupted or outcome.decisions > MOST_DECISIONS:
        return Priced(tuple(found), cut=bool(seats) and is_late())
    if is_late(LAYING_OUT * outcome.decisions):
        return Priced(tuple(found), cut=True)
    asked = seats[:MOST_SEATS]
    asking = _Asking(problem, policy, outcome.seating, asked)
    for number in range(len(asked)):
        if work <= 0:
            break
        if is_late() or (interrupt is not None and interrupt.is_set()):
            return Priced(tuple(found), cut=True)
        # An even part of what is left; what one does not need goes to the others.
        part = work / (len(asked) - number)
        found[number], spent = asking.price(found[number], max(part, 0.02))
        work -= spent
    return Priced(tuple(found))


def _empty(problem: Problem, seating: Seating) -> list[Seat]:
    empty = [
        seat
        for seat in problem.seats
        if seating[seat] is None and not seat.is_shadow and seat.key not in problem.closed
    ]
    return sorted(empty, key=lambda seat: (not seat.must, -seat.duty.value, seat.opens))


class _Beside:
    """What it takes while everything else stays as it stands: a proof without a search."""

    def __init__(self, problem: Problem, policy: Policy, seating: Seating) -> None:
        self.problem = problem
        self.seating = seating
        self.policy = _without_budgets(policy)
        self.budgets_count = len(self.policy.rules) < len(policy.rules)

    def price(self, seat: Seat) -> LeftOut:
        """The member who needs the fewest more hours, if there is anybody."""
        wanted = [
            (sum(more.minutes for more in needed), number, member, needed)
            for number, member in enumerate(self.problem.members)
            if fits_beside(self.problem, self.policy, self.seating, seat, member)
            for needed in [self._needed(seat, member)]
        ]
        for minutes, _, member, needed in sorted(wanted, key=lambda entry: entry[:2]):
            if self._is_legal(self.seating.plus(seat, member)):
                return LeftOut(seat, hours=needed, hours_proved=minutes == 0)
        return LeftOut(seat)

    def _needed(self, seat: Seat, member: Member) -> tuple[MoreHours, ...]:
        if not self.budgets_count:
            return ()
        own = Seating(dict.fromkeys([*self.seating.turns(member), seat], member))
        return exceeded(self.problem, own)

    def _is_legal(self, seating: Seating) -> bool:
        rules = self.policy.requirements
        return not any(any(rule.explain(self.problem, seating)) for rule in rules)


def _without_budgets(policy: Policy) -> Policy:
    rules = tuple(rule for rule in policy.rules if not isinstance(rule, WeeklyBudget))
    return replace(policy, rules=rules)


def exceeded(problem: Problem, seating: Seating) -> tuple[MoreHours, ...]:
    """The budget that a rotation takes beyond what there is, week by week."""
    work: dict[tuple[Member, Week], int] = {}
    for seat, member in seating:
        for week, minutes in seat.weeks:
            work[member, week] = work.get((member, week), 0) + minutes
    return tuple(
        MoreHours(member, week, minutes - budget)
        for (member, week), minutes in sorted(work.items(), key=lambda entry: entry[0][1])
        if minutes > (budget := problem.budget(member, week))
    )


class _Asking:
    """Two models for all questions about a plan: one in which budgets may be exceeded at a price
    and everything that is filled stays filled, and one in which filled seats may be emptied."""

    def __init__(
        self, problem: Problem, policy: Policy, seating: Seating, seats: Sequence[Seat]
    ) -> None:
        self.wider = _Wider(problem, policy, seating, seats)
        self.tighter = _Tighter(problem, policy, seating, seats)

    def price(self, left: LeftOut, work: float) -> tuple[LeftOut, float]:
        """What it takes to fill a seat, and the work that the answers took."""
        hours = self.wider.ask(left.seat, work / 2)
        instead = self.tighter.ask(left.seat, work - hours.work)
        left = replace(
            self._with_hours(left, hours),
            instead=self.tighter.emptied(instead),
            instead_proved=self.tighter.is_least(instead),
        )
        return left, hours.work + instead.work

    def _with_hours(self, left: LeftOut, asked: Asked) -> LeftOut:
        """The fewer hours, as long as they are those of a few people."""
        least = self.wider.is_least(asked)
        needed = self.wider.needed(asked)
        if needed is None:
            return replace(left, hours_proved=least and left.hours is None)
        found = sum(more.minutes for more in needed)
        known = sum(more.minutes for more in left.hours or ())
        people = {more.member for more in needed}
        if left.hours is None or (found < known and len(people) <= MOST_PEOPLE):
            return replace(left, hours=needed, hours_proved=least)
        return replace(left, hours_proved=least and found == known)


class _Question:
    """A model of the plan with a switch for each seat that is left out: 1 fills it."""

    def __init__(
        self, problem: Problem, policy: Policy, seating: Seating, seats: Sequence[Seat]
    ) -> None:
        self.problem = problem
        self.seating = seating
        self.held = [seat for seat, _ in seating]
        self.model = build(problem, policy)
        self.switches = {seat: self._switch(seat) for seat in seats}
        self.step = len(self.held) + 1
        """What a unit counts in the goal, so that it outweighs everything said beside it."""

    def _switch(self, seat: Seat) -> Literal:
        switch = self.model.flag()
        self.model.at_most(switch, self.model.filled(seat))
        return switch

    def goal(self) -> Expression:
        raise NotImplementedError

    def ask(self, seat: Seat, work: float) -> Asked:
        """Fill a seat at the least price."""
        if not self.model.candidates(seat):
            return Asked(Verdict.no, 0.0)
        self.model.hint_holders(self.seating.holders)
        return ask(self.model, self.goal(), work, fixed=[(self.switches[seat], 1)])

    def is_least(self, asked: Asked) -> bool:
        """Whether there is no cheaper way, or none at all."""
        if asked.verdict is Verdict.yes:
            return asked.bound // self.step >= asked.value // self.step
        return asked.verdict is Verdict.no


class _Wider(_Question):
    """Everything that is filled stays filled, by whomever; budgets may be exceeded, at the price
    of each minute. Among equal prices the plan changes least."""

    def __init__(
        self, problem: Problem, policy: Policy, seating: Seating, seats: Sequence[Seat]
    ) -> None:
        freed = _without_budgets(policy)
        super().__init__(problem, freed, seating, seats)
        for seat in self.held:
            self.model.at_most(1, self.model.filled(seat))
        self.above: list[Expression] = []
        if len(freed.rules) < len(policy.rules):
            self.above = [self._exceeded(member, week) for member, week in self._weeks()]
        kept = self.model.total(
            x for seat, member in seating if (x := self.model.holds(seat, member)) is not None
        )
        self.moved = len(self.held) - kept

    def _weeks(self) -> list[tuple[Member, Week]]:
        return list(
            dict.fromkeys(
                (member, week)
                for member in self.problem.members
                for seat, _ in self.model.turns(member)
                for week, _ in seat.weeks
            )
        )

    def _exceeded(self, member: Member, week: Week) -> Expression:
        work = [
            minutes * x
            for seat, x in self.model.turns(member)
            for w, minutes in seat.weeks
            if w == week
        ]
        budget = self.problem.budget(member, week)
        most = sum(m for s, _ in self.model.turns(member) for w, m in s.weeks if w == week)
        return self.model.excess(self.model.total(work), budget, most - budget)

    def goal(self) -> Expression:
        return self.step * self.model.total(self.above) + self.moved

    def needed(self, asked: Asked) -> tuple[MoreHours, ...] | None:
        """The budget that the rotation found takes beyond what there is."""
        if asked.seating is None:
            return None
        return exceeded(self.problem, asked.seating) if self.above else ()


class _Tighter(_Question):
    """Budgets hold; seats may be emptied, at the price of their value. Must seats stay filled, but
    for another must seat; a shadow turn costs least."""

    def goal(self) -> Expression:
        return self.model.total(
            self._worth(seat) * (1 - self.model.filled(seat)) for seat in self.held
        )

    def _worth(self, seat: Seat) -> int:
        value = 0 if seat.is_shadow else self._must if seat.must else seat.duty.value
        return self.step * value + 1

    @property
    def _must(self) -> int:
        """More than all that need not be filled."""
        return 1 + sum(seat.duty.value for seat in self.held if not seat.must)

    def emptied(self, asked: Asked) -> tuple[Seat, ...] | None:
        """The seats that the rotation found leaves empty and this plan fills."""
        if asked.seating is None:
            return None
        return tuple(seat for seat in self.held if asked.seating[seat] is None)
