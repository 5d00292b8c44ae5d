"""A first rotation, made seat by seat without any search, and a last touch.

A search that begins with all seats empty fills them in any order, and from there it hardly gets
to an even spread on hundreds of turns. This one gives every seat to whoever has the least so far
among those whom no requirement bars.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.domain.fairness import entitlements, fair_shares, load, loads
from scheduler.domain.growth import left
from scheduler.domain.people import Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.review.scorecard import above, tier_price
from scheduler.rules.book import Policy, Tier
from scheduler.rules.card import Fit, OrderedPreference
from scheduler.rules.model import Expression, Model
from scheduler.solver.candidates import Able
from scheduler.solver.chains import Chains
from scheduler.solver.hands import Accepts, Hands, Move, direct, through_another
from scheduler.solver.outcome import Means

MOST_TRIES = 100
FEW_TRIES = 10
"""With fewer it is not worth the looking."""
MOST_PRICED = 60_000
"""How many moves are priced to even out turns, and how many times the number of seats: each move
is priced over all of them."""


def first_rotation(
    problem: Problem,
    policy: Policy,
    model: Able,
    pins: Seating,
    is_over: Callable[[], bool] = lambda: False,
    made_by: Callable[[Means, Seating], None] = lambda means, seating: None,
) -> Seating:
    """The pins, what is legal of the draft, and as many other seats as a single pass fills; every
    requirement holds.

    Must-fill seats come first, then the others by value. Without a draft to stay close to the
    loads are levelled. Shadows come last, for those whose goals ask for them. Where a requirement
    looks further than the surroundings of a seat without saying so, and complains, the pins are
    all. Once ``is_over`` says so, what is there is kept. ``made_by`` is told what each means led
    to.
    """
    together = [rule for rule in policy.requirements if not isinstance(rule, Fit)]
    far = [rule for rule in together if rule.looks_far(problem)]
    hands = Hands(problem, pins)

    def accepts(moves: tuple[Move, ...]) -> bool:
        surroundings = [hands.around(seat, member) for seat, member in moves]
        if any(any(r.explain(problem, s)) for r in together for s in surroundings):
            return False
        return not any(any(r.explain(problem, hands.all_of(*m))) for r in far for m in moves)

    for seat, member in (*problem.stood, *problem.drafted):
        fits = seat not in hands.holders and model.holds(seat, member) is not None
        if fits and accepts(((seat, member),)):
            hands.give(seat, member)
    for seat in sorted(problem.seats, key=_order):
        if not seat.is_shadow and seat not in hands.holders and not is_over():
            _fill(hands, seat, model, accepts)
    made_by(Means.start, Seating(hands.holders))
    if not (problem.stood or problem.drafted):
        wanted = problem.entitlements
        targets = {m: wanted[m.id] for m in problem.members if wanted.get(m.id)}
        hands.relieve(targets, model, accepts, is_over)
        Chains(hands, model, targets, accepts).relieve(is_over)
        made_by(Means.chains, Seating(hands.holders))
    made = Seating(hands.holders)
    if _breaks(problem, policy, made):
        made_by(Means.start, pins)
        return pins
    shadowed = made if is_over() else _with_shadows(hands, model, accepts)
    if shadowed.holders != made.holders and not _breaks(problem, policy, shadowed):
        made = shadowed
    made_by(Means.shadows, made)
    fairness = [tier for tier in policy.open_tiers(problem) if _is_fairness(policy, tier)]
    even = even_turns(problem, policy, model, made, fairness, is_over)
    made_by(Means.evening, even)
    return even


def even_turns(
    problem: Problem,
    policy: Policy,
    model: Able,
    seating: Seating,
    tiers: Sequence[Tier],
    is_over: Callable[[], bool] = lambda: False,
) -> Seating:
    """The rotation after moves that even out the turns and make no price of some tiers higher.

    Within a band two shares count as equally fair, so that somebody with two weeks' leave may have
    two turns less than a colleague, or none. Here everybody counts as if they took no leave: where
    the bands allow it, equal budgets end with equal loads. A draft and what is published stay.
    Once ``is_over`` says so, nothing is moved any more.
    """
    if problem.stood or problem.drafted:
        return seating
    hands = Hands(problem, seating)
    targets = _without_leave(problem)
    # The last tiers are the ones that a move is most likely to cost something in.
    prices = [(tier, tier_price(problem, policy, tier, seating)) for tier in reversed(tiers)]

    def accepts(moves: tuple[Move, ...]) -> bool:
        if is_over():
            return False
        moved = Seating({**hands.holders, **dict(moves)})
        if any(above(tier_price(problem, policy, tier, moved), price) for tier, price in prices):
            return False
        return not any(any(rule.explain(problem, moved)) for rule in policy.requirements)

    tries = min(MOST_TRIES, MOST_PRICED // max(1, len(problem.seats)))
    if tries < FEW_TRIES:
        return seating
    for ways in (direct(model), through_another(model)):
        tries = hands.level(targets, ways, accepts, tries)
    return Seating(hands.holders)


def ahead(model: Model, problem: Problem, seating: Seating) -> Expression:
    """How many minutes people have beyond what would be even, were there no leave and had all
    together as much as now: a goal for where handing on turns one by one gets stuck."""
    targets = _without_leave(problem)
    now = loads(problem, seating)
    held_by_all = sum(now[member.id] for member in targets)
    whole = max(1, sum(targets.values()))
    terms: list[Expression] = []
    for member, target in targets.items():
        turns = [(load(problem, member, seat), x) for seat, x in model.turns(member)]
        served = problem.served.get(member.id, 0)
        even = -(-target * held_by_all // whole)
        most = served + sum(minutes for minutes, _ in turns) - even
        if most > 0:
            held = model.total(minutes * x for minutes, x in turns)
            terms.append(model.excess(held + served, even, most))
    return model.total(terms)


def _breaks(problem: Problem, policy: Policy, seating: Seating) -> bool:
    return any(any(rule.explain(problem, seating)) for rule in policy.requirements)


def _with_shadows(hands: Hands, model: Able, accepts: Accepts) -> Seating:
    """The rotation with the shadow turns that goals ask for, each given to the first learner whom
    nothing bars."""
    problem = hands.problem
    wanted = {
        (member, goal.skill): left(problem, member, goal.skill).shadow
        for member in problem.members
        for goal in member.goals
        if member.level(goal.skill) < Level.shadowed
    }
    for seat in problem.seats:
        if not seat.is_shadow or seat in hands.holders:
            continue
        for member, _ in model.candidates(seat):
            asked = wanted.get((member, seat.plan.skill), 0)
            if asked > 0 and accepts(((seat, member),)):
                hands.give(seat, member)
                wanted[member, seat.plan.skill] = asked - 1
                break
    return Seating(hands.holders)


def _fill(hands: Hands, seat: Seat, model: Able, accepts: Accepts) -> None:
    """Give a seat to the first in line whom nothing bars: those whose share would be the lowest
    come first, then those who have rested longest. Where everybody is barred, somebody may hand
    on a turn that stands in the way."""

    def rank(member: Member) -> tuple[float, int]:
        entitled = hands.problem.entitlements.get(member.id)
        share = (hands.served[member] + hands.weight(seat, member)) / (entitled or 1)
        last = max((turn.closes for turn in hands.turns[member]), default=0)
        return share if entitled else float("inf"), last

    able = sorted((member for member, _ in model.candidates(seat)), key=rank)
    taker = next((member for member in able if accepts(((seat, member),))), None)
    if taker is not None:
        hands.give(seat, taker)
    else:
        any(_makes_room(hands, seat, member, model, accepts) for member in able)


def _makes_room(hands: Hands, seat: Seat, member: Member, model: Able, accepts: Accepts) -> bool:
    """Whether a member could take a seat by handing one turn of the same weeks on; done if so."""
    weeks = {week for week, _ in seat.weeks}
    for turn in tuple(hands.turns[member]):
        if turn.is_shadow or turn.key in hands.problem.pins:
            continue
        if weeks.isdisjoint(week for week, _ in turn.weeks) and not seat.overlaps(turn):
            continue
        for other, _ in model.candidates(turn):
            if other is member or not accepts(((turn, other),)):
                continue
            hands.give(turn, other)
            if accepts(((seat, member),)):
                hands.give(seat, member)
                return True
            hands.give(turn, member)
    return False


def _order(seat: Seat) -> tuple[bool, int, int]:
    return (False, 0, seat.opens) if seat.must else (True, -seat.duty.value, seat.opens)


def _without_leave(problem: Problem) -> dict[Member, int]:
    """What everybody would be entitled to if nobody took leave."""
    members = tuple(replace(member, away=()) for member in problem.members)
    able = [member for member in members if member.id in problem.entitlements]
    fair = fair_shares(replace(problem, members=members), able)
    wanted = entitlements(fair, problem.carried)
    return {m: wanted[m.id] for m in problem.members if m.id in wanted}


def _is_fairness(policy: Policy, tier: Tier) -> bool:
    return any(isinstance(rule, OrderedPreference) for rule in policy.priced(tier))
