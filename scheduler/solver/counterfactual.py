"""What a plan would cost with one thing otherwise: somebody not in a seat, or somebody in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.domain.shifts import Seat
from scheduler.review.because import Kind, Reason, is_certain, is_worse
from scheduler.review.scorecard import above, score
from scheduler.rules.book import Policy, Tier
from scheduler.rules.card import Fit
from scheduler.rules.model import Expression, Model
from scheduler.solver.descent import Descent
from scheduler.solver.frame import (
    MUCH,
    Asked,
    NotThere,
    Stays,
    There,
    Verdict,
    ask,
    build,
    goals_of,
    without_draft,
)
from scheduler.solver.outcome import Limits

WORK = 2.0
"""Deterministic seconds for one question, unless the caller says otherwise."""

HOLD = 0.5
"""The part of the work that goes into a plan at the same prices, before any price is let rise."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A rotation at hand. ``is_best`` says that it was planned from this very problem and that
    every tier was proved, so that no search for a better one is needed."""

    problem: Problem
    policy: Policy
    seating: Seating
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The best other plan found. ``prices`` has a reason of kind ``price`` for every tier, in the
    order of the policy. There is no ``seating`` where none was found, and ``is_impossible`` where
    no plan at all is like that. The draft plays no part: any other plan is as good as its prices.
    """

    seat: Seat
    member: Member
    forced: bool
    seating: Seating | None = None
    prices: tuple[Reason, ...] = ()
    moved: Reason | None = None
    is_impossible: bool = False

    @property
    def decisive(self) -> Reason | None:
        """The first tier whose price is another."""
        return next((p for p in self.prices if p.before != p.after), None)


def without(plan: Plan, seat: Seat, member: Member, limits: Limits | None = None) -> Otherwise:
    """The best plan in which a member does not hold a seat."""
    pins = {k: m for k, m in plan.problem.pins.items() if (k, m) != (seat.key, member.id)}
    rules = (*plan.policy.rules, NotThere(seat, member))
    return _other(plan, seat, member, False, pins, replace(plan.policy, rules=rules), limits)


def with_(
    plan: Plan, seat: Seat, member: Member, limits: Limits | None = None, *, allow: bool = False
) -> Otherwise:
    """The best plan in which a member holds a seat; ``allow`` lifts what the roster says against
    this member in this seat."""
    pins = {k: m for k, m in plan.problem.pins.items() if k != seat.key}
    rules = tuple(
        Allowed(rule, seat, member) if allow and isinstance(rule, Fit) else rule
        for rule in plan.policy.rules
    )
    policy = replace(plan.policy, rules=rules)
    if any(rule.barred(plan.problem, member, seat) is not None for rule in policy.fits):
        return Otherwise(seat, member, True, is_impossible=True)
    policy = replace(policy, rules=(*rules, There(seat, member)))
    return _other(plan, seat, member, True, pins, policy, limits)


@dataclass(frozen=True)
class Allowed(Fit):
    """A rule that makes one exception."""

    rule: Fit
    seat: Seat
    member: Member

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        if seat is self.seat and member is self.member:
            return None
        return self.rule.barred(problem, member, seat)


def _other(
    plan: Plan,
    seat: Seat,
    member: Member,
    forced: bool,
    pins: Mapping[tuple[str, str], str],
    policy: Policy,
    limits: Limits | None,
) -> Otherwise:
    limits = limits or Limits(work=WORK)
    problem = replace(plan.problem, pins=pins, draft={})
    policy = without_draft(policy)
    before = dict(score(problem, policy, plan.seating).tiers)
    found = _Search(plan, problem, policy, before, limits).run()
    if isinstance(found, Verdict):
        return Otherwise(seat, member, forced, is_impossible=found is Verdict.no)
    moves = Stays(holders={s: m for s, m in plan.seating if s is not seat})
    moved = sum(1 for _ in moves.explain(problem, found.seating))
    reason = Reason(Kind.moved, after=moved, proved=found.fewest)
    return Otherwise(seat, member, forced, found.seating, found.prices, reason)


@dataclass(frozen=True, slots=True)
class _Found:
    seating: Seating
    prices: tuple[Reason, ...]
    fewest: bool = False
    """Whether no plan at these prices moves fewer turns."""


