"""Keeps track of what each means brought to each goal while a plan is made."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.domain.shifts import Seat
from scheduler.review.scorecard import tier_price
from scheduler.rules.book import Policy
from scheduler.solver.engine import Reached
from scheduler.solver.outcome import Means, Step


class Steps:
    """The steps so far, in their order."""

    def __init__(self, problem: Problem, policy: Policy) -> None:
        self.taken: list[Step] = []
        self._problem = problem
        self._policy = policy
        self._holders: dict[Seat, Member] | None = None
        self._prices: Mapping[str, Price] = {}
        self._clock = time.monotonic()

    def made(self, means: Means, seating: Seating) -> None:
        """A means that works on all tiers at once has made this rotation."""
        seconds = self._lap()
        before = self._prices
        for tier, price in self.prices(seating).items():
            known = first(before[tier]) if tier in before else None
            self.taken.append(Step(tier, 1, means, known, first(price), 0, 0, 0.0, seconds))
            seconds = 0.0

    def reached(
        self,
        tier: str,
        goal: int,
        means: Means,
        before: Reached | None,
        after: Reached,
        price: Callable[[int], int] = int,
    ) -> None:
        """A means has worked on one goal; ``price`` says what a value of it costs."""
        bound = 0 if before is None else max(0, before.bound)
        self.taken.append(
            Step(
                tier,
                goal,
                means,
                before=None if before is None else price(before.value),
                after=price(after.value),
                bound_before=price(bound),
                bound_after=price(max(0, after.bound)),
                work=after.work - (0.0 if before is None else before.work),
                seconds=self._lap(),
            )
        )

    def counted(self, tier: str, price: Price, bound: Price) -> None:
        """A bound has been worked out by counting."""
        value = first(price)
        self.taken.append(
            Step(tier, 1, Means.counting, value, value, 0, first(bound), 0.0, self._lap())
        )

    def evened(self, before: Seating, after: Seating) -> None:
        """Moves between turns have come to an end."""
        self.prices(before)
        self.made(Means.evening, after)

    def prices(self, seating: Seating) -> Mapping[str, Price]:
        """What each tier costs in a rotation; one that is as the last one was is not priced again,
        which takes long where a thousand people have turns."""
        if self._holders != seating.holders:
            self._holders = seating.holders
            self._prices = {
                tier.name: tier_price(self._problem, self._policy, tier, seating)
                for tier in self._policy.open_tiers(self._problem)
            }
        return self._prices

    def skip(self) -> None:
        """What has been done since the last step belongs to none."""
        self._lap()

    def _lap(self) -> float:
        since, self._clock = self._clock, time.monotonic()
        return self._clock - since


def first(price: Price) -> int:
    """The price of a tier, or of its first goal where it has goals in order."""
    return price if isinstance(price, int) else next(iter(price), 0)
