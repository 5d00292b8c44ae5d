"""Plans of more decisions than one model should hold: made by hand, bounded by counting, and
improved in excerpts.

With two hundred thousand decisions the model alone takes a gigabyte, and no search gets anywhere
in it within minutes. A constructive start with chains of turns ends within a band of the bound
after seconds (docs/decisions/0013-relax-repair-and-chains.md). What it left to growth and comfort
is found in models of some people at a time (docs/decisions/0015-excerpts.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import cycle

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating, TierResult
from scheduler.review.scorecard import above, tier_price
from scheduler.rules.book import Policy, Tier
from scheduler.rules.model import Pair
from scheduler.rules.preferences.fair_share import FairShare
from scheduler.rules.preferences.fill_backlog import FillBacklog
from scheduler.rules.preferences.fill_must import FillMust
from scheduler.rules.spread import Spread
from scheduler.solver.candidates import Candidates
from scheduler.solver.clock import Clock
from scheduler.solver.counting import least_share
from scheduler.solver.excerpt import Excerpt, Excerpts, around_what_moves
from scheduler.solver.outcome import Limits, Means, Outcome, Progress, Watch
from scheduler.solver.start import first_rotation
from scheduler.solver.steps import Steps, first

MODELLED = 60_000
"""Decisions up to which a plan is searched for in a model of the whole."""
OPEN = 20_000
"""Decisions that are open in an excerpt."""
EACH = 15.0
"""Deterministic seconds that one excerpt may take."""
STATED = 1e-4
"""Deterministic seconds of stating an excerpt, a decision."""
LEAST = 0.1
"""The same, however small the excerpt."""


def plan_by_hand(
    problem: Problem,
    policy: Policy,
    pairs: Sequence[Pair],
    watch: Watch,
    is_over: Callable[[], bool],
) -> Outcome:
    """A rotation in which every requirement holds and the loads are level, with what each tier
    costs and what can be said of its bound without a search.

    The pins must be legal by themselves.
    """
    begun = time.monotonic()
    able = Candidates(problem, pairs)
    pins = Seating(dict(problem.pinned))
    steps = Steps(problem, policy)
    tiers = policy.open_tiers(problem)

    def made(means: Means, seating: Seating) -> None:
        """Tell of the first tier as soon as there is a plan."""
        steps.made(means, seating)
        for tier in tiers[:1]:
            price = first(tier_price(problem, policy, tier, seating))
            watch(Progress(tier.name, 1, price, 0, time.monotonic() - begun))

    seating = first_rotation(problem, policy, able, pins, is_over, made)
    priced = ((tier, tier_price(problem, policy, tier, seating)) for tier in tiers)
    closed = _closed(problem, policy, pairs, priced, steps, watch, begun)
    seconds = time.monotonic() - begun
    return Outcome(seating, closed, is_over(), seconds, len(pairs), (), tuple(steps.taken))


def plan_around(
    problem: Problem,
    policy: Policy,
    pairs: Sequence[Pair],
    watch: Watch,
    search: Callable[[Sequence[Pair]], Outcome],
) -> Outcome | None:
    """A rotation where published turns stand: a search among those around what has to move, as if
    there were no others. Its bounds are those by counting. ``None`` where that is too many."""
    begun = time.monotonic()
    some = around_what_moves(problem, pairs)
    if len(some) > MODELLED:
        return None
    found = search(some)
    steps = Steps(problem, policy)
    prices = [tier.price for tier in found.tiers]
    priced = zip(policy.open_tiers(problem), prices, strict=True)
    tiers = _closed(problem, policy, pairs, priced, steps, watch, begun)
    before = (replace(step, bound_before=0, bound_after=0) for step in found.steps)
    return replace(found, tiers=tiers, decisions=len(pairs), steps=(*before, *steps.taken))


def _closed(
    problem: Problem,
    policy: Policy,
    pairs: Sequence[Pair],
    priced: Iterable[tuple[Tier, Price]],
    steps: Steps,
    watch: Watch,
    begun: float,
) -> tuple[TierResult, ...]:
    """What each tier costs, with what can be said of its bound without a search."""
    closed: list[TierResult] = []
    for tier, price in priced:
        bound = _bound(problem, policy, tier, price, pairs, closed)
        closed.append(TierResult(tier.name, price, bound, proved=not above(price, bound)))
        if first(bound):
            steps.counted(tier.name, price, bound)
        watch(Progress(tier.name, 1, first(price), first(bound), time.monotonic() - begun))
    return tuple(closed)


def improve(
    problem: Problem,
    policy: Policy,
    pairs: Sequence[Pair],
    plan: Outcome,
    limits: Limits,
    clock: Clock,
    search: Callable[[Excerpt, Outcome, str, Limits, Clock], Outcome],
) -> Outcome:
    """A plan after searches in one excerpt after the other, until the work or the time is over.

    Turns that are published, or drafted, stay as they are. ``limits`` and ``clock`` are those of
    the whole.
    """
    if problem.stood or problem.drafted or not pairs:
        return plan
    excerpts = Excerpts(pairs, limits.seed)
    best, left = plan, limits.work
    open_tiers = [tier.name for tier in plan.tiers if not tier.proved]
    since = cycle(open_tiers)
    while open_tiers and left > 0 and not clock.is_over():
        excerpt = excerpts.draw(best.seating, OPEN)
        stated = LEAST + STATED * len(excerpt.pairs)
        some = replace(limits, work=min(max(0.01, left - stated), EACH))
        found = search(excerpt, best, next(since), some, clock)
        left -= stated + sum(step.work for step in found.steps)
        if [tier.price for tier in found.tiers] < [tier.price for tier in best.tiers]:
            best = _with(best, found)
    return replace(best, interrupted=clock.is_over(), seconds=clock.seconds)


def _with(plan: Outcome, found: Outcome) -> Outcome:
    """What was found in an excerpt, under the bounds of the whole."""
    tiers = tuple(
        replace(tier, price=new.price, proved=not above(new.price, tier.bound))
        for tier, new in zip(plan.tiers, found.tiers, strict=True)
    )
    return replace(plan, seating=found.seating, tiers=tiers, steps=(*plan.steps, *found.steps))


def _bound(
    problem: Problem,
    policy: Policy,
    tier: Tier,
    price: Price,
    pairs: Sequence[Pair],
    before: Sequence[TierResult],
) -> Price:
    """What no rotation can come below that is as good in the tiers before."""
    empty = _may_be_empty(problem, policy, before)
    if isinstance(price, int):
        # Which seats are filled is all that the effort hangs on, and they all are.
        is_settled = all(isinstance(rule, Spread) for rule in policy.priced(tier)) and empty == 0
        return price if is_settled else 0
    (rule,) = policy.priced(tier)
    least = [0] * len(price)
    if least and isinstance(rule, FairShare) and empty is not None:
        share = least_share(problem, pairs, empty)
        least[0] = rule.band * -int(-(share / rule.band - 1e-6) // 1)
    return tuple(least)


def _may_be_empty(problem: Problem, policy: Policy, before: Sequence[TierResult]) -> int | None:
    """How many seats with a load can stay empty in a rotation that is as good in the tiers before;
    ``None`` where these do not say."""
    prices = {tier.name: tier.price for tier in before}
    empty = 0
    for kind, least in ((FillMust, 1), (FillBacklog, _least_value(problem))):
        rule = next((r for r in policy.rules if isinstance(r, kind)), None)
        price = prices.get(rule.tier) if rule is not None and rule.weight else None
        if rule is None or not isinstance(price, int) or least < 1:
            return None
        empty += price // (least * rule.weight)
    return empty


def _least_value(problem: Problem) -> int:
    """The value of the backlog seat that is worth least; a duty may be worth nothing."""
    values = (seat.duty.value for seat in problem.seats if not seat.must and not seat.is_shadow)
    return min(values, default=1)
