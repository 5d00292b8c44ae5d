"""Small integer programs, stated through a model as rules state theirs, each with a solution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from scheduler.domain.fairness import entitled
from scheduler.rules.model import Expression, Model
from scheduler.solver.branch import Branching
from scheduler.solver.engine import NONE, Interrupt, Reached, Search
from scheduler.solver.frame import build
from scheduler.solver.rows import Line, Rows, line
from tests.rules.builders import duty, roster, seat, someone
from tests.solver.test_solve import POLICY

Told = Callable[[int, int], None]


def nobody(value: int, bound: int) -> None:
    """Told, and does not listen."""


@dataclass(frozen=True)
class Program:
    """A goal over a model, the same as rows, and a solution to start from."""

    model: Model
    expression: Expression
    start: list[int]

    @property
    def rows(self) -> Rows:
        found = Rows()
        found.follow(self.model)
        return found

    @property
    def goal(self) -> Line:
        return line(self.model, self.expression)

    @property
    def least(self) -> int:
        """By complete search."""
        return searching().minimise(self.model, self.expression).value

    @property
    def reached(self) -> Reached:
        """The start, of which nothing is known."""
        return Reached(self.start, self.goal.at(self.start), NONE, 0.0)


def searching() -> Search:
    return Search(0, 10.0, None, Interrupt(), nobody)


def branching(
    work: float = 10.0, interrupt: Interrupt | None = None, told: Told = nobody
) -> Branching:
    return Branching(0, work, None, interrupt or Interrupt(), told)


@st.composite
def programs(draw: st.DrawFn, costs: int = -4) -> Program:
    """Up to six numbers under up to five inequalities, all of which the start meets; no coefficient
    of the goal is below ``costs``, nor is its constant."""
    model = Model(roster([], []))
    most = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    start = [draw(st.integers(0, number)) for number in most]
    variables = [model.number(number) for number in most]
    coefficients = st.lists(st.integers(-4, 4), min_size=len(most), max_size=len(most))
    for row in draw(st.lists(coefficients, max_size=5)):
        if any(row):
            at_start = sum(c * value for c, value in zip(row, start, strict=True))
            expression = model.total(c * x for c, x in zip(row, variables, strict=True))
            model.at_most(expression, at_start + draw(st.integers(0, 3)))
    prices = draw(st.tuples(*[st.integers(costs, 4)] * len(most)))
    goal = model.total(c * x for c, x in zip(prices, variables, strict=True))
    return Program(model, goal + draw(st.integers(costs, 9)), start)


def empty_plan(weeks: int = 6, people: int = 4) -> Program:
    """Everybody is there and nobody does anything yet: a seat left empty costs 20, and a person's
    every 100 minutes beyond the first 100 cost 1."""
    team = [someone(f"P{n}", budget=480) for n in range(people)]
    problem = roster(team, [duty("hub", seat(effort=70)), duty("lab", seat(effort=45))], weeks)
    model = build(entitled(problem, set(team)), POLICY)
    price = model.total(20 * model.empty(s) for s in problem.seats)
    for member in problem.members:
        minutes = model.total(s.effort * x for s, x in model.turns(member))
        steps = model.number(50)
        model.at_most(minutes - 100 * steps, 100)
        price += steps
    model.hint_holders({})
    return Program(model, price, searching().complete(model, price).values)
