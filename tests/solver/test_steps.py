"""What is told of how a plan came about agrees with the plan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price
from scheduler.solver import Limits, Means, Outcome, Step, solve, solve_apart, tiers
from tests.rules.problems import problems
from tests.solver.test_apart import teams
from tests.solver.test_solve import POLICY, quarter

ON_ONE_GOAL = (
    Means.relaxation,
    Means.repair,
    Means.neighbourhoods,
    Means.branching,
    Means.search,
)


@settings(max_examples=40)
@given(problem=problems(most_seats=4))
def test_the_steps_lead_to_the_prices_and_no_search_makes_them_worse(problem: Problem) -> None:
    _agrees(solve(problem, POLICY))


def test_the_steps_of_a_quarter_lead_to_its_prices() -> None:
    outcome = solve(quarter(), POLICY, Limits(work=1))
    _agrees(outcome)
    assert {Means.start, Means.chains, Means.relaxation} <= {step.means for step in outcome.steps}


def test_the_steps_of_a_plan_made_by_hand_tell_what_counting_brought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tiers, "MODELLED", 0)
    outcome = solve(quarter(), POLICY)
    (counted,) = (step for step in outcome.steps if step.means is Means.counting)
    assert counted.tier == "fairness"
    assert counted.bound_after == _first(outcome.tiers[2].bound) > counted.bound_before
    assert outcome.tiers[2].name == "fairness"


def test_the_steps_of_parts_carry_their_numbers() -> None:
    outcome = solve_apart(teams(2), POLICY)
    assert len(outcome.parts) == 2
    assert {step.part for step in outcome.steps} == {1, 2}


def _agrees(outcome: Outcome) -> None:
    last: dict[str, Step] = {}
    for step in outcome.steps:
        last[step.tier] = step
        if step.means in ON_ONE_GOAL:
            # Where published turns stand, a short search may settle a goal before anything else.
            assert step.before is not None or step.means is Means.search
            assert step.before is None or step.after <= step.before
            assert step.bound_after >= step.bound_before
            assert step.bound_after <= step.after
    for tier in outcome.tiers:
        assert last[tier.name].after == _first(tier.price)


def _first(price: Price) -> int:
    return price if isinstance(price, int) else next(iter(price), 0)
