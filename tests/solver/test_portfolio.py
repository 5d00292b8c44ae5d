"""Several means in turn at one goal: they end, and what they say is true."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from scheduler.rules.model import Model
from scheduler.solver import portfolio
from scheduler.solver.branch import Branching
from scheduler.solver.clock import Clock
from scheduler.solver.engine import NONE, Interrupt, Reached, Search
from scheduler.solver.neighbourhood import Neighbourhoods
from scheduler.solver.outcome import Limits, Means
from scheduler.solver.portfolio import Portfolio
from tests.rules.builders import roster
from tests.solver.programs import Program, empty_plan, programs, searching


class Heard:
    """What a portfolio tells on the way."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []
        self.means: list[Means] = []

    def tell(self, value: int, bound: int) -> None:
        self.told.append((value, bound))

    def take(self, means: Means, before: Reached | None, after: Reached) -> None:
        assert before is not None  # no published turn stands here
        assert after.value <= before.value
        assert after.bound >= before.bound
        assert after.work >= before.work
        self.means.append(means)


def nothing(*_: object) -> Reached:
    """What a means comes to that finds and counts nothing, in next to no time."""
    return Reached([], 0, NONE, 1e-3)


def minimise(
    program: Program, work: float = 5.0, seconds: float | None = None, heard: Heard | None = None
) -> Reached:
    heard = heard or Heard()
    program.model.hint(program.start)
    clock = Clock(seconds, Interrupt())
    whole = Portfolio(roster([], []), program.model, Limits(work, seconds))
    return whole.minimise(program.expression, work, clock, heard.tell, heard.take)


@settings(max_examples=40)
@given(program=programs(costs=0))
def test_a_small_goal_is_proved(program: Program) -> None:
    least = program.least
    heard = Heard()
    reached = minimise(program, heard=heard)
    assert reached.value == reached.bound == least
    assert program.rows.are_met(reached.values)
    assert heard.told[-1] == (least, least)


def test_a_plan_is_proved_and_every_step_brings_it_nearer() -> None:
    plan, heard = empty_plan(), Heard()
    least = plan.least
    reached = minimise(plan, heard=heard)
    assert reached.value == reached.bound == least
    assert heard.told[0] == (plan.goal.at(plan.start), 0)
    for (value, bound), (later, higher) in pairwise(heard.told):
        assert bound <= higher <= least <= later <= value
        assert (value, bound) != (later, higher)


@pytest.mark.parametrize(("work", "seconds"), [(0.0, None), (5.0, 0.0), (5.0, -1.0)])
def test_without_work_or_time_the_start_stays(work: float, seconds: float | None) -> None:
    plan, heard = empty_plan(), Heard()
    least = plan.least
    reached = minimise(plan, work, seconds, heard)
    assert 0 <= reached.bound <= least <= reached.value <= plan.goal.at(plan.start)
    assert plan.rows.are_met(reached.values)
    if seconds is not None:
        assert reached.values == plan.start
        assert not heard.means


def test_it_ends_though_no_means_finds_or_counts_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each says that it took next to nothing, and the bound of the relaxation is unknown."""
    plan, heard = empty_plan(weeks=2), Heard()
    monkeypatch.setattr(portfolio, "least", lambda *_: None)
    monkeypatch.setattr(Search, "minimise", nothing)
    monkeypatch.setattr(Branching, "minimise", nothing)
    monkeypatch.setattr(Neighbourhoods, "search", lambda near, search, start, over: start)
    reached = minimise(plan, 0.05, heard=heard)
    assert reached.values == plan.start
    assert reached.bound == 0
    assert reached.work >= 0.05
    assert set(heard.means) == {
        Means.relaxation,
        Means.search,
        Means.branching,
        Means.neighbourhoods,
    }


@pytest.mark.parametrize(
    ("large", "order"),
    [
        (1_000, "relaxation search branching neighbourhoods neighbourhoods search"),
        (0, "relaxation repair neighbourhoods neighbourhoods branching search neighbourhoods"),
    ],
)
def test_neighbourhoods_go_on_while_they_come_far_and_come_first_where_a_plan_is_large(
    monkeypatch: pytest.MonkeyPatch, large: int, order: str
) -> None:
    plan, heard = empty_plan(weeks=2), Heard()
    gains = iter([plan.goal.at(plan.start) // 2])

    def freed(near: object, search: Branching, start: Reached, over: object) -> Reached:
        return replace(start, value=start.value - next(gains, 0), work=start.work + 1e-3)

    monkeypatch.setattr(portfolio, "LARGE", large)
    monkeypatch.setattr(portfolio, "TERMS", 9)  # also a goal of many terms is repaired
    monkeypatch.setattr(portfolio, "least", lambda *_: None)
    for kind, name in ((Search, "minimise"), (Search, "repair"), (Branching, "minimise")):
        monkeypatch.setattr(kind, name, nothing)
    monkeypatch.setattr(Neighbourhoods, "search", freed)
    minimise(plan, 0.05, heard=heard)
    expected = [Means[name] for name in order.split()]
    assert heard.means[: len(expected)] == expected


@pytest.mark.parametrize("start", [[], [1]])
def test_a_goal_that_nothing_can_change_is_proved_at_once(start: list[int]) -> None:
    """Also where there is no variable at all, so that the solution is an empty list."""
    model, heard = Model(roster([], [])), Heard()
    for _ in start:
        model.number(3)
    reached = minimise(Program(model, 4, start), heard=heard)
    assert reached.value == reached.bound == 4
    assert heard.means == [Means.relaxation]


def test_the_last_seed_has_one_after_it() -> None:
    model = Model(roster([], []))
    one, other = model.number(9), model.number(9)
    model.at_least(one + other, 5)
    program = Program(model, one + other, [9, 9])
    search = replace(searching(), seed=portfolio.SEEDS - 1)
    turns = portfolio._Turns(
        Portfolio(roster([], []), model, Limits()),
        program.expression,
        search,
        Clock(None, Interrupt()),
    )
    assert turns._branched(1, 1.0, program.reached).value == 5
