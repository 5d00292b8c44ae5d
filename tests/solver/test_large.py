"""What large plans are made by - construction, chains, repair, counting - on plans so small that
every rotation can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.domain.fairness import entitled, loads
from scheduler.domain.people import Member, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.review.scorecard import score
from scheduler.rules.model import Model
from scheduler.solver import Limits, Progress, large, portfolio, solve, tiers
from scheduler.solver.candidates import Able, Candidates
from scheduler.solver.chains import Chains
from scheduler.solver.counting import least_share
from scheduler.solver.excerpt import Excerpts, around_what_moves
from scheduler.solver.frame import build, open_pairs
from scheduler.solver.hands import Accepts, Hands, Move
from scheduler.solver.relaxation import least
from scheduler.solver.rows import Rows, line
from scheduler.solver.start import even_turns, first_rotation
from tests.rules.builders import duty, roster, seat, someone
from tests.rules.problems import problems
from tests.solver.test_solve import POLICY, every_seating, prices, quarter


@settings(max_examples=40)
@given(problem=problems(most_seats=4))
def test_a_plan_made_by_hand_is_legal_and_no_rotation_is_below_its_bounds(problem: Problem) -> None:
    made = large.plan_by_hand(
        problem, POLICY, open_pairs(problem, POLICY), lambda progress: None, lambda: False
    )
    assert not [f for rule in POLICY.requirements for f in rule.explain(problem, made.seating)]
    assert tuple(tier.price for tier in made.tiers) == prices(problem, made.seating)
    best = min(prices(problem, seating) for seating in every_seating(problem))
    for tier, least_price in zip(made.tiers, best, strict=True):
        assert tier.bound <= least_price  # type: ignore[operator]  # both int or both tuples
        if tier.price != least_price:
            assert not tier.proved
            break  # what the tiers after it could cost is another question


@settings(max_examples=40)
@given(problem=problems(most_seats=4), opened=st.integers(1, 20))
def test_excerpts_keep_a_plan_legal_and_only_make_it_better(problem: Problem, opened: int) -> None:
    by_hand = large.plan_by_hand(
        problem, POLICY, open_pairs(problem, POLICY), lambda progress: None, lambda: False
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiers, "MODELLED", -1)
        patch.setattr(large, "OPEN", opened)
        made = solve(problem, POLICY, Limits(work=0.5))
    assert not [f for rule in POLICY.requirements for f in rule.explain(problem, made.seating)]
    assert tuple(tier.price for tier in made.tiers) == prices(problem, made.seating)
    assert prices(problem, made.seating) <= prices(problem, by_hand.seating)
    for tier, before in zip(made.tiers, by_hand.tiers, strict=True):
        assert tier.bound == before.bound
    assert {(s, m) for s, m in problem.pinned} <= set(made.seating)


@settings(max_examples=40)
@given(problem=problems(), opened=st.integers(1, 40), seed=st.integers(0, 9))
def test_an_excerpt_holds_the_plan_and_what_its_people_could_take_from_one_another(
    problem: Problem, opened: int, seed: int
) -> None:
    pairs = open_pairs(problem, POLICY)
    assume(pairs)
    seating = first_rotation(problem, POLICY, Candidates(problem, pairs), Seating({}))
    excerpt = Excerpts(pairs, seed).draw(seating, opened)
    assert set(seating) <= set(excerpt.pairs) <= set(pairs)
    away = {member for _, member in excerpt.stay}
    assert set(excerpt.stay) == {(s, m) for s, m in seating if m in away}
    assert all(seating[s] is m or seating[s] not in away for s, m in excerpt.pairs)


@settings(max_examples=40)
@given(problem=problems())
def test_around_what_moves_stand_all_turns_that_fit_and_whoever_may_take_a_vacant_one(
    problem: Problem,
) -> None:
    pairs = open_pairs(problem, POLICY)
    some = set(around_what_moves(problem, pairs))
    stood = {pair for pair in problem.stood if pair in set(pairs)}
    assert stood | set(problem.pinned) <= some <= set(pairs)
    held = {s for s, _ in stood}
    assert {(s, m) for s, m in pairs if not s.is_shadow and s not in held} <= some


def test_excerpts_find_what_construction_left_to_comfort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ana and Ben would each rather not hold what the other one does not mind."""
    people = [
        someone("Ana", wishes={"hub": Wish.rather_not}),
        someone("Ben", wishes={"lab": Wish.rather_not}),
    ]
    problem = roster(people, [duty("hub", seat()), duty("lab", seat())], weeks=6)
    pairs, whole = open_pairs(problem, POLICY), solve(problem, POLICY)
    made = large.plan_by_hand(problem, POLICY, pairs, lambda progress: None, lambda: False)
    monkeypatch.setattr(tiers, "MODELLED", -1)
    better = solve(problem, POLICY, Limits(work=2))
    assert prices(problem, better.seating) == prices(problem, whole.seating)
    assert prices(problem, better.seating) < prices(problem, made.seating)


