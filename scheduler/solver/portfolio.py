"""What brings one goal down and bounds it: several means in turn, each where it is strong.

Which of them gets on cannot be told beforehand, and each may take a second or a minute by chance.
So they take turns, and every round is longer than the one before: whichever would be the best one
alone has had a fair part of the work (docs/decisions/0014-branch-and-cut.md). Neighbourhoods, which
get on by small steps, go on as long as they do, and come first where a plan is large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from scheduler.domain.problem import Problem
from scheduler.rules.model import Expression, Model
from scheduler.solver.branch import Branching
from scheduler.solver.clock import Clock
from scheduler.solver.engine import Reached, Search
from scheduler.solver.neighbourhood import Neighbourhoods
from scheduler.solver.outcome import Limits, Means
from scheduler.solver.relaxation import least
from scheduler.solver.rows import Rows, line

Taken: TypeAlias = Callable[[Means, Reached | None, Reached], None]
"""Told of a step: by which means, what was known before, if anything, and what is known after."""
Turn: TypeAlias = tuple[Means, Callable[[Reached], Reached]]

LARGE = 1_000
"""From so many decisions on local search repairs before anything is searched."""
WHOLE = 10_000
"""Up to so many decisions a model is searched, and branched on, as a whole."""
GLANCE = 0.1
"""How much of a goal's work a first look may take when published turns stand."""
REPAIR, PROBE = 0.3, 0.1
"""How much of a goal's work local search may take, and how much of the first round one value."""
PROBED = 0.6
"""Deterministic seconds for one value, however small the program."""
TERMS = 0.25
"""Terms a decision beyond which a goal, such as comfort, goes down by many small steps: there local
search, which aims far below at once, finds nothing."""
GAIN = 0.1
"""Neighbourhoods take another turn where the last one came so much of the way to the bound."""
SEEDS = 2**31
"""So many seeds there are; after the last one comes 0."""
FIRST = 1e-4
"""Deterministic seconds of each means in the first round, a coefficient of the program."""
LEAST = 0.1
"""The same, however small the program."""
LONGER = 1.6
"""How much longer each round is than the one before."""


class Portfolio:
    """Works on the goals of one model, one after the other, within the limits of a solve. A bound
    of an excerpt's model is of no use, and not asked for."""

    def __init__(
        self, problem: Problem, model: Model, limits: Limits, *, is_excerpt: bool = False
    ) -> None:
        self.model = model
        self.rows = Rows()
        self.stood = bool(problem.stood)
        self.is_excerpt = is_excerpt
        self.limits = limits

    def minimise(
        self,
        goal: Expression,
        work: float,
        clock: Clock,
        told: Callable[[int, int], None],
        taken: Taken,
        known: int = 0,
    ) -> Reached:
        """Minimise a goal from the model's hint on, within an allowance of work in deterministic
        seconds and until its clock is over. ``told`` hears of each lower value and higher bound;
        ``known`` is a bound known beforehand, and no goal is ever below 0."""
        tell = _Nearer(told)
        search = Search(
            seed=self.limits.seed,
            work=max(work, 0.01),
            deadline=clock.deadline,
            interrupt=clock.interrupt,
            told=tell,
            workers=self.limits.workers,
        )
        # A hint that leaves variables open is easily lost; a whole one is where the search begins.
        glanced = self._glanced(search, goal)
        if glanced is not None and glanced.proved:
            tell(glanced.value, glanced.bound)
            taken(Means.search, None, glanced)
            return glanced
        reached = replace(search.complete(self.model, goal), bound=known)
        tell(reached.value, reached.bound)
        if glanced is not None:
            before, reached = reached, reached.then(glanced)
            taken(Means.search, before, reached)
        turns = _Turns(self, goal, search, clock)
        for means, step in turns.all():
            # Not ``reached.proved``: where nothing can be decided, no values are a solution, too.
            settled = reached.value <= reached.bound
            if settled or reached.work >= search.work or clock.is_over():
                break
            before, reached = reached, step(reached)
            turns.learn(before, reached)
            taken(means, before, reached)
            tell(reached.value, reached.bound)
        return reached

    def _glanced(self, search: Search, goal: Expression) -> Reached | None:
        """A short search, where published turns leave so little open that it is soon over; then
        even to work out what the hint comes to would take as long again."""
        if not self.stood:
            return None
        glance = replace(search, work=GLANCE * search.work, little=True)
        return glance.minimise(self.model, goal)


