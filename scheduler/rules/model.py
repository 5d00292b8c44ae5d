"""The decision variables: the only file of the rules that knows the solver.

Rules write linear inequalities over these names and nothing else. That keeps every model
convertible to a linear relaxation, which proves bounds where search alone does not.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TypeAlias

from ortools.sat.python import cp_model

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat

Literal: TypeAlias = cp_model.IntVar
Expression: TypeAlias = cp_model.LinearExpr | cp_model.IntVar | int
Pair: TypeAlias = tuple[Seat, Member]


class Model:
    """One Boolean decision for each seat and each member who may hold it.

    ``pairs`` limits the decisions to pairs that are known to fit; without it every pair has one.
    A seat never has two holders: that is what a seat is, and no rule needs to say it.
    """

    def __init__(self, problem: Problem, pairs: Iterable[Pair] | None = None) -> None:
        if pairs is None:
            pairs = ((seat, member) for seat in problem.seats for member in problem.members)
        self.cp = cp_model.CpModel()
        self.decisions: dict[Pair, Literal] = {}
        self._by_seat: dict[Seat, list[tuple[Member, Literal]]] = {s: [] for s in problem.seats}
        self._by_member: dict[Member, list[tuple[Seat, Literal]]] = {m: [] for m in problem.members}
        for seat, member in pairs:
            decision = self.cp.new_bool_var("")
            self.decisions[seat, member] = decision
            self._by_seat[seat].append((member, decision))
            self._by_member[member].append((seat, decision))
        self._apart: dict[int, list[frozenset[int]]] = {}
        self._empty: dict[Seat, Expression] = {}
        for seat, candidates in self._by_seat.items():
            self._empty[seat] = self._nobody(decision for _, decision in candidates)

    @property
    def pairs(self) -> Iterable[Pair]:
        """Every seat and member that have a decision."""
        return self.decisions.keys()

    def holds(self, seat: Seat, member: Member) -> Literal | None:
        """The decision that a member holds a seat; ``None`` where they never meet."""
        return self.decisions.get((seat, member))

    def candidates(self, seat: Seat) -> Sequence[tuple[Member, Literal]]:
        """Who may hold a seat, with the decision."""
        return self._by_seat[seat]

    def turns(self, member: Member) -> Sequence[tuple[Seat, Literal]]:
        """The seats that a member may hold, with the decision, in the order of the problem."""
        return self._by_member[member]

    def shared(
        self, seats: Iterable[Seat], members: Container[Member]
    ) -> Mapping[Member, Sequence[tuple[Seat, Literal]]]:
        """The decisions on some seats by member, for those ``members`` who may hold several."""
        found: dict[Member, list[tuple[Seat, Literal]]] = {}
        for seat in seats:
            for member, decision in self._by_seat[seat]:
                if member in members:
                    found.setdefault(member, []).append((seat, decision))
        return {member: held for member, held in found.items() if len(held) > 1}

    def takers(self, seats: Iterable[Seat]) -> Mapping[Member, Expression]:
        """Who may hold any of some seats, each with 1 where they hold at least one."""
        found: dict[Member, list[Literal]] = {}
        for seat in seats:
            for member, decision in self._by_seat[seat]:
                found.setdefault(member, []).append(decision)
        return {member: self.any(held) for member, held in found.items()}

    def filled(self, seat: Seat) -> Expression:
        """1 where a seat has a holder, else 0."""
        return 1 - self.empty(seat)

    def empty(self, seat: Seat) -> Expression:
        """1 where a seat has no holder, else 0."""
        return self._empty[seat]

    def _nobody(self, candidates: Iterable[Literal]) -> Expression:
        """1 where none is. A decision of its own: once it is known to be 0, the candidates are
        exactly one, which says more to a search than a sum over all seats does."""
        decisions = list(candidates)
        if not decisions:
            return 1
        nobody = self.cp.new_bool_var("")
        self.cp.add_exactly_one(*decisions, nobody)
        return nobody

    def forbid(self, seat: Seat, member: Member) -> None:
        """The member never holds the seat."""
        decision = self.holds(seat, member)
        if decision is not None:
            self.cp.add(decision == 0)

    def at_most(self, expression: Expression, limit: Expression) -> None:
        """Forbid more than a limit."""
        self.cp.add(expression <= limit)

    def at_least(self, expression: Expression, limit: int) -> None:
        """State what is known: an expression is never below a proved bound."""
        self.cp.add(expression >= limit)

    def at_most_one(self, literals: Iterable[Literal]) -> None:
        """Forbid two at once."""
        held = list(literals)
        self.cp.add_at_most_one(held)
        group = frozenset(literal.index for literal in held)
        for literal in group:
            self._apart.setdefault(literal, []).append(group)

    def one_of(self, members: Iterable[Member], seats: Sequence[Seat]) -> None:
        """Forbid that two of these members hold some of these seats; one may hold several."""
        if len(seats) < 2:
            return
        held = ([x for s in seats if (x := self.holds(s, m)) is not None] for m in members)
        people = [self.any(decisions) for decisions in held if decisions]
        if len(people) > 1:
            self.at_most(self.total(people), 1)

    def both(self, first: Expression, second: Expression) -> Literal:
        """1 where both are: priced, it is never more than that."""
        together = self.cp.new_bool_var("")
        self.cp.add(together >= first + second - 1)
        return together

    def any(self, literals: Sequence[Literal]) -> Expression:
        """1 where at least one is: priced, it is never more than that.

        Where no two can be at once it is their sum, which a linear relaxation takes at its full
        value: of a flag above two halves it knows no more than that it is a half.
        """
        if len(literals) == 1:
            return literals[0]
        together = {literal.index for literal in literals}
        if any(together <= group for group in self._apart.get(literals[0].index, ())):
            return self.total(literals)
        some = self.cp.new_bool_var("")
        for literal in literals:
            self.cp.add_implication(literal, some)
        return some

    def excess(self, expression: Expression, allowed: Expression, most: int) -> Expression:
        """How far an expression lies above what is allowed, at most ``most``: priced, it is never
        more than that."""
        above = self.cp.new_int_var(0, max(0, most), "")
        self.cp.add(above >= expression - allowed)
        return above

    def distance(self, one: Expression, other: Expression, step: int, most: int) -> Expression:
        """How many steps two expressions are apart, each one begun counted whole, at most
        ``most``: priced, it is never more than that."""
        apart = self.number(most)
        self.cp.add(step * apart >= one - other)
        self.cp.add(step * apart >= other - one)
        return apart

    def flag(self) -> Literal:
        """A fresh yes-or-no, for a rule that has to choose something of its own."""
        return self.cp.new_bool_var("")

    def number(self, most: int) -> Literal:
        """A fresh number from 0 to ``most``."""
        return self.cp.new_int_var(0, most, "")

    def pin(self, seat: Seat, member: Member) -> None:
        """The member holds the seat, whatever that costs."""
        domain = self.cp.proto.variables[self.decisions[seat, member].index].domain
        domain.clear()
        domain.extend((1, 1))

    def hint(self, values: Sequence[int]) -> None:
        """Start the next search from a full solution of what the model held then."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # ortools lacks the annotation
        # In one go: a large model is hinted many times, and a call for each variable takes seconds.
        self.cp.proto.solution_hint.vars.extend(range(len(values)))
        self.cp.proto.solution_hint.values.extend(values)

    def hint_holders(self, holders: Mapping[Seat, Member]) -> None:
        """Start the next search from a rotation."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # ortools lacks the annotation
        for (seat, member), decision in self.decisions.items():
            self.cp.add_hint(decision, int(holders.get(seat) is member))

    @staticmethod
    def total(terms: Iterable[Expression]) -> Expression:
        """The sum of expressions; 0 where there are none."""
        return cp_model.LinearExpr.sum(list(terms))