@settings(max_examples=60)
@given(problem=problems(most_seats=4), empty=st.integers(0, 2))
def test_somebody_reaches_the_counted_share_in_every_rotation(problem: Problem, empty: int) -> None:
    pairs = open_pairs(problem, POLICY)
    bound = least_share(problem, pairs, empty)
    able = {s for s, _ in pairs if not s.is_shadow}
    for seating in every_seating(problem):
        if sum(seating[s] is None for s in able) <= empty:
            served = loads(problem, seating)
            shares = [1000 * served[m] / e for m, e in problem.entitlements.items() if e]
            assert not shares or max(shares) >= bound - 1e-6


def test_counting_finds_the_few_who_bear_it_all() -> None:
    """Only Ana and Ben can do the hub, so that Chi's free hours lower nobody's share."""
    people = [someone(n, budget=480) for n in ("Ana", "Ben", "Chi")]
    problem = _entitled(roster(people, [duty("hub", seat(effort=120))], weeks=8), people)
    pairs = [(s, m) for s in problem.seats for m in problem.members if m.name != "Chi"]
    sixteen_hours = 8 * 120
    fair = sum(problem.entitlements[m] for m in ("ana", "ben"))
    assert least_share(problem, pairs, 0) == pytest.approx(1000 * sixteen_hours / fair, rel=0.01)


def test_counting_says_nothing_where_somebody_without_entitlement_may_hold_all() -> None:
    people = [someone("Ana"), someone("Ben")]
    problem = _entitled(roster(people, [duty("hub", seat(effort=60))]), people[:1])
    assert "ben" not in problem.entitlements
    assert least_share(problem, [(s, m) for s in problem.seats for m in people], 0) == 0


@settings(max_examples=40)
@given(problem=problems(most_seats=4))
def test_the_relaxation_bounds_every_goal_from_below(problem: Problem) -> None:
    model = build(problem, POLICY)
    rows = Rows()
    for tier in POLICY.open_tiers(problem):
        rules = POLICY.priced(tier)
        if tier.name == "fairness":
            continue
        goal = model.total(rule.weight * rule.cost(model, problem) for rule in rules)
        stated = line(model, goal)
        rows.follow(model)
        bound = least(rows, stated)
        names = [name for name, _ in _scored(problem)]
        place = names.index(tier.name)
        best = min(prices(problem, seating)[place] for seating in every_seating(problem))
        assert bound is not None
        assert bound <= best  # type: ignore[operator]  # fairness, the only tuple, is left out


@settings(max_examples=25)
@given(problem=problems(most_seats=4))
def test_a_plan_that_had_no_time_is_legal_and_its_bounds_hold(problem: Problem) -> None:
    made = solve(problem, POLICY, Limits(seconds=0))
    assert not [f for rule in POLICY.requirements for f in rule.explain(problem, made.seating)]
    assert tuple(tier.price for tier in made.tiers) == prices(problem, made.seating)
    best = min(prices(problem, seating) for seating in every_seating(problem))
    for tier, least_price in zip(made.tiers, best, strict=True):
        assert tier.bound <= least_price  # type: ignore[operator]  # both int or both tuples
        if not tier.proved:
            break
    assert made.interrupted