class _Nearer:
    """Tells of what is better than all before it: a run of its own begins without a bound."""

    def __init__(self, told: Callable[[int, int], None]) -> None:
        self._told = told
        self._known: tuple[int, int] | None = None

    def __call__(self, value: int, bound: int) -> None:
        least, most = self._known or (value, 0)
        known = min(least, value), max(most, bound)
        if known != self._known:
            self._known = known
            self._told(*known)


class _Turns:
    """Whose turn it is at one goal."""

    def __init__(
        self, portfolio: Portfolio, goal: Expression, search: Search, clock: Clock
    ) -> None:
        self._model = portfolio.model
        self._rows = portfolio.rows
        self._clock = clock
        self._is_excerpt = portfolio.is_excerpt
        self._goal = goal
        self._search = search
        self._stated = line(self._model, goal)
        self._known = 0
        self._gained = 0.0

    def learn(self, before: Reached, after: Reached) -> None:
        """How far the last step came, as a part of the way to the bound."""
        self._gained = (before.value - after.value) / max(1, before.value - after.bound)

    def all(self) -> Iterator[Turn]:
        """First what is quick, then rounds of what is not, without an end."""
        self._rows.follow(self._model)
        if not self._is_excerpt:
            yield Means.relaxation, self._relaxed
        work, number = max(LEAST, FIRST * self._rows.size), 0
        decisions = len(self._model.decisions)
        if decisions >= LARGE and len(self._stated.terms) <= TERMS * decisions:
            yield Means.repair, partial(self._repaired, max(PROBED, PROBE * work))
        near = Neighbourhoods(self._model, self._rows, self._stated, self._search.seed)
        while True:
            freed = Means.neighbourhoods, partial(self._freed, near, work)
            searched = Means.search, partial(self._searched, work)
            branched = Means.branching, partial(self._branched, number, work)
            if decisions < LARGE:
                yield from (searched, branched)
            yield freed
            while self._gained >= GAIN:
                yield freed
            if LARGE <= decisions <= WHOLE:
                yield from (branched, searched)
            work, number = LONGER * work, number + 1

    def _relaxed(self, start: Reached) -> Reached:
        """Bounded by the linear relaxation."""
        bound = least(self._rows, self._stated, self._clock.left)
        return start if bound is None else replace(start, bound=max(bound, start.bound))

    def _repaired(self, work: float, start: Reached) -> Reached:
        """By local search for less and less, each time halfway between price and bound, until it
        fails once: what is easier than that, others find sooner."""
        enough = start.work + REPAIR * self._search.work
        probe = replace(self._search, work=min(work, REPAIR * self._search.work))
        best = start
        while best.bound < best.value and best.work < enough and not self._clock.is_over():
            self._model.hint(best.values)
            most = (best.bound + best.value) // 2
            found = probe.repair(self._model, self._goal, most)
            best = replace(best, work=best.work + found.work)
            if not found.values:
                return replace(best, bound=max(best.bound, found.bound))
            best = replace(best, values=found.values, value=self._stated.at(found.values))
        return best

    def _freed(self, near: Neighbourhoods, work: float, start: Reached) -> Reached:
        """By freeing some turns at a time."""
        return near.search(self._branching(start, work), start, self._clock.is_over)

    def _searched(self, work: float, start: Reached) -> Reached:
        """By complete search, which knows the bound already."""
        self._model.hint(start.values)
        if start.bound > self._known:
            self._known = start.bound
            self._model.at_least(self._goal, start.bound)
        search = replace(self._search, work=self._part(start, work))
        return start.then(search.minimise(self._model, self._goal))

    def _branched(self, number: int, work: float, start: Reached) -> Reached:
        """By branch and cut of the whole, in each round with another seed."""
        self._rows.follow(self._model)
        limits = self._branching(start, work)
        limits = replace(limits, seed=(limits.seed + number) % SEEDS)
        return start.then(limits.minimise(self._rows, self._stated, start.values))

    def _branching(self, start: Reached, work: float) -> Branching:
        of = self._search
        return Branching(of.seed, self._part(start, work), of.deadline, of.interrupt, of.told)

    def _part(self, start: Reached, work: float) -> float:
        """A part of the work, and no more than is left."""
        return max(0.01, min(work, self._search.work - start.work))
