"""Why nobody holds a seat: the fewest facts that empty it, and what would fill it.

Facts are what the roster says against each member in the seat, the requirements about what else
members hold, the pins, the other seats that are to stay filled, and the tiers before the seat's
own. One is left out of the answer where the seat cannot be filled without it either; so each of
those that remain is needed, and that was found by solving without it, never read from a conflict
that the solver names (google/or-tools#5141).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from scheduler.domain.people import Member
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.review.because import Kind, Reason
from scheduler.review.left_out import MoreHours
from scheduler.review.scorecard import score
from scheduler.rules.book import fitting
from scheduler.rules.card import Fit
from scheduler.rules.model import Expression, Literal
from scheduler.solver.counterfactual import WORK, Plan
from scheduler.solver.frame import Asked, Loose, Verdict, ask, without_draft
from scheduler.solver.left_out import exceeded
from scheduler.solver.outcome import Limits

OF_ONE = {
    "weekly_budget": "has too few hours then",
    "distinct_seats": "holds another seat of it then",
    "exclusive_duties": "holds another exclusive duty then",
    "most_turns": "has as many turns of it as they may",
}
"""Requirements about the turns of one member, whoever else holds what: they are lifted a member
at a time, the others as a whole."""


@dataclass(frozen=True, slots=True)
class Emptied:
    """Why a seat is empty. ``taker`` is a reason of kind ``open`` where the seat could be filled
    and every other one stay filled; else ``facts`` are as few as empty it, and ``repairs`` what
    would fill it, the cheapest first. ``is_proved`` says that no fact could be left out."""

    seat: Seat
    facts: tuple[Reason, ...] = ()
    repairs: tuple[Reason, ...] = ()
    taker: Reason | None = None
    is_proved: bool = True


def emptied(plan: Plan, seat: Seat, limits: Limits | None = None) -> Emptied:
    """Explain an empty seat within an allowance of work."""
    return _Emptiness(plan, seat, limits or Limits(work=WORK)).run()


class Without:
    """A model in which one seat is filled and every fact about that can be lifted."""

    def __init__(self, plan: Plan, seat: Seat) -> None:
        self.problem = plan.problem
        self.policy = without_draft(plan.policy)
        self.seating = plan.seating
        self.seat = seat
        pairs = dict.fromkeys(fitting(self.problem, self.policy))
        pairs.update(dict.fromkeys(self.problem.pinned))
        pairs.update(((seat, member), None) for member in self.problem.members)
        self.model = Loose(self.problem, pairs)
        self.facts: dict[Reason, Literal] = {}
        self.hours: dict[Reason, list[Expression]] = {}
        self._state_bars()
        self._state_requirements()
        self._state_pins()
        self._state_claims()
        self._state_goals()
        self.model.at_most(1, self.model.filled(seat))

    def _fact(self, reason: Reason) -> Literal:
        self.facts[reason] = self.model.flag()
        return self.facts[reason]

    def _state_bars(self) -> None:
        for member in self.problem.members:
            decision = self.model.decisions[self.seat, member]
            for rule in self.policy.fits:
                phrase = rule.barred(self.problem, member, self.seat)
                if phrase is not None:
                    bar = Reason(Kind.barred, rule.id(), (member,), (self.seat,), phrase)
                    self.model.at_most(decision + self._fact(bar), 1)

    def _state_requirements(self) -> None:
        for rule in self.policy.requirements:
            if isinstance(rule, Fit):
                continue
            if rule.id() not in OF_ONE:
                limit = Reason(Kind.limit, rule.id(), phrase=f"the rule {rule.id()} forbids it")
                with self.model.under(self._fact(limit)):
                    rule.enforce(self.model, self.problem)
                continue
            for member in self.problem.members:
                limit = Reason(Kind.limit, rule.id(), (member,), phrase=OF_ONE[rule.id()])
                alone = replace(self.problem, members=(member,))
                with self.model.under(self._fact(limit)) as slacks:
                    rule.enforce(self.model, alone)
                self.hours[limit] = slacks

    def _state_pins(self) -> None:
        for seat, member in self.problem.pinned:
            pin = Reason(Kind.pinned, "", (member,), (seat,), f"is pinned to {seat}")
            self.model.at_most(self._fact(pin), self.model.decisions[seat, member])

    def _state_claims(self) -> None:
        for duty, seats in self.problem.seats_by_duty.items():
            held = tuple(s for s in seats if self.seating[s] is not None and not s.is_shadow)
            if held:
                claim = self._fact(Reason(Kind.claim, duty.id, (), held))
                for seat in held:
                    self.model.at_most(claim, self.model.filled(seat))

    def _state_goals(self) -> None:
        """The tiers before the one that asks for the seat; of goals in order nothing is said."""
        for name, price in score(self.problem, self.policy, self.seating).tiers[: self._rank]:
            if isinstance(price, int):
                tier = next(tier for tier in self.policy.tiers if tier.name == name)
                goal = Reason(Kind.goal, name, phrase=f"{name}, which comes first, would cost more")
                switch = self._fact(goal)
                rules = self.policy.priced(tier)
                costs = [rule.weight * rule.cost(self.model, self.problem) for rule in rules]
                with self.model.under(switch):
                    self.model.at_most(self.model.total(costs), price)

    @cached_property
    def _rank(self) -> int:
        """How many tiers come before the first one that complains about the empty seat alone."""
        for number, tier in enumerate(self.policy.open_tiers(self.problem)):
            for rule in self.policy.priced(tier):
                for finding in rule.explain(self.problem, self.seating):
                    if finding.seats == (self.seat,):
                        return number
        return 0

    def solve(
        self, kept: Iterable[Reason], work: float, goal: Expression = 0, *, seed: int = 0
    ) -> Asked:
        """Whether the seat can be filled while some facts hold and the others do not."""
        held = set(kept)
        fixed = [(switch, int(fact in held)) for fact, switch in self.facts.items()]
        self.model.hint_holders(self.seating.holders)
        return ask(self.model, goal, work, seed=seed, fixed=fixed)


@dataclass
class _Emptiness:
    plan: Plan
    seat: Seat
    limits: Limits
    spent: float = 0.0
    is_proved: bool = True
    model: Without = field(init=False)

    def __post_init__(self) -> None:
        self.model = Without(self.plan, self.seat)

    def run(self) -> Emptied:
        facts = list(self.model.facts)
        asked = self._solve(facts)
        if asked.seating is not None:
            return Emptied(self.seat, taker=self._taker(asked.seating))
        if asked.verdict is Verdict.unknown:
            return Emptied(self.seat, tuple(facts), is_proved=False)
        # What is hardest to change is asked for last, and so stays in the answer.
        order = (Kind.goal, Kind.limit, Kind.claim, Kind.pinned, Kind.barred)
        for kind in order:
            facts = self._shrink(facts, [fact for fact in facts if fact.kind is kind])
        repairs = tuple(sorted(self._repairs(facts), key=_cost))
        return Emptied(self.seat, tuple(facts), repairs, is_proved=self.is_proved)

    def _solve(self, kept: Iterable[Reason], goal: Expression = 0) -> Asked:
        work = max(0.05, min(0.5, self.limits.work - self.spent))
        asked = self.model.solve(kept, work, goal, seed=self.limits.seed)
        self.spent += asked.work
        return asked

    def _taker(self, seating: Seating) -> Reason:
        taker = seating[self.seat]
        assert taker is not None
        return Reason(
            Kind.open,
            members=(taker,),
            seats=(self.seat,),
            phrase="could take it, and every other filled seat would stay filled",
        )

    def _shrink(self, facts: list[Reason], some: Sequence[Reason]) -> list[Reason]:
        """The facts without those of some that are not needed: halves at first, then each."""
        if not some:
            return facts
        gone = set(some)
        rest = [fact for fact in facts if fact not in gone]
        verdict = self._solve(rest).verdict
        if verdict is Verdict.no:
            return rest
        if len(some) == 1:
            self.is_proved = self.is_proved and verdict is Verdict.yes
            return facts
        middle = len(some) // 2
        return self._shrink(self._shrink(facts, some[:middle]), some[middle:])

    def _repairs(self, facts: Sequence[Reason]) -> Iterator[Reason]:
        """What would fill the seat while every other fact holds, each tried by solving."""
        every = list(self.model.facts)
        barred: dict[str, list[Reason]] = {}
        for fact in every:
            if fact.kind is Kind.barred:
                barred.setdefault(fact.members[0].id, []).append(fact)
        for bars in barred.values():
            if self._fits(every, bars):
                yield _allowed(bars)
        for fact in every:
            if fact.name == "weekly_budget" and fact.members[0].id not in barred:
                yield from self._hours(every, fact)
        yield from self._drop(every)

    def _fits(self, every: Sequence[Reason], bars: Sequence[Reason]) -> bool:
        """Whether a member can hold the seat once nothing in the roster speaks against it. Whoever
        is away has the hours of those days again if they are not."""
        kept = [fact for fact in every if fact not in bars]
        (member,) = bars[0].members
        budget = next(
            (f for f in kept if (f.name, f.members) == ("weekly_budget", (member,))), None
        )
        if budget is None or not any(bar.name == "away" for bar in bars):
            return self._solve(kept).seating is not None
        kept.remove(budget)
        asked = self._solve(kept, self.model.model.total(self.model.hours[budget]))
        return asked.seating is not None and self._is_within(member, asked.seating)

    def _is_within(self, member: Member, seating: Seating) -> bool:
        """Whether turns keep to the budget that somebody has if not away during the seat."""
        left = tuple(span for span in member.away if not span.overlaps(self.seat.span))
        there = replace(member, away=left)
        return not self._exceeded(there, seating.turns(member))

    def _exceeded(self, member: Member, turns: Iterable[Seat]) -> tuple[MoreHours, ...]:
        return exceeded(self.model.problem, Seating(dict.fromkeys(turns, member)))

    def _hours(self, every: Sequence[Reason], fact: Reason) -> Iterator[Reason]:
        """The least time that somebody would need on top of their budget, and in which weeks."""
        more = self.model.model.total(self.model.hours[fact])
        asked = self._solve((f for f in every if f is not fact), more)
        if asked.seating is not None:
            (member,) = fact.members
            needed = self._exceeded(member, asked.seating.turns(member))
            minutes = sum(more.minutes for more in needed)
            yield Reason(
                Kind.hours,
                "",
                (member,),
                (self.seat,),
                after=minutes,
                proved=minutes <= asked.bound,
                weeks=tuple(more.week for more in needed),
            )

    def _drop(self, every: Sequence[Reason]) -> Iterator[Reason]:
        """The other seats that are worth the least and whose people would do; never must seats."""
        claims = [fact for fact in every if fact.kind is Kind.claim]
        seats = [seat for fact in claims for seat in fact.seats]
        much = 1 + sum(seat.duty.value + 1 for seat in seats)
        worth = [
            (much if s.must else s.duty.value + 1) * (1 - self.model.model.filled(s)) for s in seats
        ]
        kept = [fact for fact in every if fact.kind not in {Kind.claim, Kind.goal}]
        asked = self._solve(kept, self.model.model.total(worth))
        if asked.seating is not None and asked.value < much:
            left = tuple(seat for seat in seats if asked.seating[seat] is None)
            value = sum(seat.duty.value for seat in left)
            yield Reason(Kind.drop, "", (), left, after=value, proved=asked.value <= asked.bound)


def _allowed(bars: Sequence[Reason]) -> Reason:
    first = bars[0]
    rules = ", ".join(bar.name for bar in bars)
    return Reason(
        Kind.allow, rules, first.members, first.seats, "; ".join(bar.phrase for bar in bars)
    )


_EASY = (Kind.hours, Kind.drop, Kind.allow)


def _cost(repair: Reason) -> tuple[int, int, int]:
    """Hours before seats given up before what changes people; the least of each kind first."""
    rules = len(repair.name.split(", "))
    return _EASY.index(repair.kind), rules, repair.after if isinstance(repair.after, int) else 0
