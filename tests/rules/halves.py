"""The two halves of a rule side by side: what it tells people and what it tells the solver."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.rules.card import OrderedPreference, Preference, Requirement, price
from scheduler.rules.model import Expression, Model


def told(rule: Requirement | Preference, problem: Problem, seating: Seating) -> list[str]:
    """The sentences of ``explain``, after making sure that the solver's half says the same."""
    findings = list(rule.explain(problem, seating))
    if isinstance(rule, Requirement):
        assert is_allowed(rule, problem, seating) is not bool(findings)
    else:
        assert least_price(rule, problem, seating) == price(rule, findings)
    return [finding.sentence for finding in findings]


def priced(rule: Preference, problem: Problem, seating: Seating) -> Price:
    """The price by ``explain``, after making sure that the solver's half says the same."""
    told(rule, problem, seating)
    return price(rule, rule.explain(problem, seating))


def is_allowed(rule: Requirement, problem: Problem, seating: Seating) -> bool:
    """Whether a model that holds nothing but the rule can be fixed to a rotation."""
    model = Model(problem)
    rule.enforce(model, problem)
    fix(model, seating)
    return solved(model) is not None


def least_price(rule: Preference, problem: Problem, seating: Seating) -> Price:
    """The least price that the solver can find for a rotation that it may not change."""
    model = Model(problem)
    fix(model, seating)
    if isinstance(rule, OrderedPreference):
        return _least_prices(rule, model, problem, seating)
    return minimised(model, rule.weight * rule.cost(model, problem))


def _least_prices(
    rule: OrderedPreference, model: Model, problem: Problem, seating: Seating
) -> tuple[int, ...]:
    """The heads that the goals fix one after the other, each of them going on from the last; what
    no goal asks for costs nothing."""
    head: tuple[int, ...] = ()
    goals = rule.goals(model, problem, seating)
    goal = next(goals, None)
    while goal is not None:
        reached = minimised(model, goal.expression)
        assert goal.head(reached)[: len(head)] == head
        head = goal.head(reached)
        model.at_most(goal.expression, reached)
        try:
            goal = goals.send(seating)
        except StopIteration:
            goal = None
    priced = len(list(rule.explain(problem, seating)))
    return (*head, *[0] * (priced - len(head)))


def fix(model: Model, seating: Seating) -> None:
    """Every decision is as in the rotation, and no other."""
    for (seat, member), decision in model.decisions.items():
        model.cp.add(decision == int(seating[seat] is member))


def minimised(model: Model, goal: Expression) -> int:
    """The proved least value of a goal."""
    model.cp.minimize(goal)
    value = solved(model)
    assert value is not None, "a preference must forbid nothing"
    return value


def solved(model: Model) -> int | None:
    """The best value of the model's goal, ``None`` where the model has no solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return round(solver.objective_value)
