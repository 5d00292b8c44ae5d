"""A change before it is made: what it breaks, and what each goal costs before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.change import Entry, Move, missed
from scheduler.domain.facts import seated
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Rotation, Seating
from scheduler.domain.shifts import SeatKey
from scheduler.review.scorecard import Scorecard, score
from scheduler.rules.book import Policy
from scheduler.rules.card import Finding, Preference

PINS = "pins"
"""What a breach of ``policy.yaml``'s pins is called."""


@dataclass(frozen=True)
class Standing:
    """A published rotation and the problem that has its seats (see ``domain.facts``)."""

    problem: Problem
    policy: Policy
    rotation: Rotation

    @cached_property
    def seating(self) -> Seating:
        return seated(self.problem, self.rotation)

    @cached_property
    def card(self) -> Scorecard:
        return score(self.problem, self.policy, self.seating)

    def after(self, moves: Iterable[Move], entry: Entry | None = None) -> Seating:
        """Who sits where once the moves are made, and an ``entry`` stands that may tell more: which
        turns were missed."""
        holders = dict(self.seating.holders)
        for move in moves:
            seat = self.problem.seat_by_key[move.key]
            holders.pop(seat, None)
            if move.now in self.problem.member_by_id:
                holders[seat] = self.problem.member_by_id[move.now]
        gone = missed((*self.rotation.changes, entry) if entry else self.rotation.changes)
        return Seating({seat: m for seat, m in holders.items() if seat.key not in gone})


@dataclass(frozen=True, slots=True)
class Breach:
    """A requirement that a change breaks, as a sentence, with the seats that it is about."""

    rule: str
    sentence: str
    seats: tuple[SeatKey, ...]


@dataclass(frozen=True, slots=True)
class TierChange:
    """What one goal costs before and after, and what it comes from, in sentences."""

    name: str
    before: Price
    after: Price
    added: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it would come out. ``tiers`` names only the goals that it touches."""

    moves: tuple[Move, ...]
    broken: tuple[Breach, ...]
    tiers: tuple[TierChange, ...]
    before: Scorecard
    after: Scorecard


def propose(standing: Standing, moves: Sequence[Move], entry: Entry | None = None) -> Proposal:
    """Review some moves, and the ``entry`` that would tell of them, without making them."""
    problem, policy = standing.problem, standing.policy
    seating = standing.after(moves, entry)
    after = score(problem, policy, seating)
    broken = (
        *_broken_pins(problem, moves),
        *breaches(problem, policy, standing.seating, seating),
    )
    tiers = tuple(_tier_changes(standing, seating, after))
    return Proposal(tuple(moves), broken, tiers, standing.card, after)


def breaches(problem: Problem, policy: Policy, before: Seating, after: Seating) -> Iterator[Breach]:
    """What requirements have to say about ``after`` and had not about ``before``: a complaint that
    stood there already, or became smaller, is none of the change's doing."""
    for rule in policy.requirements:
        found = list(rule.explain(problem, after))
        known = list(rule.explain(problem, before)) if found else []
        for finding in found:
            if not any(_covers(old, finding) for old in known):
                yield Breach(rule.id(), finding.sentence, tuple(s.key for s in finding.seats))


def _covers(old: Finding, new: Finding) -> bool:
    if old.sentence == new.sentence:
        return True
    return bool(new.seats) and old.members == new.members and {*new.seats} <= {*old.seats}


def _broken_pins(problem: Problem, moves: Iterable[Move]) -> Iterator[Breach]:
    for move in moves:
        pinned = problem.pins.get(move.key)
        if pinned is not None and move.was == pinned != move.now:
            name = problem.member_by_id[pinned].name if pinned in problem.member_by_id else pinned
            seat = problem.seat_by_key[move.key]
            yield Breach(PINS, f"policy.yaml pins {seat} to {name}", (move.key,))


# ---------------------------------------------------------------------------------------- prices


def _tier_changes(standing: Standing, after: Seating, card: Scorecard) -> Iterator[TierChange]:
    before = dict(standing.card.tiers)
    tiers = {tier.name: tier for tier in standing.policy.tiers}
    for name, price in card.tiers:
        added: list[str] = []
        gone: list[str] = []
        for rule in standing.policy.priced(tiers[name]):
            more, less = _differences(rule, standing, after)
            added += more
            gone += less
        if added or gone or price != before[name]:
            yield TierChange(name, before[name], price, tuple(added), tuple(gone))


def _differences(
    rule: Preference, standing: Standing, after: Seating
) -> tuple[list[str], list[str]]:
    """The sentences that a rule says only afterwards, and those that it said only before of people
    of whom it is silent now."""
    old = list(rule.explain(standing.problem, standing.seating))
    new = list(rule.explain(standing.problem, after))
    said = {finding.sentence for finding in old}
    added = [finding for finding in new if finding.sentence not in said]
    still = {finding.sentence for finding in new}
    people = {finding.members for finding in added}
    gone = [f for f in old if f.sentence not in still and f.members not in people]
    return [f.sentence for f in added], [f.sentence for f in gone]
