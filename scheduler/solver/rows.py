"""A model seen as sparse rows: lower ≤ coefficients × variables ≤ upper.

Rules write linear inequalities only, so that every model has this form. It serves the linear
relaxation, which proves bounds, and small parts of a model in which everything else stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def part(self, place: Mapping[int, int], values: Sequence[int]) -> Row:
        """What it says of the columns that have a place, while all others keep their values."""
        columns, coefficients, rest = [], [], 0
        for column, coefficient in zip(self.columns, self.coefficients, strict=True):
            if column in place:
                columns.append(place[column])
                coefficients.append(coefficient)
            elif values[column]:
                rest += coefficient * values[column]
        low = None if self.low is None else self.low - rest
        high = None if self.high is None else self.high - rest
        return Row(columns, coefficients, low, high)

    def is_idle(self, bounds: Sequence[tuple[int, int]]) -> bool:
        """Whether it forbids nothing that the bounds of the columns allow."""
        least = most = 0
        for column, coefficient in zip(self.columns, self.coefficients, strict=True):
            ends = bounds[column]
            least += coefficient * ends[coefficient < 0]
            most += coefficient * ends[coefficient > 0]
        return (self.low is None or self.low <= least) and (self.high is None or most <= self.high)

    def is_met(self, values: Sequence[int]) -> bool:
        """Whether a solution meets it."""
        total = sum(c * values[v] for v, c in zip(self.columns, self.coefficients, strict=True))
        return (self.low is None or self.low <= total) and (self.high is None or total <= self.high)


@dataclass(slots=True)
class Rows:
    """The rows of a model, and for each variable the numbers of the rows it stands in. A model
    grows from goal to goal; ``follow`` takes in what has come since."""

    rows: list[Row] = field(default_factory=list)
    of: list[list[int]] = field(default_factory=list)
    bounds: list[tuple[int, int]] = field(default_factory=list)
    _read: int = 0

    @property
    def size(self) -> int:
        """The number of coefficients."""
        return sum(map(len, self.of))

    def part(self, free: Sequence[int], values: Sequence[int]) -> Rows:
        """The rows of some columns only, in this order, while all the others keep their values."""
        place = {column: number for number, column in enumerate(free)}
        found = Rows(bounds=[self.bounds[c] for c in free], of=[[] for _ in free])
        for number in sorted({row for column in free for row in self.of[column]}):
            row = self.rows[number].part(place, values)
            if not row.is_idle(found.bounds):
                for column in row.columns:
                    found.of[column].append(len(found.rows))
                found.rows.append(row)
        return found

    def are_met(self, values: Sequence[int]) -> bool:
        """Whether a solution is within the bounds and meets every row."""
        return all(
            low <= value <= high for (low, high), value in zip(self.bounds, values, strict=True)
        ) and all(row.is_met(values) for row in self.rows)

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

    def part(self, free: Sequence[int], values: Sequence[int]) -> Line:
        """The goal over some columns only, while all the others keep their values."""
        kept = {number: self.terms[c] for number, c in enumerate(free) if c in self.terms}
        inside = sum(self.terms[c] * values[c] for c in free if c in self.terms)
        return Line(kept, self.at(values) - inside)

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
