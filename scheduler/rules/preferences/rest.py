from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from scheduler.domain.duties import Duty
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, Shift
from scheduler.domain.span import Span
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model

Turn: TypeAlias = tuple[Seat, ...]
"""The seats of a shift on the same days: whoever holds several of them has one turn."""


@dataclass(frozen=True)
class Rest(Preference):
    """Between two turns of one duty a person rests, whichever its seats. One unit for each two
    turns that are closer than ``days`` (or the duty's own ``rest``), also across the seam to the
    last rotation. Seats of one shift are never too close to each other, and those on the same days
    are one turn. Shadow turns are no strain and are not counted."""

    weight: int = option(5, "what one unit costs within its tier")
    days: int = option(7, "days between the end of a turn and the start of the next one")

    def cost(self, model: Model, problem: Problem) -> Expression:
        # Of turns, not of seats: half as lead and half as second in each week is a turn a week,
        # and no two of these four halves by themselves would tell the linear relaxation so.
        terms: list[Expression] = []
        takers = {turn: model.takers(turn) for turns in _turns(problem).values() for turn in turns}
        close: dict[tuple[Turn, Turn], dict[Member, Expression]] = {}
        for one, other in self._close(problem):
            both = [m for m in takers[one] if m in takers[other]]
            close[one, other] = {m: model.both(takers[one][m], takers[other][m]) for m in both}
            terms.extend(close[one, other].values())
        for crowd in _crowds(close):
            _crowded(model, crowd, takers, close)
        for turn, member, _ in self._beside_facts(problem):
            if member in takers[turn]:
                terms.append(takers[turn][member])
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for one, other in self._close(problem):
            later = _held(other, seating)
            for member, seats in _held(one, seating).items():
                if member in later:
                    yield Finding(
                        f"{member.name} has too little rest between {seats[0]} and "
                        f"{later[member][0]}",
                        members=(member,),
                        seats=(*seats, *later[member]),
                    )
        for turn, member, fact in self._beside_facts(problem):
            seats = _held(turn, seating).get(member, ())
            if seats:
                pair = f"the last rotation and {seats[0]}"
                if fact.first >= turn[0].span.end:
                    pair = f"{seats[0]} and the turn from {fact.first} on"
                yield Finding(
                    f"{member.name} has too little rest between {pair}",
                    members=(member,),
                    seats=seats,
                )

    def _days(self, duty: Duty) -> int:
        return self.days if duty.rest is None else duty.rest

    def _close(self, problem: Problem) -> Iterator[tuple[Turn, Turn]]:
        """Turns of one duty, one after the other, with too little rest between."""
        for duty, turns in _turns(problem).items():
            for position, one in enumerate(turns):
                for other in turns[position + 1 :]:
                    first, second = one[0], other[0]
                    if (second.span.first - first.span.end).days >= self._days(duty):
                        break
                    if second.shift is not first.shift and not first.overlaps(second):
                        yield one, other

    def _beside_facts(self, problem: Problem) -> Iterator[tuple[Turn, Member, Span]]:
        """Turns, each with those who have too little rest between it and one that is a fact, and
        when that is: of the last rotation, or when planning again even one to come."""
        turns = _turns(problem)
        facts: dict[tuple[str, str], list[Span]] = {}
        for past in problem.past:
            if past.role != "shadow":
                facts.setdefault((past.duty, past.member), []).append(past.span)
        for (duty_id, member_id), spans in facts.items():
            duty, member = problem.duty_by_id.get(duty_id), problem.member_by_id.get(member_id)
            if duty is None or member is None or not turns.get(duty):
                continue
            days, begin = self._days(duty), turns[duty][0][0].span.first
            # Most of a year's turns were over long before.
            late = [span for span in spans if (begin - span.end).days < days]
            for turn in turns[duty]:
                fact = next((span for span in late if _apart(span, turn[0].span) < days), None)
                if fact is not None:
                    yield turn, member, fact


def _apart(one: Span, other: Span) -> int:
    """Days between two spans; fewer than 0 where they overlap."""
    return max((other.first - one.end).days, (one.first - other.end).days)


def _crowds(close: Collection[tuple[Turn, Turn]]) -> Iterator[tuple[Turn, ...]]:
    """Three turns and more that are too close, each to each: the longest such row from each turn
    on, if it goes further than the one before."""
    after: dict[Turn, list[Turn]] = {}
    for one, other in close:
        after.setdefault(one, []).append(other)
    last: Turn | None = None
    for one, others in after.items():
        crowd = [one]
        for other in others:
            if all((before, other) in close for before in crowd):
                crowd.append(other)
        if len(crowd) > 2 and crowd[-1] is not last:
            yield tuple(crowd)
        last = crowd[-1]


def _crowded(
    model: Model,
    crowd: Sequence[Turn],
    takers: Mapping[Turn, Mapping[Member, Expression]],
    close: Mapping[tuple[Turn, Turn], Mapping[Member, Expression]],
) -> None:
    """Say of many turns at once that one of them is free, and every other one too close to it."""
    for member in dict.fromkeys(m for turn in crowd for m in takers[turn]):
        turns = [takers[turn][member] for turn in crowd if member in takers[turn]]
        pairs = [close[pair][member] for pair in combinations(crowd, 2) if member in close[pair]]
        if len(turns) > 2:
            model.at_most(model.total(turns), 1 + model.total(pairs))


def _turns(problem: Problem) -> dict[Duty, list[Turn]]:
    """The turns of each duty, shadows apart, in order of time."""
    return {duty: _grouped(seats) for duty, seats in problem.seats_by_duty.items()}


def _grouped(seats: Iterable[Seat]) -> list[Turn]:
    found: dict[tuple[Shift, Span], list[Seat]] = {}
    for seat in seats:
        if not seat.is_shadow:
            found.setdefault((seat.shift, seat.span), []).append(seat)
    return [tuple(turn) for turn in found.values()]


def _held(turn: Turn, seating: Seating) -> dict[Member, Turn]:
    """Who holds which seats of a turn."""
    found: dict[Member, Turn] = {}
    for seat in turn:
        member = seating[seat]
        if member is not None:
            found[member] = (*found.get(member, ()), seat)
    return found
