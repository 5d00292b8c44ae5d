"""Goals in strict order: each tier is proved or bounded before the next one is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating, TierResult
from scheduler.review.scorecard import above, tier_price
from scheduler.rules.book import Policy, Tier
from scheduler.rules.card import Goal, Goals, OrderedPreference, Preference, price
from scheduler.rules.model import Expression, Model, Pair
from scheduler.solver.clock import Clock
from scheduler.solver.engine import Interrupt, Reached
from scheduler.solver.excerpt import Excerpt
from scheduler.solver.frame import build, goals_of, open_pairs, value_of
from scheduler.solver.large import MODELLED, improve, plan_around, plan_by_hand
from scheduler.solver.outcome import Limits, Means, Outcome, Progress, Watch
from scheduler.solver.portfolio import LARGE, WHOLE, Portfolio
from scheduler.solver.start import ahead, even_turns, first_rotation
from scheduler.solver.steps import Steps, first

PART, GOAL = 0.5, 0.6
"""How much of the work and the time left one tier may take, and of these one of its goals in
order, so that the last ones get some, too."""
EVEN = 0.1
"""How much of the work a last search for even turns may take on top of it."""
AFTERWARDS = 3.5e-5
"""Seconds a decision that go, once the search has ended, into the bounds, reasons and tables."""


def solve(
    problem: Problem,
    policy: Policy,
    limits: Limits | None = None,
    *,
    watch: Watch = lambda progress: None,
    interrupt: Interrupt | None = None,
) -> Outcome:
    """Plan a problem, tier by tier.

    The pins must be legal by themselves (``review.pins`` says so); then a rotation always exists.
    The search starts from the draft where there is one.

    Raises:
        ValueError: the pins break a requirement.
    """
    limits, interrupt = limits or Limits(), interrupt or Interrupt()
    clock = Clock(limits.seconds, interrupt)
    _refuse_bad_pins(problem, policy)
    pairs = open_pairs(problem, policy)
    clock.keep_back(AFTERWARDS * len(pairs))
    if len(pairs) > MODELLED:
        return _solve_large(problem, policy, limits, pairs, watch, clock)
    return _Search(problem, policy, limits, build(problem, policy, pairs), watch, clock).run()


def _solve_large(
    problem: Problem,
    policy: Policy,
    limits: Limits,
    pairs: Sequence[Pair],
    watch: Watch,
    clock: Clock,
) -> Outcome:
    """Around what has to move, where turns are published; else by hand, and in excerpts."""

    def around(some: Sequence[Pair]) -> Outcome:
        model = build(problem, policy, some)
        return _Search(problem, policy, limits, model, unbounded, clock).run()

    def unbounded(told: Progress) -> None:
        watch(replace(told, bound=0))

    if problem.stood:
        moved = plan_around(problem, policy, pairs, watch, around)
        if moved is not None:
            return moved
    made = plan_by_hand(problem, policy, pairs, watch, clock.is_over)
    search = partial(_search_excerpt, problem, policy, watch)
    return improve(problem, policy, pairs, made, limits, clock, search)


def _search_excerpt(
    problem: Problem,
    policy: Policy,
    watch: Watch,
    excerpt: Excerpt,
    plan: Outcome,
    tier: str,
    limits: Limits,
    clock: Clock,
) -> Outcome:
    """A plan after a search that moves the turns of an excerpt alone, and asks nothing of the
    tiers before one but that they stay as good; its bounds are of no use beyond that."""
    model = build(problem, policy, excerpt.pairs)
    for seat, member in excerpt.stay:
        model.pin(seat, member)
    return _Search(problem, policy, limits, model, watch, clock, plan).run(tier)


class _Search:
    """A search in one model, from construction on or from a ``plan`` whose bounds are known."""

    def __init__(
        self,
        problem: Problem,
        policy: Policy,
        limits: Limits,
        model: Model,
        watch: Watch,
        clock: Clock,
        plan: Outcome | None = None,
    ) -> None:
        self.problem = problem
        self.policy = policy
        self.limits = limits
        self.watch = watch
        self.clock = clock
        self.work = limits.work
        self.cut = False
        self.model = model
        self.portfolio = Portfolio(problem, self.model, limits, is_excerpt=plan is not None)
        self.steps = Steps(problem, policy)
        self.known = {} if plan is None else {tier.name: tier.bound for tier in plan.tiers}
        self.seating = self._constructed() if plan is None else plan.seating

    def _constructed(self) -> Seating:
        pins = Seating(dict(self.problem.pinned))
        is_over, made_by = self.clock.is_over, self.steps.made
        return first_rotation(self.problem, self.policy, self.model, pins, is_over, made_by)

    def run(self, since: str = "") -> Outcome:
        """Open every tier in turn, or every one ``since`` a tier, and gather what became of it."""
        self.model.hint_holders(self.seating.holders)
        closed = []
        tiers = self.policy.open_tiers(self.problem)
        begun = not since
        for number, tier in enumerate(tiers):
            is_last = number + 1 == len(tiers)
            begun = begun or tier.name == since
            if begun:
                part = 1 if is_last else PART
                closed.append(self._close(tier, self.work * part, self.clock.part(part)))
            else:
                closed.append(self._kept(tier))
        if not self.clock.is_over():
            before = self.seating
            self.steps.skip()
            self.seating = even_turns(
                self.problem, self.policy, self.model, before, tiers, self.clock.is_over
            )
            self._even(tiers)
            self.steps.evened(before, self.seating)
        # Proved or not: evening out turns may have been left out, or have come to a part of it.
        cut = self.cut or self.clock.is_over()
        return Outcome(
            seating=self.seating,
            tiers=tuple(self._result(tier) for tier in closed),
            interrupted=cut,
            seconds=self.clock.seconds,
            decisions=len(self.model.decisions),
            steps=tuple(self.steps.taken),
        )

    def _even(self, tiers: Sequence[Tier]) -> None:
        """Search for turns that are more even than moves by hand could make them, at no price: by
        hand few turns are even soon, and of very many nobody counts one."""
        is_worth_it = LARGE <= len(self.model.decisions) <= WHOLE
        if self.problem.stood or self.problem.drafted or not is_worth_it or self.clock.is_over():
            return
        self.model.hint_holders(self.seating.holders)
        reached = self.portfolio.minimise(
            ahead(self.model, self.problem, self.seating),
            EVEN * self.limits.work,
            self.clock,
            lambda value, bound: None,
            lambda means, before, after: None,
        )
        before = self.seating
        prices = [tier_price(self.problem, self.policy, tier, before) for tier in tiers]
        self._keep(reached.values)
        after = [tier_price(self.problem, self.policy, tier, self.seating) for tier in tiers]
        if any(map(above, after, prices)):  # a tier with something to spare has given of it
            self.seating = before

    def _result(self, closed: _Closed) -> TierResult:
        """What the tier costs in the end: it may have given something to the tiers after it, and
        evening out the turns may have brought it down."""
        final, given = self.steps.prices(self.seating)[closed.tier.name], 0
        if isinstance(final, int) and isinstance(closed.best, int):
            given = max(0, final - closed.best)
        proved = closed.proved or not above(final, closed.bound)
        return TierResult(closed.tier.name, final, closed.bound, proved, given)

    def _close(self, tier: Tier, allowance: float, clock: Clock) -> _Closed:
        rules = self.policy.priced(tier)
        if self.clock.is_over():
            return self._unopened(tier, rules)
        for rule in rules:
            if isinstance(rule, OrderedPreference):
                return self._close_ordered(tier, rule, allowance, clock)
        goal = self.model.total(rule.weight * rule.cost(self.model, self.problem) for rule in rules)
        bound = first(self.known.get(tier.name, 0))
        if self._units(rules) > bound:
            reached = self._reach(tier, 1, goal, allowance, clock, known=bound)
            bound = bound if reached is None else reached.bound
        best = self._units(rules)
        self.model.at_most(goal, tier.limit(best))
        return _Closed(rules, tier, best, bound, proved=best <= bound)

    def _kept(self, tier: Tier) -> _Closed:
        """A tier that stays as good as it is, without a search."""
        price = tier_price(self.problem, self.policy, tier, self.seating)
        for goal, value in goals_of(
            self.model, self.problem, self.policy, tier, self.seating, price
        ):
            self.model.at_most(goal, value)
        return _Closed(self.policy.priced(tier), tier, price, self.known[tier.name], proved=False)

    def _unopened(self, tier: Tier, rules: tuple[Preference, ...]) -> _Closed:
        """A tier for which no time is left, not even to state its goal; no price is below 0."""
        best = tier_price(self.problem, self.policy, tier, self.seating)
        bound: Price = 0 if isinstance(best, int) else (0,) * len(best)
        proved = not above(best, bound)
        self.cut = self.cut or not proved
        return _Closed(rules, tier, best, bound, proved)

    def _close_ordered(
        self, tier: Tier, rule: OrderedPreference, allowance: float, clock: Clock
    ) -> _Closed:
        """Goals in order; the bound is what the goals proved so far fix, and 0 beyond them."""
        left = allowance
        head: tuple[int, ...] = ()
        proved = True
        goals = rule.goals(self.model, self.problem, self.seating)
        goal = next(goals, None)
        number = 0
        while goal is not None:
            number += 1
            known = self._known(tier, goal) if number == 1 else 0
            price = _priced(goal, number)
            part = clock.part(GOAL)
            reached = self._reach(tier, number, goal.expression, left * GOAL, part, price, known)
            if reached is None:
                proved = False
                break
            left -= reached.work
            self.model.at_most(goal.expression, reached.value)
            if proved:
                head = goal.head(reached.bound)
                proved = reached.proved
            goal = _next(goals, self.seating)
        best = self._price(rule)
        assert isinstance(best, tuple)
        bound = best if proved else (*head, *[0] * len(best))[: len(best)]
        return _Closed((rule,), tier, best, bound, proved)

    def _known(self, tier: Tier, goal: Goal) -> int:
        """What is known of the first of several goals."""
        price = self.known.get(tier.name, ())
        return value_of(goal, price) if isinstance(price, tuple) and price else 0

    def _reach(
        self,
        tier: Tier,
        number: int,
        goal: Expression,
        work: float,
        clock: Clock,
        price: Callable[[int], int] = int,
        known: int = 0,
    ) -> Reached | None:
        """Minimise one goal and keep its solution; ``None`` where the time is already up."""
        if self.clock.is_over():
            self.cut = True
            return None

        def told(value: int, bound: int) -> None:
            if self.known:  # in the terms of the plan that it goes on from
                value, bound = price(value), price(known)
            self.watch(Progress(tier.name, number, value, bound, self.clock.seconds))

        def taken(means: Means, before: Reached | None, after: Reached) -> None:
            if self.known:
                before = before and replace(before, bound=known)
                after = replace(after, bound=known)
            self.steps.reached(tier.name, number, means, before, after, price)

        self.steps.skip()
        reached = self.portfolio.minimise(goal, work, clock, told, taken, known)
        self.work -= reached.work
        if not reached.proved and clock.is_over():
            self.cut = True
        self._keep(reached.values)
        return reached

    def _keep(self, values: list[int]) -> None:
        self.seating = Seating(
            {pair[0]: pair[1] for pair, x in self.model.decisions.items() if values[x.index]}
        )
        self.model.hint(values)

    def _price(self, rule: Preference) -> Price:
        return price(rule, rule.explain(self.problem, self.seating))

    def _units(self, rules: Iterable[Preference]) -> int:
        prices = [self._price(rule) for rule in rules]
        return sum(units for units in prices if isinstance(units, int))


@dataclass(frozen=True, slots=True)
class _Closed:
    """A tier that has been worked on: price and bound as known when it was closed."""

    rules: tuple[Preference, ...]
    tier: Tier
    best: Price
    bound: Price
    proved: bool


def _priced(goal: Goal, number: int) -> Callable[[int], int]:
    """What a value of a goal costs: the first of goals in order is the first entry of the price,
    the others count people."""
    return (lambda value: first(goal.head(value))) if number == 1 else int


def _next(goals: Goals, seating: Seating) -> Goal | None:
    try:
        return goals.send(seating)
    except StopIteration:
        return None


def _refuse_bad_pins(problem: Problem, policy: Policy) -> None:
    pins = Seating(dict(problem.pinned))
    broken = [f.sentence for rule in policy.requirements for f in rule.explain(problem, pins)]
    if broken:
        raise ValueError("; ".join(broken))
