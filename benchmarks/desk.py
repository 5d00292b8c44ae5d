"""A desk at which seats are given out one after the other, and every requirement is kept."""

from __future__ import annotations

from collections import Counter, defaultdict

from benchmarks.facts import Facts, Group, Mentoring, Pair
from scheduler.domain.shifts import SeatKey


class Desk:
    """Who holds what so far, and who may take another seat."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.holder: dict[int, int] = {}
        self.load = list(facts.served)
        self._worked: Counter[tuple[int, int]] = Counter()
        self._taken: Counter[int] = Counter()
        self._groups: dict[Pair, list[tuple[int, Group]]] = defaultdict(list)
        self._mentoring: dict[int, list[Mentoring]] = defaultdict(list)
        for number, group in enumerate((*facts.clashes, *facts.meetings)):
            for pair in group.pairs:
                self._groups[pair].append((number, group))
        for mentoring in facts.mentoring:
            self._mentoring[mentoring.member].append(mentoring)

    def index(self, member: int) -> float:
        """A member's share index so far; the highest of all where they are entitled to none."""
        entitled = self.facts.entitlements[member]
        return self.load[member] / entitled if entitled else float("inf")

    def may_take(self, member: int, seat: int) -> bool:
        """Whether a member who is able to may also take a seat beside all that is given out."""
        place, facts = self.facts.places[seat], self.facts
        for week, minutes in place.weeks:
            if self._worked[member, week] + minutes > facts.budgets[member, week]:
                return False
        if any(self._taken[n] >= group.most for n, group in self._groups[seat, member]):
            return False
        if not place.shadow:
            return self._may_guide(member, (seat, member))
        guides = [self.holder[guide] for guide in place.guides if guide in self.holder]
        return bool(guides) and all(self._may_guide(g, (seat, member)) for g in guides)

    def give(self, seat: int, member: int) -> None:
        """Let a member hold a seat."""
        self.holder[seat] = member
        self.load[member] += self.facts.loads[seat, member]
        for week, minutes in self.facts.places[seat].weeks:
            self._worked[member, week] += minutes
        for number, _ in self._groups[seat, member]:
            self._taken[number] += 1

    def holders(self) -> dict[SeatKey, str]:
        """All that is given out, by its ids."""
        facts = self.facts
        return {facts.places[seat].key: facts.members[m] for seat, m in self.holder.items()}

    def _may_guide(self, mentor: int, given: Pair) -> bool:
        """Whether a mentor accompanies no more shadows than they may, with one more seat given."""
        holder = {**self.holder, given[0]: given[1]} if self._mentoring[mentor] else {}
        return all(
            sum(holder.get(guide) == mentor and shadow in holder for guide, shadow in m.beside)
            <= m.most
            for m in self._mentoring[mentor]
        )