def test_turns_are_not_evened_out_once_the_time_is_up() -> None:
    people = [someone(n) for n in ("Ana", "Ben")]
    problem = _entitled(roster(people, [duty("hub", seat())], weeks=4), people)
    model = build(problem, POLICY)
    ana = Seating(dict.fromkeys(problem.seats, problem.members[0]))
    even = partial(even_turns, problem, POLICY, model, ana, ())
    assert dict(even(is_over=lambda: True)) == dict(ana)
    assert dict(even()) != dict(ana)


@settings(max_examples=25)
@given(problem=problems(most_seats=4))
def test_repair_before_search_changes_no_price(problem: Problem) -> None:
    expected = solve(problem, POLICY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portfolio, "LARGE", 0)
        repaired = solve(problem, POLICY)
    assert repaired.tiers == expected.tiers


def test_what_is_too_large_for_a_model_is_made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "MODELLED", -1)
    problem = quarter()
    made = solve(problem, POLICY, Limits(seconds=60))
    assert made.tiers[0].name == "must"
    assert made.tiers[0].proved
    assert {s for s in problem.seats if not s.is_shadow} == set(made.seating.holders)
    assert not made.interrupted


@settings(max_examples=25)
@given(problem=problems(most_seats=4))
def test_construction_makes_of_candidates_what_it_makes_of_a_model(problem: Problem) -> None:
    pairs, pins = open_pairs(problem, POLICY), Seating(dict(problem.pinned))
    ways: tuple[Able, Able] = Model(problem, pairs), Candidates(problem, pairs)
    one, other = (first_rotation(problem, POLICY, able, pins) for able in ways)
    assert dict(one) == dict(other)


def test_a_chain_goes_over_somebody_in_between() -> None:
    """Ana can do hub alone, Ben both, Chi the lab alone: Ana's load reaches Chi through Ben."""
    people = [someone(n, budget=4800) for n in ("Ana", "Ben", "Chi")]
    duties = (duty("hub", seat(effort=60)), duty("lab", seat(effort=60)))
    problem = roster(people, duties, weeks=4)
    ana, ben, chi = problem.members
    hub = [s for s in problem.seats if s.duty.id == "hub"]
    lab = [s for s in problem.seats if s.duty.id == "lab"]
    able = {"hub": (ana, ben), "lab": (ben, chi)}
    model = Model(problem, [(s, m) for s in problem.seats for m in able[s.duty.id]])
    held = {**dict.fromkeys(hub, ana), **dict.fromkeys(lab, ben)}
    hands = Hands(problem, Seating(held))
    Chains(hands, model, dict.fromkeys(problem.members, 60), lambda moves: True).relieve()
    assert sorted(hands.served.values()) == [120, 180, 180]


@settings(max_examples=40)
@given(problem=problems())
def test_chains_keep_every_seat_filled_and_only_lower_the_worst_off(problem: Problem) -> None:
    model = build(problem, POLICY)
    held = {s: c[0][0] for s in problem.seats if not s.is_shadow and (c := model.candidates(s))}
    hands = Hands(problem, Seating(held))
    targets = {m: e for m in problem.members if (e := problem.entitlements.get(m.id))}
    before = _shares(hands, targets)
    Chains(hands, model, targets, _allowed(model)).relieve()
    assert set(hands.holders) == set(held)
    assert _shares(hands, targets) <= before


def _allowed(model: Model) -> Accepts:
    def accepts(moves: tuple[Move, ...]) -> bool:
        return all(model.holds(s, member) is not None for s, member in moves)

    return accepts


def _shares(hands: Hands, targets: dict[Member, int]) -> list[float]:
    return sorted((hands.served[m] / target for m, target in targets.items()), reverse=True)


def _scored(problem: Problem) -> Sequence[tuple[str, Price]]:
    return score(problem, POLICY, Seating({})).tiers


def _entitled(problem: Problem, people: Sequence[Member]) -> Problem:
    return entitled(problem, set(people))


def test_a_plan_made_by_hand_is_told_of_before_it_is_levelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tiers, "MODELLED", -1)
    told: list[Progress] = []
    solve(quarter(), POLICY, watch=told.append)
    early = list(takewhile(lambda progress: progress.tier == "must", told))
    assert [progress.value for progress in early] == [0] * len(early)
    assert len(early) > 1
    assert early[0].seconds < told[len(early)].seconds
