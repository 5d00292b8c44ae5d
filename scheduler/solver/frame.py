"""Questions about a plan at hand: models that keep its prices, or lift its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar, TypeAlias

from ortools.sat.python import cp_model

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.book import Policy, Tier, fitting
from scheduler.rules.card import Finding, Fit, Goal, OrderedPreference, Preference, Requirement
from scheduler.rules.model import Expression, Literal, Model, Pair
from scheduler.solver.engine import ceiling, one_worker

Fixed: TypeAlias = Iterable[tuple[Literal, int]]

MUCH = 10**7
"""More than any requirement is ever exceeded by, in minutes or turns."""


@dataclass(frozen=True)
class Stays(Preference):
    """The fewest turns move: one unit for each that leaves its holder in the plan at hand."""

    tier: str = "moves"
    holders: Mapping[Seat, Member] = field(default_factory=dict)

    def cost(self, model: Model, problem: Problem) -> Expression:
        kept = [x for s, m in self.holders.items() if (x := model.holds(s, m)) is not None]
        return len(self.holders) - model.total(kept)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in self.holders.items():
            if seating[seat] is not member:
                yield Finding(f"{seat} leaves {member.name}", members=(member,), seats=(seat,))


@dataclass(frozen=True)
class There(Requirement):
    """One member holds one seat, whatever that costs; a question states it, never a policy."""

    hereditary: ClassVar[bool] = False

    seat: Seat | None = None
    member: Member | None = None

    def enforce(self, model: Model, problem: Problem) -> None:
        if self.seat is not None and self.member is not None:
            model.pin(self.seat, self.member)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        return iter(())


@dataclass(frozen=True)
class NotThere(Fit):
    """One member does not hold one seat."""

    seat: Seat | None = None
    member: Member | None = None

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        return "is to be left out" if (seat, member) == (self.seat, self.member) else None


class Loose(Model):
    """A model in which what is stated ``under`` a switch holds only while the switch is 1."""

    def __init__(self, problem: Problem, pairs: Iterable[Pair]) -> None:
        super().__init__(problem, pairs)
        self._under: Literal | None = None
        self._slacks: list[Expression] = []

    @contextmanager
    def under(self, switch: Literal) -> Iterator[list[Expression]]:
        """State constraints under a switch; yields how far each is exceeded while it is 0."""
        self._under, self._slacks = switch, []
        try:
            yield self._slacks
        finally:
            self._under = None

    def at_most(self, expression: Expression, limit: Expression) -> None:
        if self._under is None:
            super().at_most(expression, limit)
            return
        slack = self.number(MUCH)
        self._slacks.append(slack)
        self.cp.add(slack <= MUCH * (1 - self._under))
        self.cp.add(expression <= limit + slack)

    def at_most_one(self, literals: Iterable[Literal]) -> None:
        if self._under is None:
            super().at_most_one(literals)
        else:
            self.at_most(self.total(literals), 1)


def without_draft(policy: Policy) -> Policy:
    """A policy that forgets the draft: any other plan is as good as its prices."""
    back = [r for r in policy.rules if isinstance(r, Preference) and r.looks_back]
    tiers = {rule.tier for rule in back}
    rules = tuple(rule for rule in policy.rules if rule not in back)
    used = {rule.tier for rule in rules if isinstance(rule, Preference)}
    kept = tuple(t for t in policy.tiers if t.name in used or t.name not in tiers)
    return Policy(rules, kept)


def open_pairs(problem: Problem, policy: Policy) -> tuple[Pair, ...]:
    """Every seat with each member whom it may go to, and the pins."""
    return tuple(dict.fromkeys((*fitting(problem, policy), *problem.pinned)))


def build(problem: Problem, policy: Policy, pairs: Iterable[Pair] | None = None) -> Model:
    """The decisions that any rule allows, the requirements, and the pins."""
    model = Model(problem, open_pairs(problem, policy) if pairs is None else pairs)
    for rule in policy.requirements:
        if not isinstance(rule, Fit):
            rule.enforce(model, problem)
    for seat, member in problem.pinned:
        model.pin(seat, member)
    return model


def goals_of(
    model: Model, problem: Problem, policy: Policy, tier: Tier, seating: Seating, price: Price
) -> Iterator[tuple[Expression, int]]:
    """What a tier minimises, one goal after the other, and what each comes to in a rotation that
    costs ``price``.

    Where none of several goals comes to more, the price is no higher; yet it may be lower although
    one of them does.
    """
    rules = policy.priced(tier)
    if isinstance(price, int):
        yield model.total(r.weight * r.cost(model, problem) for r in rules), price
        return
    (rule,) = rules
    assert isinstance(rule, OrderedPreference)
    goals = rule.goals(model, problem, seating)
    goal = next(goals, None)
    while goal is not None:
        yield goal.expression, value_of(goal, price)
        try:
            goal = goals.send(seating)
        except StopIteration:
            goal = None


def value_of(goal: Goal, price: tuple[int, ...]) -> int:
    """What a goal comes to in a rotation with a price: the highest value that says no more."""
    values = range(max((*price, len(price)), default=0) + 1)
    fitting_values = [v for v in values if (head := goal.head(v)) == price[: len(head)]]
    return max(fitting_values, default=values[-1])


class Verdict(Enum):
    """Whether a model can be met."""

    yes = "yes"
    no = "no"
    unknown = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """The end of a run: for ``yes`` the rotation and what its goal comes to; ``bound`` is the
    least that it can come to. ``work`` is in deterministic seconds."""

    verdict: Verdict
    work: float
    seating: Seating | None = None
    value: int = 0
    bound: int = 0


def ask(model: Model, goal: Expression, work: float, *, seed: int = 0, fixed: Fixed = ()) -> Asked:
    """Minimise a goal, with some literals fixed for this run, within an allowance of work in
    deterministic seconds."""
    program = model.cp.clone()
    for literal, value in fixed:
        program.add(literal == value)
    program.minimize(goal)
    solver = one_worker(seed)
    solver.parameters.max_deterministic_time = max(work, 0.01)
    status = solver.solve(program)
    spent = solver.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Asked(Verdict.no, spent)
    bound = max(0, ceiling(solver.best_objective_bound))  # no goal is ever below 0
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Asked(Verdict.unknown, spent, bound=bound)
    values = solver.response_proto.solution
    held = {pair[0]: pair[1] for pair, x in model.decisions.items() if values[x.index]}
    value = round(solver.objective_value)
    return Asked(Verdict.yes, spent, Seating(held), value, bound)
