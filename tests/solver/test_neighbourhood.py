"""Parts of a plan freed while all else stays: what is found there fits the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.problem import Problem
from scheduler.rules.card import OrderedPreference
from scheduler.rules.model import Model
from scheduler.solver.engine import Reached
from scheduler.solver.frame import build
from scheduler.solver.neighbourhood import Neighbourhoods
from scheduler.solver.rows import Line, Row, Rows
from tests.rules.builders import roster
from tests.rules.problems import problems
from tests.solver.programs import (
    Program,
    Told,
    branching,
    empty_plan,
    nobody,
    programs,
    searching,
)
from tests.solver.test_solve import POLICY


@settings(max_examples=60)
@given(program=programs(), data=st.data())
def test_a_part_solved_and_put_back_meets_every_row(program: Program, data: st.DataObject) -> None:
    rows, goal, start = program.rows, program.goal, program.start
    columns = st.sets(st.sampled_from(range(len(start))))
    free = sorted(data.draw(columns))
    inside, priced = rows.part(free, start), goal.part(free, start)
    assert inside.are_met([start[column] for column in free])
    assert priced.at([start[column] for column in free]) == goal.at(start)
    some = [data.draw(st.integers(*rows.bounds[column])) for column in free]
    whole = list(start)
    for column, value in zip(free, some, strict=True):
        whole[column] = value
    assert inside.are_met(some) == rows.are_met(whole)
    assert priced.at(some) == goal.at(whole)
    assert inside.size <= rows.size


def test_a_row_that_forbids_nothing_is_idle() -> None:
    bounds = [(0, 2), (0, 1)]
    assert Row([0, 1], [1, -3], -3, 2).is_idle(bounds)
    assert not Row([0, 1], [1, -3], -2, 2).is_idle(bounds)
    assert not Row([0, 1], [1, -3], -3, 1).is_idle(bounds)
    assert Row([0, 1], [1, -3], None, None).is_idle(bounds)


def search(program: Program, *, work: float = 1.0, seed: int = 0, told: Told = nobody) -> Reached:
    near = Neighbourhoods(program.model, program.rows, program.goal, seed)
    start = replace(program.reached, bound=program.least)
    return near.search(branching(work, told=told), start, lambda: False)


@pytest.mark.parametrize("people", [1, 4])
def test_a_plan_gets_better_up_to_its_bound(people: int) -> None:
    plan = empty_plan(people=people)
    told: list[int] = []
    reached = search(plan, work=5.0, told=lambda value, bound: told.append(value))
    assert reached.value == reached.bound == plan.least
    assert plan.rows.are_met(reached.values)
    assert plan.goal.at(reached.values) == reached.value
    assert told == sorted(set(told), reverse=True)
    assert told[-1] == reached.value < plan.goal.at(plan.start)


def test_the_same_seed_takes_the_same_steps() -> None:
    plan = empty_plan(weeks=3)
    assert search(plan, seed=5) == search(plan, seed=5)


@pytest.mark.parametrize("work", [0.0, 0.05])
def test_it_ends_with_its_work_though_nothing_is_to_be_found(work: float) -> None:
    """The bound is loose, so that only the work ends it."""
    plan = empty_plan(weeks=2)
    best = searching().minimise(plan.model, plan.expression)
    near = Neighbourhoods(plan.model, plan.rows, plan.goal, 0)
    start = replace(best, bound=best.value - 1, work=0.0)
    reached = near.search(branching(work), start, lambda: False)
    assert (reached.values, reached.value, reached.bound) == (best.values, best.value, start.bound)
    assert reached.work >= work


def test_it_ends_when_the_time_is_up() -> None:
    plan = empty_plan(weeks=2)
    near = Neighbourhoods(plan.model, plan.rows, plan.goal, 0)
    assert near.search(branching(), plan.reached, lambda: True) == plan.reached


@pytest.mark.parametrize("seed", range(4))
def test_a_goal_that_nothing_can_change_is_left_as_it_is(seed: int) -> None:
    plan = empty_plan(weeks=2)
    near = Neighbourhoods(plan.model, plan.rows, Line({}, 4), seed)
    start = Reached(plan.start, 4, 3, 0.0)
    assert near.search(branching(work=0.1), start, lambda: False).values == plan.start


def test_a_plan_without_turns_is_left_as_it_is() -> None:
    model = Model(roster([], []))
    price = model.number(3)
    rows = Rows()
    rows.follow(model)
    near = Neighbourhoods(model, rows, Line({price.index: 1}, 0), 0)
    start = Reached([2], 2, 0, 0.0)
    assert near.search(branching(work=0.1), start, lambda: False).value <= 2


@settings(max_examples=15)
@given(problem=problems())
def test_no_price_of_the_rules_gets_worse(problem: Problem) -> None:
    model = build(problem, POLICY)
    rules = [rule for tier in POLICY.open_tiers(problem) for rule in POLICY.priced(tier)]
    summed = [rule for rule in rules if not isinstance(rule, OrderedPreference)]
    goal = model.total(rule.cost(model, problem) for rule in summed)
    model.hint_holders(dict(problem.pinned))
    program = Program(model, goal, searching().complete(model, goal).values)
    near = Neighbourhoods(model, program.rows, program.goal, 1)
    reached = near.search(branching(work=0.05), program.reached, lambda: False)
    assert program.rows.are_met(reached.values)
    assert program.goal.at(reached.values) == reached.value <= program.reached.value
