"""Branch and cut beside complete search, on programs so small that both come to the end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from scheduler.rules.model import Model
from scheduler.solver.branch import CALL
from scheduler.solver.engine import NONE, Interrupt
from scheduler.solver.rows import Line, Rows
from tests.rules.builders import roster
from tests.solver.programs import Program, branching, empty_plan, programs


@settings(max_examples=100)
@given(program=programs())
def test_it_comes_to_the_same_least_value_as_complete_search(program: Program) -> None:
    rows, goal = program.rows, program.goal
    reached = branching().minimise(rows, goal, program.start)
    assert reached.value == reached.bound == program.least
    assert goal.at(reached.values) == reached.value
    assert rows.are_met(reached.values)


@settings(max_examples=60)
@given(program=programs())
def test_without_work_it_is_never_worse_than_its_start_and_bounds_nothing_away(
    program: Program,
) -> None:
    rows, goal = program.rows, program.goal
    reached = branching(work=0.0).minimise(rows, goal, program.start)
    assert reached.bound <= program.least <= reached.value <= goal.at(program.start)
    assert goal.at(reached.values) == reached.value
    assert rows.are_met(reached.values)


@settings(max_examples=30)
@given(program=programs())
def test_an_interrupt_before_the_start_gives_the_start_back(program: Program) -> None:
    interrupt = Interrupt()
    interrupt.set()
    reached = branching(interrupt=interrupt).minimise(program.rows, program.goal, program.start)
    assert reached.values == program.start
    assert reached.bound == NONE


def test_a_plan_is_planned_and_proved() -> None:
    plan = empty_plan()
    told: list[tuple[int, int]] = []
    search = branching(told=lambda value, bound: told.append((value, bound)))
    reached = search.minimise(plan.rows, plan.goal, plan.start)
    assert reached.value == reached.bound == plan.least < plan.goal.at(plan.start)
    assert min(value for value, _ in told) == reached.value
    assert max(bound for _, bound in told) <= reached.value


def test_an_interrupt_on_the_way_ends_it_with_what_there_is() -> None:
    plan = empty_plan()
    interrupt = Interrupt()
    search = branching(interrupt=interrupt, told=lambda value, bound: interrupt.set())
    reached = search.minimise(plan.rows, plan.goal, plan.start)
    assert reached.bound <= plan.least <= reached.value <= plan.goal.at(plan.start)
    assert plan.rows.are_met(reached.values)


def test_the_same_call_takes_the_same_steps() -> None:
    plan = empty_plan()
    first, second = (branching().minimise(plan.rows, plan.goal, plan.start) for _ in range(2))
    assert first == second


def test_it_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    plan = empty_plan(weeks=2)
    branching().minimise(plan.rows, plan.goal, plan.start)
    assert capfd.readouterr() == ("", "")


@settings(max_examples=20)
@given(program=programs())
def test_a_goal_without_terms_is_its_constant(program: Program) -> None:
    reached = branching().minimise(program.rows, Line({}, 4), program.start)
    assert (reached.values, reached.value, reached.bound) == (program.start, 4, 4)


def test_a_program_without_variables_has_one_solution() -> None:
    reached = branching().minimise(Rows(), Line({}, 4), [])
    assert (reached.values, reached.value, reached.bound) == ([], 4, 4)


def test_a_start_that_highs_finds_better_than_it_is_does_not_end_the_search() -> None:
    """HiGHS 1.16 takes the start, which costs 3, for 1, and proves that nothing is below that."""
    model = Model(roster([], []))
    a, b, c, d = (model.number(most) for most in (3, 1, 3, 4))
    model.at_least(3 * a + 2 * b + 2 * c - 2 * d, -1)
    model.at_least(c - 3 * d, -9)
    model.at_most(c - 3 * d, -7)
    program = Program(model, a + 2 * b + c, [1, 1, 0, 3])
    reached = branching().minimise(program.rows, program.goal, program.start)
    assert reached.value == reached.bound == program.least == 2
    assert reached.work > 2 * CALL  # two runs: without the second, the quirk is gone
