"""A model seen as sparse rows: lower ≤ coefficients × variables ≤ upper.

Rules write linear inequalities only, so that every model has this form. It serves the linear
relaxation, which proves bounds, and small parts of a model in which everything else stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.rules.model import Expression, Model

FREE = 2**60
"""At or beyond this CP-SAT's bounds mean that there is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One inequality. ``low`` or ``high`` is ``None`` where that side is open."""

    columns: Sequence[int]
    coefficients: Sequence[int]
    low: int | None
    high: int | None


@dataclass(slots=True)
class Rows:
    """The rows of a model, and for each variable the numbers of the rows it stands in. A model
    grows from goal to goal; ``follow`` takes in what has come since."""

    rows: list[Row] = field(default_factory=list)
    of: list[list[int]] = field(default_factory=list)
    bounds: list[tuple[int, int]] = field(default_factory=list)
    _read: int = 0

    def follow(self, model: Model) -> None:
        """Take in the variables and constraints that a model has got since the last time."""
        proto = model.cp.proto
        for index in range(len(self.bounds), len(proto.variables)):
            first, *_, last = proto.variables[index].domain
            self.bounds.append((first, last))
            self.of.append([])
        for index in range(self._read, len(proto.constraints)):
            for row in _rows(proto.constraints[index]):
                for column in row.columns:
                    self.of[column].append(len(self.rows))
                self.rows.append(row)
        self._read = len(proto.constraints)


def _rows(constraint: Any) -> Iterator[Row]:
    """A constraint as rows: literals count 1, and ``-x - 1`` stands for ``not x``."""
    unless = [-literal - 1 for literal in constraint.enforcement_literal]
    if constraint.has_linear():
        linear = constraint.linear
        low, *_, high = linear.domain
        yield _row(linear.vars, linear.coeffs, _open(low), _open(high))
    elif constraint.has_at_most_one():
        yield _literals(constraint.at_most_one.literals, high=1)
    elif constraint.has_exactly_one():
        yield _literals(constraint.exactly_one.literals, low=1, high=1)
    elif constraint.has_bool_or():
        yield _literals([*constraint.bool_or.literals, *unless], low=1)
    elif constraint.has_bool_and():
        for literal in constraint.bool_and.literals:
            yield _literals([literal, *unless], low=1)
    else:
        raise TypeError("a rule states something that is not linear")


def _literals(literals: Iterable[int], *, low: int | None = None, high: int | None = None) -> Row:
    found = list(literals)
    return _row(found, [1] * len(found), low, high)


def _row(
    columns: Iterable[int], coefficients: Iterable[int], low: int | None, high: int | None
) -> Row:
    """A row in which every variable stands once and none is negated."""
    summed: dict[int, int] = {}
    shift = 0
    for literal, coefficient in zip(columns, coefficients, strict=True):
        column, sign = (literal, 1) if literal >= 0 else (-literal - 1, -1)
        shift += coefficient if sign < 0 else 0
        summed[column] = summed.get(column, 0) + sign * coefficient
    return Row(
        tuple(summed),
        tuple(summed.values()),
        None if low is None else low - shift,
        None if high is None else high - shift,
    )


def _open(bound: int) -> int | None:
    return None if abs(bound) >= FREE else bound


@dataclass(frozen=True, slots=True)
class Line:
    """A goal as variables with coefficients and a constant."""

    terms: dict[int, int]
    constant: int

    def at(self, values: Sequence[int]) -> int:
        """What the goal comes to."""
        return self.constant + sum(c * values[column] for column, c in self.terms.items())


def line(model: Model, goal: Expression) -> Line:
    """The terms of an expression; the model's own goal is set to it on the way."""
    model.cp.minimize(goal)
    proto = model.cp.proto
    if not proto.has_objective():
        return Line({}, int(goal) if isinstance(goal, int) else 0)
    row = _row(proto.objective.vars, proto.objective.coeffs, None, 0)
    assert row.high is not None
    return Line(
        dict(zip(row.columns, row.coefficients, strict=True)),
        round(proto.objective.offset) - row.high,
    )
