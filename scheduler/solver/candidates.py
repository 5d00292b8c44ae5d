"""Who may hold which seat: the decisions of a plan where no model is built of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.model import Pair


class Able(Protocol):
    """What construction asks of the decisions; a model answers it, too. What stands beside each
    member, and what ``holds`` gives back but ``None``, is of no concern here."""

    def candidates(self, seat: Seat) -> Sequence[tuple[Member, object]]:
        """Who may hold a seat."""
        ...

    def holds(self, seat: Seat, member: Member) -> object | None:
        """``None`` where they never meet."""
        ...


class Candidates:
    """The members who may hold each seat; with two hundred thousand pairs a CP-SAT model of them
    would take a gigabyte."""

    def __init__(self, problem: Problem, pairs: Collection[Pair]) -> None:
        self._pairs = frozenset(pairs)
        self._by_seat: dict[Seat, list[tuple[Member, None]]] = {s: [] for s in problem.seats}
        for seat, member in pairs:
            self._by_seat[seat].append((member, None))

    def candidates(self, seat: Seat) -> Sequence[tuple[Member, None]]:
        """Who may hold a seat, in the order of the pairs."""
        return self._by_seat[seat]

    def holds(self, seat: Seat, member: Member) -> bool | None:
        """``True`` where a member may hold a seat, else ``None``."""
        return True if (seat, member) in self._pairs else None
