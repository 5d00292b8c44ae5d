"""What is left of a published rotation, as a problem: the past is a fact, the rest may move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.actions.assemble import as_past, entitle, history, laid_out
from scheduler.actions.experience import Experience, experience
from scheduler.domain.facts import as_published
from scheduler.domain.fairness import load
from scheduler.domain.ledgers import entries
from scheduler.domain.problem import LedgerKey, Problem
from scheduler.domain.rotation import Placed, Rotation, Seating
from scheduler.domain.shifts import Seat, SeatKey, Shift
from scheduler.files.team import Team

NEAR = timedelta(days=21)
"""How far a shift may move in time and still be the same shift."""


@dataclass(frozen=True)
class Remainder:
    """A problem of what may still move, and the ``facts``: the seats that are not planned again.
    ``laid`` is the whole horizon as today's roster lays it out."""

    problem: Problem
    facts: frozenset[SeatKey]
    laid: Problem

    @property
    def whole(self) -> Problem:
        """The whole horizon, which knows what has been worked out about the rest of it."""
        return self.laid.recalling(self.problem)

    @property
    def as_asked(self) -> Problem:
        """The problem with the pins that somebody wrote by hand, and none that freezing brought."""
        return replace(self.problem, pins=self.laid.pins).recalling(self.problem)


def remainder(
    team: Team, rotations: Sequence[Rotation], standing: Rotation, today: date
) -> Remainder:
    """The turns of a published rotation that have not begun, with the roster as it is today.

    Shifts keep the ids that they were published with, also where a duty has moved its dates.
    Turns that have begun are past: they use budget, count for fairness, rest and training, and are
    judged by no rule. So is a turn that a lead gave against a rule, as long as its holder keeps all
    others. Within ``team.freeze`` days a turn stays with its holder; where that has become
    impossible its seat is closed, for somebody to cover it.
    """
    horizon = standing.horizon
    earlier = history(rotations, horizon)
    laid = laid_out(team, earlier, horizon)
    facts = frozenset(_facts(team, as_published(laid, standing), standing, today))
    begun = [placed for placed in standing.served if placed.key in facts]
    coming = [placed for placed in standing.placed if placed.key not in facts]
    later = (seat for seat in _kept_ids(laid, standing) if seat.span.first > today)
    seats = tuple(seat for seat in later if seat.key not in facts)
    keys = {seat.key for seat in seats}
    problem = replace(
        laid,
        seats=seats,
        past=(*laid.past, *(as_past(placed) for placed in begun)),
        experience=_experience(team, earlier, standing, today),
        served=_served(laid, begun),
        ledgers_served=_ledgers_served(laid, begun),
        pins={key: member for key, member in laid.pins.items() if key in keys},
        published={p.key: p.member for p in coming if p.member and p.key in keys},
    )
    problem = entitle(problem.recalling(laid), team.policy)
    frozen = _frozen(problem, team, today + timedelta(days=team.freeze))
    return Remainder(frozen.recalling(problem), facts, laid)


def _facts(team: Team, problem: Problem, standing: Rotation, today: date) -> Iterator[SeatKey]:
    """The seats that have begun, and those given against a rule to somebody who may go on."""
    for placed in standing.placed:
        if placed.span.first <= today or (placed.waives and _stays(team, problem, placed)):
            yield placed.key


def _stays(team: Team, problem: Problem, placed: Placed) -> bool:
    """Whether nothing keeps a holder from a turn but what the lead has waived there."""
    holder, seat = problem.member_by_id.get(placed.member), problem.seat_by_key[placed.key]
    if holder is None:
        return False
    return all(
        rule.id() in placed.waives or rule.barred(problem, holder, seat) is None
        for rule in team.policy.fits
    )


def _experience(
    team: Team, earlier: Sequence[Rotation], standing: Rotation, today: date
) -> Experience:
    """The turns on the way to a goal, those of this rotation that have begun included. Levels are
    earned only by rotations that are over."""
    begun = tuple(placed for placed in standing.placed if placed.span.first <= today)
    running = replace(standing, placed=begun)
    return experience((*earlier, running), team.members, team.duties, team.paths)


def _kept_ids(laid: Problem, standing: Rotation) -> Iterator[Seat]:
    """The seats of the horizon, under the shift ids that were published."""
    published = _shift_days(standing)
    for duty, seats in laid.seats_by_duty.items():
        shifts = list(dict.fromkeys(seat.shift for seat in seats))
        ids = _matched(shifts, published.get(duty.id, {}))
        named = {s: s if ids[s.id] == s.id else replace(s, id=ids[s.id]) for s in shifts}
        for seat in seats:
            shift = named[seat.shift]
            yield seat if shift is seat.shift else replace(seat, shift=shift)


def _shift_days(standing: Rotation) -> dict[str, dict[str, date]]:
    """The first day of each published shift, duty by duty."""
    found: dict[str, dict[str, date]] = {}
    for placed in standing.placed:
        days = found.setdefault(placed.duty, {})
        days[placed.shift] = min(placed.span.first, days.get(placed.shift, placed.span.first))
    return found


def _matched(shifts: Iterable[Shift], published: dict[str, date]) -> dict[str, str]:
    """For each shift laid out today the id that it was published with; its own where it is new.

    A shift whose id has gone takes over the nearest one that nobody claims.
    """
    shifts = list(shifts)
    free = {name: day for name, day in published.items() if name not in {s.id for s in shifts}}
    ids = {shift.id: shift.id for shift in shifts}
    for shift in shifts:
        if shift.id in published or not free:
            continue
        nearest = min(free, key=lambda name: (abs(free[name] - shift.span.first), name))
        if abs(free[nearest] - shift.span.first) <= NEAR:
            ids[shift.id] = nearest
            del free[nearest]
    return ids


def _served(laid: Problem, begun: Iterable[Placed]) -> dict[str, int]:
    """Load in minutes of the turns that have begun, by member."""
    served: dict[str, int] = {}
    for placed in begun:
        if placed.role == "shadow":
            continue
        member, seat = laid.member_by_id.get(placed.member), laid.seat_by_key.get(placed.key)
        minutes = placed.effort if member is None or seat is None else load(laid, member, seat)
        served[placed.member] = served.get(placed.member, 0) + minutes
    return served


def _ledgers_served(laid: Problem, begun: Iterable[Placed]) -> dict[LedgerKey, int]:
    """The same by ledger; turns that the roster no longer knows are in none."""
    served: Counter[LedgerKey] = Counter()
    for placed in begun:
        member, seat = laid.member_by_id.get(placed.member), laid.seat_by_key.get(placed.key)
        if member is not None and seat is not None and placed.role != "shadow":
            for name, minutes in entries(laid, member, seat):
                served[member.id, name] += minutes
    return served


def _frozen(problem: Problem, team: Team, thaw: date) -> Problem:
    """Near turns pinned to their holders, or closed where the holder cannot serve any more."""
    pins = dict(problem.pins)
    closed: set[SeatKey] = set()
    for seat, member in problem.stood:
        if seat.span.first >= thaw or seat.key in pins:
            continue
        pinned = Seating(dict(replace(problem, pins={**pins, seat.key: member.id}).pinned))
        if any(any(rule.explain(problem, pinned)) for rule in team.policy.requirements):
            closed.add(seat.key)
        else:
            pins[seat.key] = member.id
    return replace(problem, pins=pins, closed=frozenset(closed))
