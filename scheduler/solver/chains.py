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
from scheduler.solver.candidates import Able
from scheduler.solver.hands import Accepts, Hands, Move

LONGEST = 6
"""Members whom a chain goes over at most before its last one."""
WIDEST = 3_000
"""Turns that are looked at for one chain at most."""
ALL_STEPS = 3_000_000
"""Turns that are looked at in all."""
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
    model: Able
    targets: Mapping[Member, int]
    accepts: Accepts
    _order: dict[Member, int] = field(init=False)
    _turns: dict[Member, list[tuple[int, Seat]]] = field(init=False, default_factory=dict)
    _able: dict[Seat, list[tuple[Member, int, int]]] = field(init=False, default_factory=dict)
    _left: int = ALL_STEPS

    def __post_init__(self) -> None:
        self._order = {member: number for number, member in enumerate(self.targets)}

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

    def _share(self, member: Member) -> float:
        return self.hands.served[member] / self.targets[member]

    def _chains(self, giver: Member, seen: set[Member]) -> Iterator[Link]:
        """Chains that end with somebody who stays below the giver, the shortest first; whom they
        go over is added to those ``seen``."""
        served, most, target = self.hands.served, self.hands.served[giver], self.targets[giver]
        edge: deque[tuple[Member, Link | None, int]] = deque([(giver, None, 0)])
        end = self._left - WIDEST
        while edge and self._left > end:
            member, before, length = edge.popleft()
            # Whoever takes a turn must be rid of so much that they stay below the giver.
            excess = 0
            if before:
                gained = served[member] + self.hands.weight(before.seat, member)
                excess = gained - (most * self.targets[member] - 1) // target
            for rid, seat in self._handing_on(member):
                if rid < excess or not rid:
                    continue
                self._left -= 1
                for taker, weight, allowed in self._takers(seat):
                    if taker in seen:
                        continue
                    link = Link(seat, taker, before)
                    if (served[taker] + weight) * target < most * allowed:
                        yield link
                    elif length < LONGEST:
                        seen.add(taker)
                        edge.append((taker, link, length + 1))

    def _handing_on(self, member: Member) -> list[tuple[int, Seat]]:
        """The turns that a member may hand on, with what they weigh: the lightest first, since
        a taker stays low who takes no more than is needed."""
        if member not in self._turns:
            staying = self.hands.problem.pins
            turns = [
                (self.hands.weight(seat, member), seat)
                for seat in self.hands.turns[member]
                if not seat.is_shadow and seat.key not in staying
            ]
            self._turns[member] = sorted(turns, key=lambda turn: turn[0])
        return self._turns[member]

    def _takers(self, seat: Seat) -> list[tuple[Member, int, int]]:
        """Who may hold a seat, with what it weighs for them and their target."""
        if seat not in self._able:
            self._able[seat] = [
                (member, self.hands.weight(seat, member), self.targets[member])
                for member, _ in self.model.candidates(seat)
                if member in self.targets
            ]
        return self._able[seat]

    def _made(self, chain: Link) -> bool:
        """Make a chain from its end, so that everybody hands on before they take; undone whole
        where a rule bars one of its links."""
        done: list[Move] = []
        link: Link | None = chain
        while link is not None:
            if not self.accepts(((link.seat, link.taker),)):
                for seat, holder in reversed(done):
                    self._give(seat, holder)
                return False
            done.append((link.seat, self.hands.holders[link.seat]))
            self._give(link.seat, link.taker)
            link = link.before
        return True

    def _give(self, seat: Seat, member: Member) -> None:
        for changed in (self.hands.holders[seat], member):
            self._turns.pop(changed, None)
        self.hands.give(seat, member)
