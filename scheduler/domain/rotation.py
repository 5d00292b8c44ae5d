"""Rotations: who holds which seat, what stayed empty and why, what changed since publication."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from scheduler.domain.change import Entry, missed
from scheduler.domain.people import Member
from scheduler.domain.shifts import Seat, SeatKey, Shift, runs
from scheduler.domain.span import Span
from scheduler.domain.training import BusFactor, Progress

Price = int | tuple[int, ...]
"""The price of a tier: an integer, or for fairness a tuple compared from the left."""


class Seating:
    """Who holds each seat of a problem; seats without a holder are left out.

    It says nothing about whether that is allowed: the rules judge it.
    """

    def __init__(self, holders: Mapping[Seat, Member]) -> None:
        self.holders: dict[Seat, Member] = dict(holders)

    def __getitem__(self, seat: Seat) -> Member | None:
        return self.holders.get(seat)

    def __len__(self) -> int:
        return len(self.holders)

    def __iter__(self) -> Iterator[tuple[Seat, Member]]:
        return iter(self.holders.items())

    @cached_property
    def _seats_by_member(self) -> dict[Member, list[Seat]]:
        found: dict[Member, list[Seat]] = {}
        for seat, member in self:
            found.setdefault(member, []).append(seat)
        for seats in found.values():
            seats.sort(key=lambda seat: (seat.opens, seat.key))
        return found

    @cached_property
    def _members_by_shift(self) -> dict[Shift, list[tuple[Seat, Member]]]:
        found: dict[Shift, list[tuple[Seat, Member]]] = {}
        for seat, member in self:
            found.setdefault(seat.shift, []).append((seat, member))
        return found

    def turns(self, member: Member) -> list[Seat]:
        """The seats that a member holds, in order of time."""
        return self._seats_by_member.get(member, [])

    @property
    def members(self) -> Collection[Member]:
        """Those who hold at least one seat."""
        return self._seats_by_member.keys()

    @property
    def by_shift(self) -> Mapping[Shift, Sequence[tuple[Seat, Member]]]:
        """The filled seats with their holders, for every shift that has any."""
        return self._members_by_shift

    def on(self, shift: Shift) -> list[tuple[Seat, Member]]:
        """The filled seats of a shift with their holders."""
        return self._members_by_shift.get(shift, [])

    def plus(self, seat: Seat, member: Member) -> Seating:
        """The same with one more seat filled."""
        return Seating({**self.holders, seat: member})

    def without(self, seats: Iterable[Seat]) -> Seating:
        """The same with some seats emptied."""
        gone = set(seats)
        return Seating({s: m for s, m in self if s not in gone})


@dataclass(frozen=True, slots=True)
class TierResult:
    """What one tier costs, the bound below which no rotation can go, and whether the least that it
    can cost is proved: then the price lies above the bound by no more than was ``given``.

    ``bound`` has the shape of ``price``; for a tuple, entries past the first unproved one are 0.
    """

    name: str
    price: Price
    bound: Price
    proved: bool
    given: int = 0
    """How much of the price was given up for the tiers after it."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a member did of a kind of work, or in burdensome time, and what was fair; in minutes."""

    name: str
    load: int
    fair: int


@dataclass(frozen=True, slots=True)
class Share:
    """A member's line of the fairness table, in minutes.

    ``fair`` is the fair share before and ``entitlement`` after the balance of earlier quarters.
    """

    member: str
    available: int
    load: int
    fair: int
    entitlement: int
    carried: int
    ledgers: tuple[Ledger, ...] = ()
    """By name; those in which there is nothing are left out."""

    @property
    def index(self) -> int | None:
        """Load ÷ entitlement in thousandths; ``None`` for whoever could hold no seat."""
        return round(1000 * self.load / self.entitlement) if self.entitlement else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A seat as it stands in a rotation file: a fact that later rosters do not change.

    ``member`` is empty where nobody holds the seat; ``reasons`` then says why and ``price`` what
    it would take to fit it in. ``revision``
    counts the changes since publication and ``revised`` is the instant of the last one. ``waives``
    are the requirements that a lead knowingly broke here.
    """

    shift: str
    seat: str
    duty: str
    upstream: str
    role: str
    span: Span
    start: datetime | None
    end: datetime | None
    effort: int
    must: bool
    member: str = ""
    why: str = ""
    pinned: bool = False
    reasons: tuple[str, ...] = ()
    price: str = ""
    revision: int = 0
    revised: datetime | None = None
    waives: tuple[str, ...] = ()

    @property
    def key(self) -> SeatKey:
        return self.shift, self.seat

    @property
    def moment(self) -> str:
        """When the seat opens, in order of time; whole days come before the instants of their first
        day."""
        return (self.start.astimezone(UTC) if self.start else self.span.first).isoformat()


@dataclass(frozen=True, slots=True)
class Rotation:
    """Everything that a rotation file holds: the only truth about who does what."""

    team: str
    name: str
    horizon: Span
    placed: tuple[Placed, ...]
    tiers: tuple[TierResult, ...]
    shares: tuple[Share, ...]
    inputs: str
    version: str
    seed: int
    published: datetime | None = None
    interrupted: bool = False
    notes: tuple[str, ...] = field(default=())
    changes: tuple[Entry, ...] = ()
    """Everything that happened since publication, in order."""
    training: tuple[Progress, ...] = ()
    bus_factors: tuple[BusFactor, ...] = ()
    dropped: tuple[Placed, ...] = ()
    """Seats that were published and that a replan left out, as they stood, without a holder."""

    @property
    def seats_ever(self) -> dict[SeatKey, Placed]:
        """Every seat since publication, the dropped ones included."""
        return {placed.key: placed for placed in (*self.dropped, *self.placed)}

    @property
    def is_published(self) -> bool:
        return self.published is not None

    @property
    def assignments(self) -> tuple[Placed, ...]:
        """The filled seats."""
        return tuple(placed for placed in self.placed if placed.member)

    @property
    def missed(self) -> frozenset[SeatKey]:
        """The turns that their holders missed."""
        return missed(self.changes)

    @property
    def served(self) -> tuple[Placed, ...]:
        """The filled seats but for those that were missed: what counts for people."""
        missed = self.missed
        return tuple(placed for placed in self.assignments if placed.key not in missed)

    @property
    def unfilled(self) -> tuple[Placed, ...]:
        """The seats that should have a holder and have none; an empty shadow seat is no gap."""
        return tuple(p for p in self.placed if not p.member and p.role != "shadow")


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A turn of an earlier rotation: a fact that takes time, asks for rest and is remembered.

    ``effort`` is in minutes; ``start`` and ``end`` are the instants of a timed turn.
    """

    duty: str
    role: str
    member: str
    span: Span
    effort: int = 0
    start: datetime | None = None
    end: datetime | None = None

    def overlaps(self, seat: Seat) -> bool:
        """Whether the turn still runs at a moment of a seat."""
        opens, closes = runs(self.span, self.start, self.end)
        return opens < seat.closes and seat.opens < closes


def quarter(name: str) -> Span:
    """The days of a quarter such as ``2027-Q1``.

    Raises:
        ValueError: the name is not a year, ``-Q`` and 1 to 4.
    """
    year, _, number = name.partition("-Q")
    if len(year) != 4 or not year.isdigit() or number not in {"1", "2", "3", "4"}:
        raise ValueError(f'"{name}" is not a quarter such as 2027-Q1')
    month = 3 * int(number) - 2
    end = date(int(year), month + 3, 1) if month < 10 else date(int(year) + 1, 1, 1)
    return Span(date(int(year), month, 1), end)
