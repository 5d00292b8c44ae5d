"""The solver against every rotation there is, and its promises about limits and repeatability."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from scheduler.domain.fairness import entitled
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.review.scorecard import score
from scheduler.rules.book import TIERS, Policy, Tier, fitting
from scheduler.solver import Interrupt, Limits, Outcome, Progress, solve
from tests.rules.builders import duty, roster, seat, someone
from tests.rules.problems import problems

POLICY = Policy(tiers=tuple(Tier(tier.name) for tier in TIERS))
"""The rule book, with tiers that give nothing."""


def every_seating(problem: Problem) -> Iterator[Seating]:
    """All rotations that break no requirement."""
    choices = product((None, *problem.members), repeat=len(problem.seats))
    for choice in choices:
        pairs = zip(problem.seats, choice, strict=True)
        seating = Seating({seat: member for seat, member in pairs if member is not None})
        if not any(finding for r in POLICY.requirements for finding in r.explain(problem, seating)):
            yield seating


def prices(problem: Problem, seating: Seating) -> tuple[Price, ...]:
    return tuple(price for _, price in score(problem, POLICY, seating).tiers)


def quarter(weeks: int = 8) -> Problem:
    """Five people and three duties: enough to be interesting, quick to prove."""
    people = [someone(name, budget=480) for name in ("Ana", "Ben", "Chi", "Dee", "Eli")]
    duties = (
        duty("hub", seat(must=True), seat("secondary")),
        duty("lab", seat()),
        duty("docs", seat(effort=60)),
    )
    problem = roster(people, duties, weeks)
    return entitled(problem, {member for _, member in fitting(problem, POLICY)})


@settings(max_examples=60)
@given(problem=problems(most_seats=4))
def test_the_prices_are_the_least_of_all_rotations(problem: Problem) -> None:
    outcome = solve(problem, POLICY)
    best = min(prices(problem, seating) for seating in every_seating(problem))
    assert tuple(tier.price for tier in outcome.tiers) == best
    assert tuple(tier.bound for tier in outcome.tiers) == best
    assert all(tier.proved for tier in outcome.tiers)
    assert not outcome.interrupted


@settings(max_examples=40)
@given(problem=problems())
def test_an_outcome_breaks_no_requirement_and_its_bounds_lie_below(problem: Problem) -> None:
    outcome = solve(problem, POLICY, Limits(work=0.2))
    for rule in POLICY.requirements:
        assert list(rule.explain(problem, outcome.seating)) == []
    for tier in outcome.tiers:
        assert tier.bound <= tier.price  # type: ignore[operator]  # both int or both tuples
        assert not tier.proved or tier.bound == tier.price


def test_the_same_inputs_give_the_same_rotation() -> None:
    first, second = solve(quarter(), POLICY), solve(quarter(), POLICY)
    assert holders(first.seating) == holders(second.seating)
    assert first.tiers == second.tiers


def test_a_tier_that_gives_pays_no_more_than_it_may() -> None:
    problem = quarter()
    draft = {s.key: "ana" for s in problem.seats if s.duty.id == "docs"}
    for tier in (Tier("draft", give=50), Tier("draft", spare=3)):
        generous = Policy(tiers=tuple(tier if t.name == "draft" else t for t in POLICY.tiers))
        strict = solve(replace(problem, draft=draft), POLICY)
        giving = solve(replace(problem, draft=draft), generous)
        kept = next(t for t in giving.tiers if t.name == "draft")
        assert isinstance(kept.price, int)
        assert isinstance(kept.bound, int)
        assert kept.given == kept.price - kept.bound > 0
        assert kept.price <= tier.limit(kept.bound)
        assert after_the_draft(giving) < after_the_draft(strict)


def after_the_draft(outcome: Outcome) -> tuple[Price, ...]:
    names = [tier.name for tier in outcome.tiers]
    return tuple(tier.price for tier in outcome.tiers[names.index("draft") + 1 :])


def test_no_allowance_of_work_still_gives_a_rotation_with_honest_bounds() -> None:
    problem = quarter()
    outcome = solve(problem, POLICY, Limits(work=0.0))
    assert tuple(tier.price for tier in outcome.tiers) == prices(problem, outcome.seating)
    assert not outcome.interrupted


def test_an_interrupt_before_the_start_keeps_the_pins_and_says_so() -> None:
    problem = quarter()
    pinned = problem.seats[0]
    interrupt = Interrupt()
    interrupt.set()
    outcome = solve(replace(problem, pins={pinned.key: "ana"}), POLICY, interrupt=interrupt)
    assert holders(outcome.seating) == {pinned.key: "ana"}
    assert outcome.interrupted


def test_an_interrupt_in_the_middle_keeps_the_best_found() -> None:
    interrupt = Interrupt()

    def stop_in_fairness(progress: Progress) -> None:
        if progress.tier == "fairness":
            interrupt.set()

    problem = quarter()
    outcome = solve(problem, POLICY, watch=stop_in_fairness, interrupt=interrupt)
    assert outcome.interrupted
    assert next(tier for tier in outcome.tiers if tier.name == "must").price == 0
    assert tuple(tier.price for tier in outcome.tiers) == prices(problem, outcome.seating)


def test_an_interrupt_after_the_last_proof_says_that_turns_were_not_evened_out() -> None:
    told: list[Progress] = []
    whole = solve(quarter(), POLICY, watch=told.append)
    assert not whole.interrupted
    interrupt, left = Interrupt(), [len(told)]

    def stop_in_the_end(progress: Progress) -> None:
        left[0] -= 1
        if not left[0]:
            interrupt.set()

    outcome = solve(quarter(), POLICY, watch=stop_in_the_end, interrupt=interrupt)
    assert outcome.tiers == whole.tiers
    assert all(tier.proved for tier in outcome.tiers)
    assert outcome.interrupted


def test_an_interrupt_from_another_thread_ends_a_running_search() -> None:
    interrupt = Interrupt()
    timer = threading.Timer(0.5, interrupt.set)
    timer.start()
    outcome = solve(crowded(), POLICY, Limits(work=1e6), interrupt=interrupt)
    timer.join()
    assert outcome.interrupted


def test_the_clock_ends_a_search_and_marks_it() -> None:
    outcome = solve(crowded(), POLICY, Limits(work=1e6, seconds=0.5))
    assert outcome.interrupted
    assert not all(tier.proved for tier in outcome.tiers)


def test_pins_that_break_a_requirement_are_refused() -> None:
    problem = quarter()
    both = {s.key: "ana" for s in problem.seats[:2]}
    with pytest.raises(ValueError, match="at the same time"):
        solve(replace(problem, pins=both), POLICY)


def test_a_draft_is_kept_where_it_costs_nothing() -> None:
    problem = quarter()
    first = solve(problem, POLICY)
    draft = holders(first.seating)
    again = solve(replace(problem, draft=draft), POLICY, Limits(seed=7))
    assert holders(again.seating) == draft


def test_a_tier_without_rules_costs_nothing() -> None:
    outcome = solve(quarter(1), Policy(tiers=(Tier("nothing"), *TIERS)))
    assert outcome.tiers[0].price == 0
    assert outcome.tiers[0].proved


def crowded() -> Problem:
    """Far too much for half a second: thirty people of different budgets, a year, five duties."""
    people = [someone(f"P{n}", budget=240 + 17 * n) for n in range(30)]
    duties = [duty(f"d{n}", seat(effort=97 + 13 * n), seat("secondary")) for n in range(5)]
    problem = roster(people, duties, 52)
    return entitled(problem, set(people))


def holders(seating: Seating) -> dict[tuple[str, str], str]:
    return {s.key: member.id for s, member in seating}


def test_an_interrupt_at_any_moment_leaves_bounds_that_can_be_written_down() -> None:
    for told in range(1, 12):
        interrupt = Interrupt()
        left = [told]

        def stop(progress: Progress, left: list[int] = left, by: Interrupt = interrupt) -> None:
            left[0] -= 1
            if not left[0]:
                by.set()

        outcome = solve(quarter(), POLICY, watch=stop, interrupt=interrupt)
        for tier in outcome.tiers:
            bounds = tier.bound if isinstance(tier.bound, tuple) else (tier.bound,)
            assert min(bounds, default=0) >= 0
            assert tier.bound <= tier.price  # type: ignore[operator]  # both int or both tuples
