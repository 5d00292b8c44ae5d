"""Excerpts of a plan too large for one model: the turns of some people, shared out among them anew
while everybody else keeps theirs.

The same idea as ``neighbourhood.py``, one storey up: what is freed has a model of its own, and
within it the large neighbourhoods are those of a plan that fits into one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.rules.model import Pair


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The decisions of a model, in the order of the problem, and those among them that stay."""

    pairs: tuple[Pair, ...]
    stay: tuple[Pair, ...]


class Excerpts:
    """Draws people who could hold many of the same seats. ``pairs`` are all that a rotation may
    be made of, at least one."""

    def __init__(self, pairs: Sequence[Pair], seed: int) -> None:
        self._pairs = pairs
        self._random = Random(seed)
        self._able: dict[Seat, list[Member]] = {}
        self._of: dict[Member, list[Seat]] = {}
        for seat, member in pairs:
            self._able.setdefault(seat, []).append(member)
            self._of.setdefault(member, []).append(seat)

    def draw(self, seating: Seating, most: int) -> Excerpt:
        """The turns of so many people that about ``most`` decisions are open."""
        held: dict[Member, list[Seat]] = {}
        for seat, member in seating:
            held.setdefault(member, []).append(seat)
        some: set[Member] = set()
        size = 0
        for new in self._in_line():
            some.add(new)
            size += sum(seating[seat] is None or seating[seat] in some for seat in self._of[new])
            taken = chain.from_iterable(self._able[seat] for seat in held.get(new, ()))
            size += sum(member in some and member is not new for member in taken)
            if size >= most:
                break
        pairs = tuple((s, m) for s, m in self._pairs if _is_in(s, m, seating[s], some))
        return Excerpt(pairs, tuple((s, m) for s, m in pairs if m not in some))

    def _in_line(self) -> Iterator[Member]:
        """Somebody, and the others: who could hold many of the same seats tends to come first (a
        draw without replacement with these numbers as weights)."""
        first = self._random.choice(list(self._of))
        common = Counter(chain.from_iterable(self._able[s] for s in self._of[first]))
        drawn = {m: self._random.random() ** (1 / (1 + common[m])) for m in self._of}
        drawn[first] = 1.0
        return iter(sorted(drawn, key=lambda m: drawn[m], reverse=True))


def around_what_moves(problem: Problem, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs that matter where published turns stand: who holds each, everybody who may take a
    seat that has lost its holder or never had one, and everybody who may take what stands in the
    way of those people in the same weeks. Empty shadow seats stay empty."""
    possible = set(pairs)
    able: dict[Seat, list[Member]] = {}
    for seat, member in pairs:
        able.setdefault(seat, []).append(member)
    held = {seat: member for seat, member in problem.stood if (seat, member) in possible}
    turns: dict[Member, list[Seat]] = {}
    for seat, member in held.items():
        turns.setdefault(member, []).append(seat)
    vacant = [seat for seat in able if not seat.is_shadow and seat not in held]
    movable = set(vacant)
    for seat in vacant:
        weeks = {week for week, _ in seat.weeks}
        beside = chain.from_iterable(turns.get(member, ()) for member in able[seat])
        movable.update(
            turn
            for turn in beside
            if turn.overlaps(seat) or not weeks.isdisjoint(week for week, _ in turn.weeks)
        )
    stays = {*held.items(), *problem.pinned}
    return tuple(pair for pair in pairs if pair[0] in movable or pair in stays)


def _is_in(seat: Seat, member: Member, holder: Member | None, some: set[Member]) -> bool:
    return member is holder or (member in some and (holder is None or holder in some))
