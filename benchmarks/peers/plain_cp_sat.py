"""CP-SAT as its own shift scheduling example has it: a Boolean for each member in each seat, hard
constraints, and one weighted sum to minimise, with fairness as the range between the highest and
the lowest. The parameters are the defaults, but for the time limit and the seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TypeAlias

from ortools.sat.python import cp_model

from benchmarks import goal
from benchmarks.facts import Facts, Pair
from benchmarks.found import CLOSE, NEAR, Found, Run, is_near, stopwatch

Expression: TypeAlias = cp_model.LinearExpr | cp_model.IntVar | int
Held: TypeAlias = dict[Pair, cp_model.IntVar]
total = cp_model.LinearExpr.sum


def plan(run: Run) -> Found:
    """Who holds each seat in the best solution found."""
    elapsed = stopwatch()
    facts = run.facts
    model = cp_model.CpModel()
    held = {
        (seat, member): model.new_bool_var("")
        for seat, place in enumerate(facts.places)
        for member in place.able
    }
    filled = _require(model, facts, held)
    model.minimize(_goal(model, facts, held, filled))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, run.seconds - elapsed())
    solver.parameters.random_seed = run.seed
    must = [filled[seat] for seat, place in enumerate(facts.places) if place.must]
    diary = _Diary(elapsed, must)
    status = solver.solve(model, diary)
    seconds = elapsed()
    solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = solver.best_objective_bound if status != cp_model.MODEL_INVALID else None
    return Found(
        holders={
            facts.places[seat].key: facts.members[member]
            for (seat, member), x in held.items()
            if solved and solver.value(x)
        },
        seconds=seconds,
        first=diary.first,
        near=diary.within(NEAR, bound),
        close=diary.within(CLOSE, bound),
        proof=seconds if status == cp_model.OPTIMAL else None,
        value=solver.objective_value if solved else None,
        bound=bound,
        note="" if solved else "no solution in time",
    )


class _Diary(cp_model.CpSolverSolutionCallback):
    def __init__(self, elapsed: Callable[[], float], must: list[Expression]) -> None:
        super().__init__()
        self._elapsed, self._must = elapsed, must
        self.first: float | None = None
        self.values: list[tuple[float, float]] = []

    def on_solution_callback(self) -> None:
        self.values.append((self._elapsed(), self.objective_value))
        if self.first is None and all(self.value(filled) for filled in self._must):
            self.first = self._elapsed()

    def within(self, part: float, bound: float | None) -> float | None:
        """When a value lay within a part of the bound first."""
        if bound is None:
            return None
        return next((at for at, value in self.values if is_near(value, bound, part)), None)


def _require(model: cp_model.CpModel, facts: Facts, held: Held) -> list[Expression]:
    """The hard constraints, and for each seat whether it is filled."""
    filled: list[Expression] = []
    work: dict[tuple[int, int], list[Expression]] = defaultdict(list)
    for seat, place in enumerate(facts.places):
        mine = [held[seat, member] for member in place.able]
        empty = model.new_bool_var("")
        model.add_exactly_one(*mine, empty)
        filled.append(1 - empty)
        for member in place.able:
            for week, minutes in place.weeks:
                work[member, week].append(minutes * held[seat, member])
    for key, minutes_in in work.items():
        model.add(total(minutes_in) <= facts.budgets[key])
    for group in (*facts.clashes, *facts.meetings):
        model.add(total([held[pair] for pair in group.pairs]) <= group.most)
    for seat, place in enumerate(facts.places):
        if place.shadow:
            model.add(filled[seat] <= total([filled[guide] for guide in place.guides]))
    for mentoring in facts.mentoring:
        both: list[cp_model.IntVar] = []
        for guide, shadow in mentoring.beside:
            both.append(model.new_bool_var(""))
            model.add(both[-1] >= held[guide, mentoring.member] + filled[shadow] - 1)
        model.add(total(both) <= mentoring.most)
    return filled


def _goal(
    model: cp_model.CpModel, facts: Facts, held: Held, filled: list[Expression]
) -> Expression:
    costs: list[Expression] = [
        goal.empty(place.must, place.value, place.shadow) * (1 - filled[seat])
        for seat, place in enumerate(facts.places)
    ]
    costs += [-goal.DISLIKED * like * held[pair] for pair, like in facts.likes.items()]
    loads: dict[int, list[Expression]] = defaultdict(list)
    for (seat, member), minutes in facts.loads.items():
        if facts.entitlements[member]:
            loads[member].append(minutes * held[seat, member])
    most: dict[int, int] = defaultdict(int)
    for (_, member), minutes in facts.loads.items():
        most[member] += minutes
    top = max(
        (1000 * (most[m] + facts.served[m]) // facts.entitlements[m] + 1 for m in loads), default=0
    )
    highest, lowest = model.new_int_var(0, top, ""), model.new_int_var(0, top, "")
    for member, terms in loads.items():
        load = 1000 * (total(terms) + facts.served[member])
        model.add(load <= facts.entitlements[member] * highest)
        model.add(load >= facts.entitlements[member] * lowest)
    spread = model.new_int_var(0, top, "")
    model.add(spread == highest - lowest)
    return total([*costs, goal.SPREAD * spread])
