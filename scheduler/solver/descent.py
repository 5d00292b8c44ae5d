"""From a plan at hand to the least price of every tier in turn, never to a worse one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.domain.shifts import Seat
from scheduler.review.scorecard import tier_price
from scheduler.rules.book import Policy, Tier
from scheduler.rules.card import OrderedPreference
from scheduler.rules.model import Expression
from scheduler.solver.frame import Asked, Stays, Verdict, ask, build, value_of

PART = 0.5
"""How much of the work that is left one goal may take."""


@dataclass(frozen=True, slots=True)
class Bottom:
    """The rotation that was come to, the bound of every tier, and whether none at these prices
    moves fewer turns."""

    seating: Seating
    bounds: Mapping[str, Price]
    fewest: bool


class Descent:
    """``floors`` are prices below which going down is no gain; ``home`` are the turns to stay
    with at the last."""

    def __init__(
        self,
        problem: Problem,
        policy: Policy,
        floors: Mapping[str, int],
        home: Mapping[Seat, Member],
        seed: int,
    ) -> None:
        self.problem = problem
        self.policy = policy
        self.floors = floors
        self.home = home
        self.seed = seed
        self.model = build(problem, policy)
        self.seating = Seating({})
        self.work = 0.0

    def run(self, start: Seating, work: float) -> Bottom:
        """Go down within an allowance of work, in deterministic seconds."""
        self.seating, self.work = start, work
        bounds: dict[str, Price] = {}
        for tier in self.policy.open_tiers(self.problem):
            rules = self.policy.priced(tier)
            if rules and isinstance(rules[0], OrderedPreference):
                bounds[tier.name] = self._ordered(tier, rules[0])
            else:
                bounds[tier.name] = self._plain(tier)
        moves = Stays(holders=self.home)
        now = sum(1 for _ in moves.explain(self.problem, self.seating))
        asked = self._minimise(moves.cost(self.model, self.problem), now)
        return Bottom(self.seating, bounds, asked.value <= asked.bound)

    def _plain(self, tier: Tier) -> Price:
        rules = self.policy.priced(tier)
        goal = self.model.total(r.weight * r.cost(self.model, self.problem) for r in rules)
        floor = self.floors.get(tier.name, 0)
        asked = self._minimise(goal, self._number(tier), floor)
        self.model.at_most(goal, max(asked.value, floor))
        return asked.bound

    def _ordered(self, tier: Tier, rule: OrderedPreference) -> Price:
        """The bound is what the goals proved so far fix, and 0 beyond them."""
        head: tuple[int, ...] = ()
        proved = True
        goals = rule.goals(self.model, self.problem, self.seating)
        goal = next(goals, None)
        while goal is not None:
            now = value_of(goal, self._tuple(tier))
            asked = self._minimise(goal.expression, now)
            self.model.at_most(goal.expression, asked.value)
            if proved:
                head = goal.head(asked.bound)
                proved = asked.value <= asked.bound
            try:
                goal = goals.send(self.seating)
            except StopIteration:
                goal = None
        best = self._tuple(tier)
        return best if proved else (*head, *[0] * len(best))[: len(best)]

    def _minimise(self, goal: Expression, value: int, floor: int = 0) -> Asked:
        """Bring a goal down from what it is now; at its floor there is nothing to ask."""
        if value <= floor:
            # Below its floor a tier counts for nothing, so that no lower bound is of use.
            return Asked(Verdict.yes, 0.0, self.seating, value, value)
        self.model.at_most(goal, value)
        self.model.hint_holders(self.seating.holders)
        asked = ask(self.model, goal, self.work * PART, seed=self.seed)
        self.work = max(0.0, self.work - asked.work)
        if asked.seating is None:
            return Asked(Verdict.yes, asked.work, self.seating, value, min(value, asked.bound))
        self.seating = asked.seating
        return asked

    def _price(self, tier: Tier) -> Price:
        return tier_price(self.problem, self.policy, tier, self.seating)

    def _number(self, tier: Tier) -> int:
        price = self._price(tier)
        assert isinstance(price, int)
        return price

    def _tuple(self, tier: Tier) -> tuple[int, ...]:
        price = self._price(tier)
        assert isinstance(price, tuple)
        return price
