"""Who could take a turn over, and which turns could be exchanged: ranked, nothing is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from scheduler.domain.change import Debt, Move
from scheduler.domain.fairness import load, scaled, shares
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating, Share
from scheduler.domain.shifts import Seat
from scheduler.review.proposal import Standing, breaches
from scheduler.rules.book import Policy
from scheduler.rules.preferences.training_goals import TrainingGoals

BAND = 50
"""Thousandths of a share within which two candidates are equally fair."""

NEAR = 28 * 24 * 60
"""Minutes between the turns of a chain of three."""

_MOST_TRIED = 400
"""Chains looked at; near ones come first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to change hands. ``members`` are those who take a turn, in the order of ``moves``;
    ``obstacle`` says why it would break a rule, and is empty where it is allowed.

    ``before`` and ``after`` are the highest share among them, 1.00 being the team's mean.
    ``nearer`` names the goals that somebody gets nearer to, ``worth`` counts them in units of the
    training rule, and ``owes`` says that the taker owes the asker a turn.
    """

    moves: tuple[Move, ...]
    members: tuple[Member, ...]
    obstacle: str
    before: float
    after: float
    nearer: tuple[str, ...] = ()
    worth: int = 0
    owes: bool = False

    @property
    def rank(self) -> tuple[object, ...]:
        """The allowed first, then the fair, those who learn, and those who owe a turn."""
        names = tuple(member.name for member in self.members)
        band = round(1000 * self.after) // BAND
        return bool(self.obstacle), band, -self.worth, not self.owes, self.after, names


class Search:
    """Looks for candidates in a rotation as it stands. ``open_seats`` are those that have not
    begun: no other is ever moved."""

    def __init__(
        self, standing: Standing, open_seats: Collection[Seat], debts: Iterable[Debt] = ()
    ) -> None:
        self.standing = standing
        self.open = [seat for seat in standing.problem.seats if seat in set(open_seats)]
        self.owed = {(debt.debtor, debt.creditor) for debt in debts}
        self._shares = {share.member: share for share in shares(self._problem, standing.seating)}
        self._index = scaled(self._shares.values())
        self._mean = _mean(self._shares.values())
        self._holders = {placed.key: placed.member for placed in standing.rotation.placed}

    @property
    def _problem(self) -> Problem:
        return self.standing.problem

    @property
    def _policy(self) -> Policy:
        return self.standing.policy

    # ------------------------------------------------------------------------------------- cover

    def covers(self, seat: Seat, asker: str) -> list[Candidate]:
        """Everybody but the holder, for one turn; the best first, then those who may not."""
        others = (m for m in self._problem.members if m.id != asker)
        found = [self._candidate([(seat, member)], asker) for member in others]
        return sorted(found, key=lambda candidate: candidate.rank)

    # -------------------------------------------------------------------------------------- swap

    def swaps(self, seat: Seat, partner: str = "") -> list[Candidate]:
        """Turns to exchange for one, of one partner or of anybody; only what is allowed."""
        holder = self.standing.seating[seat]
        if holder is None:
            return []
        found = []
        for other, member in self._held_by_others(holder):
            if (
                partner in ("", member.id)
                and self._fits(holder, other)
                and self._fits(member, seat)
            ):
                found.append(self._candidate([(seat, member), (other, holder)], holder.id))
        return sorted((c for c in found if not c.obstacle), key=lambda c: c.rank)

    def chains(self, seat: Seat, most: int = 5) -> list[Candidate]:
        """Exchanges of three turns near in time: the holder takes a second person's turn, who takes
        a third one's, who takes the holder's. Only what is allowed, and the first few found."""
        holder = self.standing.seating[seat]
        if holder is None:
            return []
        tried = (
            self._candidate([(seat, third), (one, holder), (other, second)], holder.id)
            for one, second, other, third in islice(self._rings(seat, holder), _MOST_TRIED)
        )
        allowed = islice((candidate for candidate in tried if not candidate.obstacle), most)
        return sorted(allowed, key=lambda candidate: candidate.rank)

    def _rings(self, seat: Seat, holder: Member) -> Iterator[tuple[Seat, Member, Seat, Member]]:
        near = [pair for pair in self._held_by_others(holder) if _apart(pair[0], seat) <= NEAR]
        near.sort(key=lambda pair: _apart(pair[0], seat))
        ones = [(one, second) for one, second in near if self._fits(holder, one)]
        others = [(other, third) for other, third in near if self._fits(third, seat)]
        for one, second in ones:
            for other, third in others:
                if second is not third and self._fits(second, other):
                    yield one, second, other, third

    def _held_by_others(self, holder: Member) -> list[tuple[Seat, Member]]:
        seating = self.standing.seating
        pairs = ((seat, seating[seat]) for seat in self.open)
        return [(s, m) for s, m in pairs if m is not None and m is not holder]

    def _fits(self, member: Member, seat: Seat) -> bool:
        return all(rule.barred(self._problem, member, seat) is None for rule in self._policy.fits)

    # ---------------------------------------------------------------------------------- judgement

    def _candidate(self, turns: Sequence[tuple[Seat, Member]], asker: str) -> Candidate:
        """What becomes of it when each member takes the seat beside them."""
        members = tuple(member for _, member in turns)
        moves = tuple(Move(*s.key, self._holders[s.key], m.id) for s, m in turns)
        around, problem = self._part(turns)
        seating = Seating({**around.holders, **dict(turns)})
        before = max((self._index[m.id] or 0.0) for m in members)
        nearer, worth = self._training(problem, around, seating)
        return Candidate(
            moves=moves,
            members=members,
            obstacle=self._obstacle(problem, around, seating, turns),
            before=before,
            after=max(self._after(member, turns) for member in members),
            nearer=nearer,
            worth=worth,
            owes=any((member.id, asker) in self.owed for member in members),
        )

    def _part(self, turns: Sequence[tuple[Seat, Member]]) -> tuple[Seating, Problem]:
        """The part of the rotation that a change can break: all turns of all who sit in one of its
        shifts or take part. Rules go through members, so few of them make a large team quick."""
        seating = self.standing.seating
        people = {member for _, member in turns}
        for seat, _ in turns:
            people.update(member for _, member in seating.on(seat.shift))
        members = tuple(m for m in self._problem.members if m in people)
        around = Seating({seat: m for m in members for seat in seating.turns(m)})
        return around, replace(self._problem, members=members)

    def _obstacle(
        self,
        problem: Problem,
        before: Seating,
        after: Seating,
        turns: Sequence[tuple[Seat, Member]],
    ) -> str:
        for seat, member in turns:
            for rule in self._policy.fits:
                phrase = rule.barred(self._problem, member, seat)
                if phrase is not None:
                    return f"{member.name} {phrase}"
        breach = next(breaches(problem, self._policy, before, after), None)
        return breach.sentence if breach is not None else ""

    def _after(self, member: Member, turns: Sequence[tuple[Seat, Member]]) -> float:
        """A member's share once the turns are theirs, with the team's mean as it is now."""
        share = self._shares[member.id]
        if not share.entitlement or not self._mean:
            return 0.0
        served = share.load
        for seat, taker in turns:
            gives = self.standing.seating[seat] is member
            served += ((taker is member) - gives) * load(self._problem, member, seat)
        return served / share.entitlement / self._mean

    def _training(
        self, problem: Problem, before: Seating, after: Seating
    ) -> tuple[tuple[str, ...], int]:
        """Whose goals come nearer, and by how many units in all."""
        for rule in self._policy.rules:
            if isinstance(rule, TrainingGoals):
                old = {f.sentence: f for f in rule.explain(problem, before)}
                new = {f.sentence: f for f in rule.explain(problem, after)}
                worth = sum(f.units for f in old.values()) - sum(f.units for f in new.values())
                less = [f for sentence, f in old.items() if sentence not in new]
                names = dict.fromkeys(m.name for f in less for m in f.members if m.goals)
                return (tuple(names), worth) if worth > 0 else ((), worth)
        return (), 0


def _apart(one: Seat, other: Seat) -> int:
    """Minutes between the beginnings of two seats."""
    return abs(one.opens - other.opens)


def _mean(lines: Iterable[Share]) -> float:
    """The team's share index: load over entitlement of those who can serve."""
    lines = [line for line in lines if line.entitlement]
    return sum(line.load for line in lines) / max(1, sum(line.entitlement for line in lines))
