"""Bounds from the linear relaxation: what no rotation can come below, seats split or not.

CP-SAT finds, a linear relaxation proves: on a hundred members the simplex method bounds the
highest share in about a second, where search alone still stands far below it after a minute.
"""

from __future__ import annotations

import math
from datetime import timedelta

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.solver.rows import Line, Rows

STEPS = 60_000
"""Iterations of the simplex method, so that the same model ends at the same step everywhere."""
TOLERANCE = 1e-4
"""How far the bound of a program solved in floats may lie beside the true one, as a part of it."""
MOST = 2_000_000
"""Coefficients beyond which the relaxation takes longer than it is worth."""


def least(rows: Rows, goal: Line, seconds: float | None = None) -> int | None:
    """The least integer that a goal can come to under a model's rows, by its linear relaxation;
    ``None`` where that was not settled within the steps allowed, or the ``seconds`` by the clock
    where there are any."""
    if sum(len(row.columns) for row in rows.rows) > MOST:
        return None
    solved = mathopt.solve(
        mathopt.Model.from_model_proto(_program(rows, goal)),
        mathopt.SolverType.GLOP,
        params=mathopt.SolveParameters(
            iteration_limit=STEPS,
            time_limit=None if seconds is None else timedelta(seconds=max(0.01, seconds)),
        ),
        # Only the bound is asked for; to read the solution back takes longer than to find it.
        model_params=mathopt.ModelSolveParameters(
            variable_values_filter=mathopt.VariableFilter(filtered_items=()),
            dual_values_filter=mathopt.LinearConstraintFilter(filtered_items=()),
            reduced_costs_filter=mathopt.VariableFilter(filtered_items=()),
        ),
    )
    if solved.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return None
    bound = solved.termination.objective_bounds.dual_bound
    return math.ceil(bound - TOLERANCE * max(1.0, abs(bound))) + goal.constant


def _program(rows: Rows, goal: Line) -> model_pb2.ModelProto:
    """The rows in the form that ``math_opt`` reads fast."""
    program = model_pb2.ModelProto()
    program.variables.ids.extend(range(len(rows.bounds)))
    program.variables.lower_bounds.extend(low for low, _ in rows.bounds)
    program.variables.upper_bounds.extend(high for _, high in rows.bounds)
    program.variables.integers.extend([False] * len(rows.bounds))
    stated = program.linear_constraints
    stated.ids.extend(range(len(rows.rows)))
    stated.lower_bounds.extend(-math.inf if r.low is None else r.low for r in rows.rows)
    stated.upper_bounds.extend(math.inf if r.high is None else r.high for r in rows.rows)
    matrix = program.linear_constraint_matrix
    for number, row in enumerate(rows.rows):
        entries = sorted(zip(row.columns, row.coefficients, strict=True))
        matrix.row_ids.extend([number] * len(entries))
        matrix.column_ids.extend(column for column, _ in entries)
        matrix.coefficients.extend(coefficient for _, coefficient in entries)
    for column in sorted(goal.terms):
        program.objective.linear_coefficients.ids.append(column)
        program.objective.linear_coefficients.values.append(goal.terms[column])
    return program
