"""Chains of turns from whoever has most to somebody who has little, over people in between.

Where nobody who has little may take a turn of the worst-off, somebody may take it who can hand
one of their own on. Load balancing among equal turns is solved by such augmenting paths (Harvey,
Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load balancing", 2006); with
turns of different length and rules between them they are a good heuristic.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from scheduler.domain.people import Member
from scheduler.domain.shifts import Seat
from scheduler.rules.model import Model
from scheduler.solver.hands import Accepts, Hands

LONGEST = 6
"""Members whom a chain goes over at most before its last one."""
WIDEST = 10_000
"""Steps that are looked at for one chain at most."""
ALL_STEPS = 10_000_000
"""Steps that are looked at in all."""
FAILED = 40
"""Members in a row, from the worst-off, for whom there is no chain before the search ends."""


@dataclass(frozen=True, slots=True)
class Link:
    """A member takes a turn; ``before`` is the link by which its holder is relieved of it."""

    seat: Seat
    taker: Member
    before: Link | None


@dataclass
class Chains:
    """Chains on a rotation in the making. ``targets`` are minutes of load, above 0; who has none
    neither gives nor takes."""

    hands: Hands
    model: Model
    targets: Mapping[Member, int]
    accepts: Accepts
    _order: dict[Member, int] = field(init=False)
    _able: dict[Seat, tuple[Member, ...]] = field(init=False)
    _staying: frozenset[Seat] = field(init=False)
    _left: int = ALL_STEPS

    def __post_init__(self) -> None:
        self._order = {member: number for number, member in enumerate(self.targets)}
        problem = self.hands.problem
        self._able = {
            seat: tuple(m for m, _ in self.model.candidates(seat) if m in self.targets)
            for seat in problem.seats
        }
        self._staying = frozenset(
            seat for seat in problem.seats if seat.is_shadow or seat.key in problem.pins
        )

    def relieve(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Relieve the worst-off, one chain after the other, as long as there are chains by which
        everybody on them ends with less than the worst-off had."""
        while self._relieve_once(is_over, thorough=False):
            pass
        while self._relieve_once(is_over, thorough=True):
            pass

    def _relieve_once(self, is_over: Callable[[], bool], *, thorough: bool) -> bool:
        """Go through the members from the worst-off; says whether there was any chain. Whoever has
        none is passed over until the next time, and so, unless it is to be thorough, are those
        whom a chain of theirs could have gone over: what ends a chain for them would mostly have
        been found."""
        made = False
        line = [self._entry(member) for member in self.targets]
        heapify(line)
        failed = 0
        stuck: set[Member] = set()
        while line and failed < FAILED and self._left > 0 and not is_over():
            share, _, giver = heappop(line)
            if giver in stuck or -share != self._share(giver):
                continue
            seen = {giver}
            chain = next((c for c in self._chains(giver, seen) if self._made(c)), None)
            if chain is None:
                failed += 1
                stuck |= {giver} if thorough else seen
                continue
            failed, made = 0, True
            heappush(line, self._entry(giver))
            link: Link | None = chain
            while link is not None:
                heappush(line, self._entry(link.taker))
                link = link.before
        return made

    def _entry(self, member: Member) -> tuple[float, int, Member]:
        return -self._share(member), self._order[member], member

    def _share(self, member: Member, more: int = 0) -> float:
        return (self.hands.served[member] + more) / self.targets[member]

    def _chains(self, giver: Member, seen: set[Member]) -> Iterator[Link]:
        """Chains that end with somebody who stays below the giver, the shortest first; whom they
        go over is added to those ``seen``."""
        ceiling = self._share(giver)
        edge: deque[tuple[Member, Link | None, int]] = deque([(giver, None, 0)])
        end = self._left - WIDEST
        while edge and self._left > end:
            member, before, length = edge.popleft()
            gained = self.hands.weight(before.seat, member) if before else 0
            for seat in tuple(self.hands.turns[member]):
                self._left -= 1
                if seat in self._staying:
                    continue
                rid = self.hands.weight(seat, member)
                if before and self._share(member, gained - rid) >= ceiling:
                    continue
                for taker in self._able[seat]:
                    if taker in seen:
                        continue
                    link = Link(seat, taker, before)
                    if self._share(taker, self.hands.weight(seat, taker)) < ceiling:
                        yield link
                    elif length < LONGEST:
                        seen.add(taker)
                        edge.append((taker, link, length + 1))

    def _made(self, chain: Link) -> bool:
        """Make a chain from its end, so that everybody hands on before they take; undone whole
        where a rule bars one of its links."""
        done: list[tuple[Seat, Member]] = []
        link: Link | None = chain
        while link is not None:
            if not self.accepts(((link.seat, link.taker),)):
                for seat, holder in reversed(done):
                    self.hands.give(seat, holder)
                return False
            done.append((link.seat, self.hands.holders[link.seat]))
            self.hands.give(link.seat, link.taker)
            link = link.before
        return True
