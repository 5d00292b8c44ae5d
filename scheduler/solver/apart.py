"""Planning the parts of a problem that share nothing one beside the other, and merging them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating, TierResult
from scheduler.domain.shifts import SeatKey
from scheduler.review.scorecard import above, tier_price
from scheduler.rules.book import Policy, Tier, fitting
from scheduler.solver.components import parts
from scheduler.solver.engine import Interrupt
from scheduler.solver.outcome import Limits, Outcome, Step, Watch
from scheduler.solver.side_by_side import each
from scheduler.solver.tiers import solve

LEAST_WORK = 0.1
"""The part of the work that even the smallest part of a problem may take."""
WORTH = 4_000
"""Decisions from which starting other processes takes less time than it saves."""
LATE = 0.5
"""Seconds for a part that nobody has begun when the end is asked for."""


def solve_apart(
    problem: Problem,
    policy: Policy,
    limits: Limits | None = None,
    *,
    watch: Watch = lambda progress: None,
    interrupt: Interrupt | None = None,
    executor: Executor | None = None,
) -> Outcome:
    """Plan a problem as ``solve`` does; where parts of it share nothing, each by itself, in the
    executor if there is one. Where they are planned changes nothing in what comes out.

    Raises:
        ValueError: the pins break a requirement.
    """
    begun = time.monotonic()
    limits, interrupt = limits or Limits(), interrupt or Interrupt()
    found = parts(problem, policy)
    if limits.seconds is not None:
        left = max(0.1, limits.seconds - (time.monotonic() - begun))
        limits = replace(limits, seconds=left)
    if len(found) == 1:
        return solve(problem, policy, limits, watch=watch, interrupt=interrupt)
    tasks = _tasks(found, policy, limits)
    large = sum(task.decisions for task in tasks) >= WORTH
    here = executor is None or not large
    work = partial(_solve, watch=watch) if here else _solve
    solved = each(work, tasks, None if here else executor, interrupt)
    ends = [
        _solve(task.hurried(), Interrupt()) if end is None else end
        for task, end in zip(tasks, solved, strict=True)
    ]
    return _merged(problem, policy, tasks, ends, time.monotonic() - begun)


@dataclass(frozen=True, slots=True)
class _Task:
    """A part to plan, with the ids of its duties; ``until`` is on the clock of the day, which
    machines share."""

    problem: Problem
    policy: Policy
    limits: Limits
    until: float | None
    decisions: int
    duties: tuple[str, ...]

    def hurried(self) -> _Task:
        """The same with hardly any time left."""
        return replace(self, until=time.time() + LATE)


@dataclass(frozen=True, slots=True)
class _End:
    """What came of a part, by ids: it may have been planned in another process, where seats and
    members are others."""

    holders: tuple[tuple[SeatKey, str], ...]
    tiers: tuple[TierResult, ...]
    interrupted: bool
    decisions: int
    steps: tuple[Step, ...]


def _tasks(found: Sequence[Problem], policy: Policy, limits: Limits) -> list[_Task]:
    """The work is divided by the number of decisions, so that a part takes no more than it would
    in the whole."""
    held = [[seat.duty.id for seat, _ in fitting(part, policy)] for part in found]
    total = max(1, sum(map(len, held)))
    until = None if limits.seconds is None else time.time() + limits.seconds
    return [
        _Task(
            part,
            policy,
            replace(limits, work=limits.work * max(LEAST_WORK, len(duties) / total)),
            until,
            len(duties),
            tuple(dict.fromkeys(duties)),
        )
        for part, duties in zip(found, held, strict=True)
    ]


def _solve(task: _Task, interrupt: Interrupt, watch: Watch = lambda progress: None) -> _End:
    seconds = None if task.until is None else max(0.1, task.until - time.time())
    limits = replace(task.limits, seconds=seconds)
    outcome = solve(task.problem, task.policy, limits, watch=watch, interrupt=interrupt)
    holders = tuple((seat.key, member.id) for seat, member in outcome.seating)
    return _End(holders, outcome.tiers, outcome.interrupted, outcome.decisions, outcome.steps)


def _merged(
    problem: Problem,
    policy: Policy,
    tasks: Sequence[_Task],
    ends: Sequence[_End],
    seconds: float,
) -> Outcome:
    held = {key: member for end in ends for key, member in end.holders}
    seating = Seating(
        {s: problem.member_by_id[held[s.key]] for s in problem.seats if s.key in held}
    )
    return Outcome(
        seating=seating,
        tiers=tuple(
            _tier(problem, policy, tier, seating, tasks, [end.tiers[number] for end in ends])
            for number, tier in enumerate(policy.open_tiers(problem))
        ),
        interrupted=any(end.interrupted for end in ends),
        seconds=seconds,
        decisions=sum(end.decisions for end in ends),
        parts=tuple(task.duties for task in tasks),
        steps=tuple(
            replace(step, part=part) for part, end in enumerate(ends, 1) for step in end.steps
        ),
    )


def _tier(
    problem: Problem,
    policy: Policy,
    tier: Tier,
    seating: Seating,
    tasks: Sequence[_Task],
    results: Sequence[TierResult],
) -> TierResult:
    """The price of the whole, and the bound that those of the parts amount to: what the empty
    rotation costs, and for each part by how much it can come below that. A list by member says
    only that the whole list is no lower than that of any part, unless all are proved."""
    price = tier_price(problem, policy, tier, seating)
    bound: Price
    if isinstance(price, int):
        empty = tier_price(problem, policy, tier, Seating({}))
        bound = _number(empty) + sum(
            _number(result.bound) - _number(tier_price(task.problem, policy, tier, Seating({})))
            for task, result in zip(tasks, results, strict=True)
        )
    elif all(result.proved for result in results):
        bound = price
    else:
        bound = max(_list(result.bound) for result in results)
    proved = all(result.proved for result in results) or not above(price, bound)
    return TierResult(tier.name, price, bound, proved, sum(result.given for result in results))


def _number(price: Price) -> int:
    assert isinstance(price, int)
    return price


def _list(price: Price) -> tuple[int, ...]:
    assert isinstance(price, tuple)
    return price
