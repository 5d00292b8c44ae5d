"""A rotation in the making, one turn at a time, and moves that bring its loads closer together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import TypeAlias

from scheduler.domain.fairness import load, weighed
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, Shift
from scheduler.solver.candidates import Able

Move: TypeAlias = tuple[Seat, Member]
"""A seat, and who is to hold it instead."""
Accepts: TypeAlias = Callable[[tuple[Move, ...]], bool]
"""Whether these moves may be made together."""
Ways: TypeAlias = "Callable[[Hands, Member, Member, int], Iterator[tuple[Move, ...]]]"
"""Moves that lead from one member to another, who gains at most so many minutes."""


class Hands:
    """Who holds which seat, and what that weighs; changed in place."""

    def __init__(self, problem: Problem, seating: Seating) -> None:
        self.problem = problem
        self.holders: dict[Seat, Member] = {}
        self.turns: dict[Member, list[Seat]] = {member: [] for member in problem.members}
        self.served = dict.fromkeys(problem.members, 0)
        self._weights: dict[Move, int] = {}
        self._taken: dict[Shift, list[Seat]] = {}
        for seat, member in seating:
            self.give(seat, member)

    def give(self, seat: Seat, member: Member) -> None:
        """Give a seat to somebody, whoever held it before."""
        before = self.holders.get(seat)
        if before is None:
            self._taken.setdefault(seat.shift, []).append(seat)
        else:
            self.turns[before].remove(seat)
            self.served[before] -= self.weight(seat, before)
        self.holders[seat] = member
        self.turns[member].append(seat)
        self.served[member] += self.weight(seat, member)

    def weight(self, seat: Seat, member: Member) -> int:
        """Minutes of load that a seat is for somebody."""
        if (seat, member) not in self._weights:
            self._weights[seat, member] = load(self.problem, member, seat)
        return self._weights[seat, member]

    def around(self, seat: Seat, member: Member) -> Seating:
        """The seat with somebody in it, the rest of its shift, and what else they hold then."""
        weeks = {week for week, _ in seat.weeks}
        near = {other: self.holders[other] for other in self._taken.get(seat.shift, ())}
        for turn in self.turns[member]:
            if seat.overlaps(turn) or not weeks.isdisjoint(week for week, _ in turn.weeks):
                near[turn] = member
        return Seating({**near, seat: member})

    def all_of(self, seat: Seat, member: Member) -> Seating:
        """Everything that somebody holds with the seat."""
        return Seating(dict.fromkeys((*self.turns[member], seat), member))

    def relieve(
        self,
        targets: Mapping[Member, int],
        model: Able,
        accepts: Accepts,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        """Let whoever has most for their target hand on single turns, each to whoever of those
        that ``accepts`` lets take it has least, as long as the taker ends with less than the giver
        had. ``targets`` are minutes of load, above 0.

        Every move brings the sorted list of shares down (leximin), so that this comes to an end.
        """
        share = {member: self.served[member] / target for member, target in targets.items()}
        order = {member: number for number, member in enumerate(targets)}
        line = [(-share[member], order[member], member) for member in targets]
        heapify(line)
        while line and not is_over():
            before, _, giver = heappop(line)
            if -before != share[giver]:
                continue  # an old entry: the share has changed since
            move = next(self._handing_on(giver, share, targets, model, accepts), None)
            if move is None:
                continue
            seat, taker = move
            self.give(seat, taker)
            for member in (giver, taker):
                share[member] = self.served[member] / targets[member]
                heappush(line, (-share[member], order[member], member))

    def _handing_on(
        self,
        giver: Member,
        share: Mapping[Member, float],
        targets: Mapping[Member, int],
        model: Able,
        accepts: Accepts,
    ) -> Iterator[Move]:
        """The turns that a member may hand on, those first that leave the taker with least."""
        after = [
            ((self.served[taker] + self.weight(seat, taker)) / targets[taker], number, seat, taker)
            for number, seat in enumerate(self.turns[giver])
            if seat.key not in self.problem.pins and not seat.is_shadow
            for taker, _ in model.candidates(seat)
            if taker in targets and taker is not giver and share[taker] < share[giver]
        ]
        for ending, _, seat, taker in sorted(after, key=lambda move: move[:2]):
            if ending >= share[giver] or not self.weight(seat, giver):
                continue
            if accepts(((seat, taker),)):
                yield seat, taker

    def level(self, targets: Mapping[Member, int], ways: Ways, accepts: Accepts, tries: int) -> int:
        """Hand turns from those who have most for their target to those who, even with them, have
        no more than is left to the giver, and give back how many of the ``tries`` are left.

        ``targets`` are minutes of load, above 0; who has none neither gives nor takes. ``ways``
        lists the moves from one member to another; pinned seats stay.
        """
        moved = True
        while moved:
            moved = False
            for moves in islice(self._from_most_to_least(targets, ways), tries):
                tries -= 1
                if accepts(moves):
                    for seat, member in moves:
                        self.give(seat, member)
                    moved = True
                    break
        return tries

    def _from_most_to_least(
        self, targets: Mapping[Member, int], ways: Ways
    ) -> Iterator[tuple[Move, ...]]:
        people = sorted(targets, key=lambda member: self.served[member] / targets[member])
        for giver in reversed(people):
            for taker in people:
                room = self.served[giver] * targets[taker] - self.served[taker] * targets[giver]
                if room <= 0:
                    break
                most = room // (targets[giver] + targets[taker])
                if most >= self._lightest:
                    yield from ways(self, giver, taker, most)

    @cached_property
    def _lightest(self) -> int:
        """The least that a seat with any load weighs, whoever holds it; at least 1."""
        weights = (weighed(self.problem, seat) for seat in self.problem.seats)
        return min((weight for weight in weights if weight > 0), default=1)

    def movable(self, giver: Member, taker: Member, model: Able) -> Iterator[Seat]:
        """The seats that weigh something and may go from one member to another."""
        for seat in self.turns[giver]:
            pinned = seat.key in self.problem.pins
            if not pinned and not seat.is_shadow and model.holds(seat, taker) is not None:
                yield seat


def direct(model: Able) -> Ways:
    """One turn from the giver to the taker."""

    def ways(hands: Hands, giver: Member, taker: Member, most: int) -> Iterator[tuple[Move, ...]]:
        for seat in hands.movable(giver, taker, model):
            if 0 < hands.weight(seat, taker) <= most:
                yield ((seat, taker),)

    return ways


def through_another(model: Able) -> Ways:
    """A turn from the giver to somebody else, who hands one of the same weight to the taker."""

    def ways(hands: Hands, giver: Member, taker: Member, most: int) -> Iterator[tuple[Move, ...]]:
        for other in hands.problem.members:
            if other is giver or other is taker:
                continue
            handed_on = [
                seat
                for seat in hands.movable(other, taker, model)
                if 0 < hands.weight(seat, taker) <= most
            ]
            for first in hands.movable(giver, other, model) if handed_on else ():
                for second in handed_on:
                    if hands.weight(first, other) == hands.weight(second, other):
                        yield (first, other), (second, taker)

    return ways
