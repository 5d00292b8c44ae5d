"""The model of ``plain_cp_sat`` as a mixed-integer programme on HiGHS, through OR-Tools' math_opt.

HiGHS calls nobody back there, so that only the end of its search can be told.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from ortools.math_opt.python import mathopt

from benchmarks import goal
from benchmarks.facts import Facts, Pair
from benchmarks.found import CLOSE, Found, Run, is_near, stopwatch

Held = dict[Pair, mathopt.Variable]


def plan(run: Run) -> Found:
    """Who holds each seat in the best solution found."""
    elapsed = stopwatch()
    facts = run.facts
    model = mathopt.Model()
    held = {
        (seat, member): model.add_binary_variable()
        for seat, place in enumerate(facts.places)
        for member in place.able
    }
    filled = _require(model, facts, held)
    model.minimize(_goal(model, facts, held, filled))
    left = timedelta(seconds=max(0.01, run.seconds - elapsed()))
    result = mathopt.solve(
        model,
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(time_limit=left, random_seed=run.seed),
    )
    seconds = elapsed()
    solved = result.has_primal_feasible_solution()
    values = result.variable_values() if solved else {}
    proved = result.termination.reason is mathopt.TerminationReason.OPTIMAL
    value = result.objective_value() if solved else None
    bound = result.termination.objective_bounds.dual_bound
    must = [seat for seat, place in enumerate(facts.places) if place.must]
    taken = {pair for pair, x in held.items() if solved and values[x] > 0.5}
    complete = {seat for seat, _ in taken}.issuperset(must)
    return Found(
        holders={facts.places[seat].key: facts.members[member] for seat, member in taken},
        seconds=seconds,
        first=seconds if complete else None,
        near=seconds if value is not None and is_near(value, bound) else None,
        close=seconds if value is not None and is_near(value, bound, CLOSE) else None,
        proof=seconds if proved else None,
        value=value,
        bound=bound,
        note="tells nothing before its end" if solved else "no solution in time",
    )


def _require(model: mathopt.Model, facts: Facts, held: Held) -> list[mathopt.LinearSum]:
    """The hard constraints, and for each seat whether it is filled."""
    filled = []
    work: dict[tuple[int, int], list[mathopt.LinearTerm]] = defaultdict(list)
    for seat, place in enumerate(facts.places):
        filled.append(mathopt.LinearSum(held[seat, member] for member in place.able))
        model.add_linear_constraint(filled[seat] <= 1)
        for member in place.able:
            for week, minutes in place.weeks:
                work[member, week].append(minutes * held[seat, member])
    for key, minutes_in in work.items():
        model.add_linear_constraint(mathopt.LinearSum(minutes_in) <= facts.budgets[key])
    for group in (*facts.clashes, *facts.meetings):
        together = mathopt.LinearSum(held[pair] for pair in group.pairs)
        model.add_linear_constraint(together <= group.most)
    for seat, place in enumerate(facts.places):
        if place.shadow:
            beside = mathopt.LinearSum(filled[guide] for guide in place.guides)
            model.add_linear_constraint(filled[seat] <= beside)
    for mentoring in facts.mentoring:
        both = []
        for guide, shadow in mentoring.beside:
            both.append(model.add_binary_variable())
            model.add_linear_constraint(
                both[-1] >= held[guide, mentoring.member] + filled[shadow] - 1
            )
        model.add_linear_constraint(mathopt.LinearSum(both) <= mentoring.most)
    return filled


def _goal(
    model: mathopt.Model, facts: Facts, held: Held, filled: list[mathopt.LinearSum]
) -> mathopt.LinearSum:
    loads: dict[int, list[mathopt.LinearTerm]] = defaultdict(list)
    for (seat, member), minutes in facts.loads.items():
        if facts.entitlements[member]:
            loads[member].append(minutes * held[seat, member])
    highest, lowest = model.add_variable(lb=0.0), model.add_variable(lb=0.0)
    for member, terms in loads.items():
        index = 1000 / facts.entitlements[member]
        load = index * (mathopt.LinearSum(terms) + facts.served[member])
        model.add_linear_constraint(load <= highest)
        model.add_linear_constraint(load >= lowest)
    empty = mathopt.LinearSum(
        goal.empty(place.must, place.value, place.shadow) * (1 - filled[seat])
        for seat, place in enumerate(facts.places)
    )
    wishes = mathopt.LinearSum(-goal.DISLIKED * like * held[p] for p, like in facts.likes.items())
    return mathopt.LinearSum((empty, wishes, goal.SPREAD * (highest - lowest)))
