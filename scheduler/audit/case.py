"""A rotation laid beside its roster: who holds which seat, and what cannot be matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

from scheduler.audit.claim import Claim, Turn
from scheduler.audit.duties import Duty, Seat, lay_out, seat_on
from scheduler.audit.people import Member
from scheduler.audit.published import as_published
from scheduler.audit.report import Breach
from scheduler.audit.roster import Roster
from scheduler.audit.words import Days


@dataclass(frozen=True, slots=True)
class Held:
    """A member in a seat, at the time that the rotation states."""

    seat: Seat
    member: Member
    waives: frozenset[str]


class Case:
    """What there is to judge. ``asked`` are the seats that the roster asks for, and of the past
    those that there were; ``held`` are those with a holder whom the roster knows, and ``strays``
    what fits no roster at all; ``before`` are the turns that were served in published rotations
    before this one."""

    def __init__(self, roster: Roster, claim: Claim, before: tuple[Turn, ...] = ()) -> None:
        self.roster = roster
        self.claim = claim
        self.before = before
        self.asked = {
            key: seat
            for key, seat in lay_out(roster.duties, claim.horizon).items()
            if not self._rests(seat)
        }
        self.turns = tuple(self._addressed(turn) for turn in claim.turns)
        if claim.published:
            self.asked = as_published(self.asked, self.turns, claim.changed)
        self.strays: list[Breach] = []
        self.held: list[Held] = []
        for turn in self.turns:
            self._match(turn)

    @cached_property
    def by_member(self) -> dict[Member, list[Held]]:
        """Everybody's turns in order of time."""
        found: dict[Member, list[Held]] = {m: [] for m in self.roster.members.values()}
        for held in sorted(self.held, key=lambda held: held.seat.runs()):
            found[held.member].append(held)
        return found

    @cached_property
    def by_shift(self) -> dict[str, list[Held]]:
        """The filled seats of every shift."""
        found: dict[str, list[Held]] = defaultdict(list)
        for held in self.held:
            found[held.seat.shift].append(held)
        return found

    @cached_property
    def filled(self) -> set[tuple[str, str]]:
        """Shift and seat of everything that somebody holds."""
        return {turn.key for turn in self.turns if turn.member and not turn.missed}

    def open_seats(self) -> Iterator[Seat]:
        """The seats asked for that nobody holds, shadows apart."""
        for key, seat in self.asked.items():
            if key not in self.filled and not seat.is_shadow:
                yield seat

    def _rests(self, seat: Seat) -> bool:
        """Whether a quiet period leaves the seat's shift out."""
        begins = date.fromisoformat(seat.shift.rpartition("@")[2])
        return any(
            begins in quiet.days and seat.duty.priority >= quiet.reduced
            for quiet in self.roster.policy.quiet
        )

    def _is_past(self, turn: Turn) -> bool:
        """Whether a published turn had begun when its file was last changed: it is a fact, at the
        time that stands there, whatever the roster asks for today."""
        changed = self.claim.changed if self.claim.published else None
        return changed is not None and turn.first <= changed

    def _addressed(self, turn: Turn) -> Turn:
        """A turn with the id of its shift, which a table made by hand may leave out."""
        if turn.shift:
            return turn
        for seat in self.asked.values():
            if (seat.duty.id, seat.kind.name) == (turn.duty, turn.seat):
                timed = turn.opens is not None and turn.opens == seat.opens
                if timed or (turn.days is not None and turn.days.first == seat.days.first):
                    return replace(turn, shift=seat.shift)
        return replace(turn, shift=f"{turn.duty}@{turn.first}")

    def _match(self, turn: Turn) -> None:
        seat = self.asked.get(turn.key)
        if seat is None or seat.duty.id != turn.duty:
            seat = self._unasked(turn)
        if seat is not None:
            seat = self._timed(turn, seat)
            if self._is_past(turn):
                self.asked[turn.key] = seat
        if not turn.member:
            return
        member = self.roster.members.get(turn.member)
        if member is None:
            self._stray("members", f'the roster knows no member "{turn.member}"', turn)
        elif seat is not None and not turn.missed:
            self.held.append(Held(seat, member, turn.waives))

    def _unasked(self, turn: Turn) -> Seat | None:
        """A seat that the roster did not ask for, judged all the same where its duty is known."""
        duty = self.roster.duties.get(turn.duty)
        if duty is None:
            self._stray("duties", f'the roster knows no duty "{turn.duty}"', turn)
            return None
        kinds = {kind.name: kind for kind in duty.seats}
        if turn.seat not in kinds:
            self._stray("seats", f'the duty {duty.id} has no seat "{turn.seat}"', turn)
            return None
        if not self._is_past(turn):
            self._stray("shifts", f"the roster asks for no shift {turn.shift} of {duty.id}", turn)
        days = _stated_days(turn, duty)
        return replace(seat_on(turn.shift, duty, kinds[turn.seat], days).on(days), days=days)

    def _timed(self, turn: Turn, seat: Seat) -> Seat:
        """The seat at the time that the rotation states, which is when people serve."""
        if turn.opens is None:
            same = turn.days is None or turn.days == seat.days
            moved = seat if same or turn.days is None else seat.on(turn.days)
        else:
            same = (turn.opens, turn.closes) == (seat.opens, seat.closes)
            days = seat.days if same else _stated_days(turn, seat.duty)
            moved = replace(seat, opens=turn.opens, closes=turn.closes, days=days)
        if not same and not self._is_past(turn):
            sentence = f"it runs {_when(moved)}, the roster says {_when(seat)}"
            self._stray("dates", sentence, turn)
        return moved

    def _stray(self, rule: str, sentence: str, turn: Turn) -> None:
        members = (turn.member,) if turn.member else ()
        who = f" ({self.roster.name(turn.member)})" if members else ""
        self.strays.append(
            Breach(
                rule, f"{turn.name}{who}: {sentence}", members, (turn.name,), rule in turn.waives
            )
        )


def breach(rule: str, sentence: str, *turns: Held) -> Breach:
    """A breach of some turns; one of them that waives the rule is enough."""
    waives = chain.from_iterable(held.waives for held in turns)
    return Breach(
        rule,
        sentence,
        tuple(dict.fromkeys(held.member.id for held in turns)),
        tuple(held.seat.name for held in turns),
        rule in set(waives),
    )


def _when(seat: Seat) -> str:
    if seat.opens is not None and seat.closes is not None:
        return f"{seat.opens:%Y-%m-%d %H:%M} to {seat.closes:%Y-%m-%d %H:%M} UTC"
    return f"{seat.days.first} to {seat.days.last}"


def _stated_days(turn: Turn, duty: Duty) -> Days:
    """The days of a turn; for a timed one the day on the duty's own calendar."""
    if turn.days is not None:
        return turn.days
    assert turn.opens is not None, "a turn without days has moments"
    day = turn.opens.astimezone(ZoneInfo(duty.timezone)).date()
    return Days(day, day)
