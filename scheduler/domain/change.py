"""Changes to a published rotation: what moved, who decided it, and what followed from it.

The entries stand at the end of the rotation file, one a line, and are only ever added. Nothing
here says why somebody could not serve: that is private.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from scheduler.domain.shifts import SeatKey


class Kind(Enum):
    """What happened: people exchanged turns, one took over, a lead decided, an entry was taken
    back, the rest was planned anew, or a turn was done or missed."""

    swap = "swap"
    cover = "cover"
    override = "override"
    undo = "undo"
    replan = "replan"
    done = "done"
    missed = "missed"


MOVING = frozenset({Kind.swap, Kind.cover, Kind.override, Kind.replan})
"""The kinds that give a seat to somebody."""

MARKING = frozenset({Kind.done, Kind.missed})
"""The kinds that say what became of a turn, and leave it with its holder."""


@dataclass(frozen=True, slots=True)
class Move:
    """A seat with its holder before and after, by id; empty = nobody.

    Where both are the same, the entry is about the seat and leaves its holder alone.
    """

    shift: str
    seat: str
    was: str
    now: str

    @property
    def key(self) -> SeatKey:
        return self.shift, self.seat

    @property
    def back(self) -> Move:
        """The way back."""
        return Move(self.shift, self.seat, self.now, self.was)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. ``by`` is who made it and ``on_behalf`` for whom, by id; ``waives`` are the
    requirements that a lead knowingly broke on its seats, ``undoes`` the id of another entry."""

    id: int
    kind: Kind
    at: datetime
    by: str
    moves: tuple[Move, ...] = ()
    on_behalf: str = ""
    note: str = ""
    waives: tuple[str, ...] = ()
    undoes: int | None = None

    @property
    def keys(self) -> frozenset[SeatKey]:
        """The seats that the entry is about."""
        return frozenset(move.key for move in self.moves)


def next_id(entries: Sequence[Entry]) -> int:
    """The number of the entry to come."""
    return max((entry.id for entry in entries), default=0) + 1


def undone(entries: Sequence[Entry]) -> frozenset[int]:
    """The ids of the entries that were taken back, and not put in force again since."""
    gone: set[int] = set()
    for entry in reversed(entries):
        if entry.undoes is not None and entry.id not in gone:
            gone.add(entry.undoes)
    return frozenset(gone)


def marks(entries: Sequence[Entry]) -> dict[SeatKey, Entry]:
    """Of each turn the last entry in force that says whether it was done or missed."""
    gone = undone(entries)
    return {
        move.key: entry
        for entry in entries
        if entry.kind in MARKING and entry.id not in gone
        for move in entry.moves
    }


def missed(entries: Sequence[Entry]) -> frozenset[SeatKey]:
    """The turns that were missed: they count for nobody."""
    told = marks(entries)
    return frozenset(key for key, entry in told.items() if entry.kind is Kind.missed)


@dataclass(frozen=True, slots=True)
class Grant:
    """By which entry in force a seat has its holder, if any, and what is waived there."""

    entry: Entry | None = None
    waives: tuple[str, ...] = ()


def grants(entries: Iterable[Entry]) -> dict[SeatKey, Grant]:
    """What the entries in force say of each seat that they are about."""
    now: dict[SeatKey, Grant] = {}
    before: dict[int, dict[SeatKey, Grant]] = {}
    for entry in entries:
        before[entry.id] = {key: now.get(key, Grant()) for key in entry.keys}
        undone_to = before.get(entry.undoes or 0, {})
        for move in entry.moves:
            grant = undone_to.get(move.key, before[entry.id][move.key])
            if entry.kind in MOVING and move.was != move.now:
                grant = Grant(entry)
            waives = dict.fromkeys((*grant.waives, *entry.waives))
            now[move.key] = Grant(grant.entry, tuple(waives))
    return now


def overtaking(entries: Sequence[Entry], entry: Entry) -> Entry | None:
    """The last entry that moved one of the same seats after an entry, unless all that came after
    was itself taken back: the seats are then as the entry left them.

    After an undo that is not enough: what was taken back since may have been what it undid.
    """
    then = grants(old for old in entries if old.id <= entry.id)
    now = grants(entries)
    moved = {key for key in entry.keys if now[key] != then[key]}
    if entry.kind is Kind.undo:
        gone = undone(entries)
        moved = {k for old in entries if old.id not in gone and old.id > entry.id for k in old.keys}
    later = (other for other in reversed(entries) if other.id > entry.id and other.keys & moved)
    return next((other for other in later if other.keys & entry.keys), None)


# ---------------------------------------------------------------------------------------- debts


@dataclass(frozen=True, slots=True)
class Debt:
    """Turns and minutes that one member covered for another, less what was covered in return."""

    debtor: str
    creditor: str
    turns: int
    minutes: int


def debts(covers: Iterable[tuple[Move, int]]) -> tuple[Debt, ...]:
    """What members owe each other, from the covers in force with their effort in minutes; the
    largest first. A turn that nobody held leaves nobody in debt."""
    turns: dict[tuple[str, str], int] = {}
    minutes: dict[tuple[str, str], int] = {}
    for move, effort in covers:
        if move.was and move.now and move.was != move.now:
            for pair, sign in (((move.was, move.now), 1), ((move.now, move.was), -1)):
                turns[pair] = turns.get(pair, 0) + sign
                minutes[pair] = minutes.get(pair, 0) + sign * effort
    owed = [Debt(*pair, turns[pair], effort) for pair, effort in minutes.items()]
    owing = (debt for debt in owed if debt.minutes > 0 or (not debt.minutes and debt.turns > 0))
    return tuple(sorted(owing, key=lambda debt: (-debt.minutes, debt.debtor, debt.creditor)))
