"""Goals in strict order: each tier is proved or bounded before the next one is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating, TierResult
from scheduler.review.scorecard import above, tier_price
from scheduler.rules.book import Policy, Tier
from scheduler.rules.card import Goal, Goals, OrderedPreference, Preference, price
from scheduler.rules.model import Expression, Pair
from scheduler.solver.clock import Clock
from scheduler.solver.engine import Interrupt, Reached
from scheduler.solver.frame import build, open_pairs
from scheduler.solver.large import MODELLED, plan_by_hand
from scheduler.solver.outcome import Limits, Means, Outcome, Progress
from scheduler.solver.portfolio import Portfolio
from scheduler.solver.start import even_turns, first_rotation
from scheduler.solver.steps import Steps, first

Watch = Callable[[Progress], None]

PART, GOAL = 0.5, 0.6
"""How much of the work that is left one tier may take, and one of its goals in order, so that the
last ones get some, too."""
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
        return plan_by_hand(problem, policy, pairs, watch, clock.is_over)
    return _Search(problem, policy, limits, pairs, watch, clock).run()


class _Search:
    def __init__(
        self,
        problem: Problem,
        policy: Policy,
        limits: Limits,
        pairs: Iterable[Pair],
        watch: Watch,
        clock: Clock,
    ) -> None:
        self.problem = problem
        self.policy = policy
        self.limits = limits
        self.watch = watch
        self.clock = clock
        self.work = limits.work
        self.cut = False
        self.model = build(problem, policy, pairs)
        self.portfolio = Portfolio(problem, self.model, limits)
        self.steps = Steps(problem, policy)
        pins = Seating(dict(problem.pinned))
        made_by = self.steps.made
        self.seating = first_rotation(problem, policy, self.model, pins, clock.is_over, made_by)
        self.model.hint_holders(self.seating.holders)

    def run(self) -> Outcome:
        """Open every tier in turn and gather what became of it."""
        closed = []
        tiers = self.policy.open_tiers(self.problem)
        for number, tier in enumerate(tiers):
            is_last = number + 1 == len(tiers)
            closed.append(self._close(tier, self.work * (1 if is_last else PART)))
        if not self.clock.is_over():
            before = self.seating
            self.steps.skip()
            self.seating = even_turns(
                self.problem, self.policy, self.model, before, tiers, self.clock.is_over
            )
            self.steps.evened(before, self.seating)
        return Outcome(
            seating=self.seating,
            tiers=tuple(self._result(tier) for tier in closed),
            interrupted=self.cut,
            seconds=self.clock.seconds,
            decisions=len(self.model.decisions),
            steps=tuple(self.steps.taken),
        )

    def _result(self, closed: _Closed) -> TierResult:
        """What the tier costs in the end: it may have given something to the tiers after it, and
        evening out the turns may have brought it down."""
        final, given = tier_price(self.problem, self.policy, closed.tier, self.seating), 0
        if isinstance(final, int) and isinstance(closed.best, int):
            given = max(0, final - closed.best)
        proved = closed.proved or not above(final, closed.bound)
        return TierResult(closed.tier.name, final, closed.bound, proved, given)

    def _close(self, tier: Tier, allowance: float) -> _Closed:
        rules = self.policy.priced(tier)
        if self.clock.is_over():
            return self._unopened(tier, rules)
        for rule in rules:
            if isinstance(rule, OrderedPreference):
                return self._close_ordered(tier, rule, allowance)
        goal = self.model.total(rule.weight * rule.cost(self.model, self.problem) for rule in rules)
        bound = 0
        if self._units(rules) > 0:
            reached = self._reach(tier, 1, goal, allowance)
            bound = 0 if reached is None else reached.bound
        best = self._units(rules)
        self.model.at_most(goal, tier.limit(best))
        return _Closed(rules, tier, best, bound, proved=best <= bound)

    def _unopened(self, tier: Tier, rules: tuple[Preference, ...]) -> _Closed:
        """A tier for which no time is left, not even to state its goal; no price is below 0."""
        best = tier_price(self.problem, self.policy, tier, self.seating)
        bound: Price = 0 if isinstance(best, int) else (0,) * len(best)
        proved = not above(best, bound)
        self.cut = self.cut or not proved
        return _Closed(rules, tier, best, bound, proved)

    def _close_ordered(self, tier: Tier, rule: OrderedPreference, allowance: float) -> _Closed:
        """Goals in order; the bound is what the goals proved so far fix, and 0 beyond them."""
        left = allowance
        head: tuple[int, ...] = ()
        proved = True
        goals = rule.goals(self.model, self.problem, self.seating)
        goal = next(goals, None)
        number = 0
        while goal is not None:
            number += 1
            reached = self._reach(tier, number, goal.expression, left * GOAL, _priced(goal, number))
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

    def _reach(
        self,
        tier: Tier,
        number: int,
        goal: Expression,
        work: float,
        price: Callable[[int], int] = int,
    ) -> Reached | None:
        """Minimise one goal and keep its solution; ``None`` where the time is already up."""
        if self.clock.is_over():
            self.cut = True
            return None

        def told(value: int, bound: int) -> None:
            self.watch(Progress(tier.name, number, value, bound, self.clock.seconds))

        def taken(means: Means, before: Reached, after: Reached) -> None:
            self.steps.reached(tier.name, number, means, before, after, price)

        self.steps.skip()
        # By the clock, where that counts, a goal gets the same part as of the work.
        clock = self.clock.part(min(1.0, work / self.work) if self.work > 0 else 1.0)
        reached = self.portfolio.minimise(goal, work, clock, told, taken)
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