@dataclass(frozen=True)
class _Search:
    plan: Plan
    problem: Problem
    policy: Policy
    before: Mapping[str, Price]
    limits: Limits
    spent: list[float] = field(default_factory=list)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers that have something to say about the problem."""
        return self.policy.open_tiers(self.problem)

    def run(self) -> _Found | Verdict:
        """First a plan at the same prices, else the least prices that there are; a verdict where
        no plan was found."""
        same = self._hold(len(self.tiers), self.limits.work * HOLD)
        if same.seating is not None and self.plan.is_best:
            return self._as_good(same)
        near = same if same.seating is not None else self._near()
        if near.seating is None:
            return near.verdict
        start = near.seating
        if same.seating is not None:
            # The answer is known; what is left to ask is whether a plan could even be better.
            self.spent.append(self._left() * (1 - HOLD))
        found = self._nearer(self._least(start), start)
        if same.seating is not None and not _is_better(found.prices):
            bounds = {price.name: price.bound for price in found.prices}
            return self._as_good(same, bounds)
        if same.verdict is Verdict.no:
            return replace(found, prices=self._certain(found.prices))
        return found

    def _hold(self, tiers: int, work: float) -> Asked:
        """The plan with the fewest moves at which no goal of the first tiers costs more."""
        model = build(self.problem, self.policy)
        for goal, value in self._goals(model, 0, tiers):
            model.at_most(goal, value)
        moves = Stays(holders=self.plan.seating.holders).cost(model, self.problem)
        return self._ask(model, moves, work)

    def _near(self) -> Asked:
        """A plan to start from, near to this one and its prices. Of the first tier with goals in
        order all goals are looked at, or else the first: the others take it for granted."""
        asked = self._nearest(None)
        if asked.seating is None:
            asked = self._nearest(1)
        return asked if asked.seating is not None else self._nearest(0)

    def _nearest(self, most: int | None) -> Asked:
        model = build(self.problem, self.policy)
        ints = [isinstance(price, int) for price in self.before.values()]
        first = ints.index(False) if False in ints else len(ints)
        ordered = islice(self._goals(model, first, first + 1), most)
        goals = [*self._goals(model, 0, first), *ordered]
        terms = [Stays(holders=self.plan.seating.holders).cost(model, self.problem)]
        weight = len(self.plan.seating) + 1
        for goal, value in reversed(goals):
            terms.append(weight * model.excess(goal, value, MUCH))
            weight *= 4
        return self._ask(model, model.total(terms), self._left() * 0.4)

    def _goals(self, model: Model, first: int, end: int) -> Iterator[tuple[Expression, int]]:
        for tier in self.tiers[first:end]:
            price = self.before[tier.name]
            yield from goals_of(model, self.problem, self.policy, tier, self.plan.seating, price)

    def _ask(self, model: Model, goal: Expression, work: float) -> Asked:
        model.hint_holders(self.plan.seating.holders)
        asked = ask(model, goal, min(work, self._left()), seed=self.limits.seed)
        self.spent.append(asked.work)
        return asked

    def _left(self) -> float:
        return max(0.05, self.limits.work - sum(self.spent))

    def _as_good(self, same: Asked, bounds: Mapping[str, Price | None] | None = None) -> _Found:
        """Every price stays; or falls, where that came by itself."""
        assert same.seating is not None
        after = dict(score(self.problem, self.policy, same.seating).tiers)
        prices = []
        for name, price in self.before.items():
            bound = after[name] if bounds is None else bounds.get(name)
            proved = bounds is None or bound == after[name]
            prices.append(Reason(Kind.price, name, (), (), "", price, after[name], bound, proved))
        return _Found(same.seating, tuple(prices), same.value <= same.bound)

    def _least(self, start: Seating) -> _Found:
        """The least price of every tier in turn; what a tier gave up in this plan is no gain."""
        floors = {
            tier.name: price
            for tier in self.policy.tiers
            if (tier.give or tier.spare) and isinstance(price := self.before.get(tier.name), int)
        }
        home = self.plan.seating.holders
        descent = Descent(self.problem, self.policy, floors, home, self.limits.seed)
        bottom = descent.run(start, self._left())
        after = dict(score(self.problem, self.policy, bottom.seating).tiers)
        prices = [self._price(name, after[name], bottom.bounds[name]) for name in self.before]
        return _Found(bottom.seating, tuple(prices), bottom.fewest)

    def _price(self, name: str, after: Price, bound: Price) -> Reason:
        proved = not above(after, bound)
        return Reason(Kind.price, name, (), (), "", self.before[name], after, bound, proved)

    def _nearer(self, found: _Found, start: Seating) -> _Found:
        """What was found; or the start, where that is as good up to the first price to change, and
        what comes after it was not proved anyway: fewer turns move."""
        if all(price.proved for price in found.prices):
            return found
        after = dict(score(self.problem, self.policy, start).tiers)
        prices: list[Reason] = []
        decided = differs = False
        for price in found.prices:
            here = after[price.name]
            if here != price.after and not decided:
                return found
            # A bound holds where the tiers before cost what they did when it was found.
            bound = None if differs else price.bound
            prices.append(replace(price, after=here, bound=bound, proved=here == bound))
            decided = decided or price.after != price.before
            differs = differs or here != price.after
        return _Found(start, tuple(prices))

    def _certain(self, prices: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Prove that the first price to rise must, where its own bound does not yet say so.

        Where the tiers up to it cannot all cost what they do now, and the ones before it can, the
        rise is certain.
        """
        for number, price in enumerate(prices):
            if price.before == price.after:
                continue
            if is_certain(price) or not is_worse(price) or not self._is_exact(number):
                break
            if self._hold(number + 1, self.limits.work * HOLD).verdict is Verdict.no:
                least = _next(price.before)
                sure = replace(price, bound=least, proved=least == price.after)
                return (*prices[:number], sure, *prices[number + 1 :])
            break
        return prices

    def _is_exact(self, number: int) -> bool:
        """Whether no goal of the tiers up to one coming to more is the same as their prices being
        no higher."""
        ordered = any(isinstance(price, tuple) for price in [*self.before.values()][: number + 1])
        return self.plan.is_best or not ordered


def _next(price: Price | None) -> Price | None:
    """The least price that is higher than another one."""
    if isinstance(price, tuple):
        return (*price[:-1], price[-1] + 1)
    return None if price is None else price + 1


def _is_better(prices: tuple[Reason, ...]) -> bool:
    """Whether the first price that is another has fallen."""
    changed = next((p for p in prices if p.before != p.after), None)
    return changed is not None and above(changed.before, changed.after)
