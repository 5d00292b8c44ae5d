"""What everybody did over several rotations, ledger by ledger, and a sentence that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.domain.fairness import books, due, scaled
from scheduler.domain.ledgers import BURDENSOME
from scheduler.domain.problem import LedgerKey
from scheduler.domain.rotation import Rotation, Share
from scheduler.reports.roster import Roster
from scheduler.review.wording import counted

WORTH_SAYING = 60
"""Minutes by which a ledger must differ from the fair part to be named in a sentence."""
MOST_NAMED = 2
"""How many ledgers a sentence names, above and below."""


@dataclass(frozen=True, slots=True)
class Book:
    """A ledger of a member over all rotations, in minutes. ``fair`` is the fair part of what was
    done, ``carried`` what is left of earlier differences."""

    name: str
    load: int
    fair: int
    carried: int

    @property
    def above(self) -> int:
        return self.load - self.fair


@dataclass(frozen=True, slots=True)
class Line:
    """A member over all rotations, in minutes. ``indices`` has the share index of each, ``None``
    where they could hold no seat or were not in the team; ``served`` is the number of those in
    which they could serve. ``fair`` is the fair part of what was done."""

    member: str
    name: str
    indices: tuple[float | None, ...]
    served: int
    load: int
    fair: int
    carried: int
    books: tuple[Book, ...]

    @property
    def above(self) -> int:
        return self.load - self.fair


@dataclass(frozen=True)
class Sharing:
    """The lines of all who could serve or did, in the order of the roster, and the ledgers by
    name, burdensome time last."""

    rotations: tuple[Rotation, ...]
    lines: tuple[Line, ...]
    ledgers: tuple[str, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """The rotations that were written without ledgers."""
        return tuple(
            rotation.name
            for rotation in self.rotations
            if not any(share.ledgers for share in rotation.shares)
        )


def sharing(
    rotations: Sequence[Rotation],
    roster: Roster,
    carried: Mapping[str, int],
    ledgers_carried: Mapping[LedgerKey, int],
) -> Sharing:
    """Gather the shares of some rotations by member."""
    served = {s.member for r in rotations for s in r.shares if s.fair or s.load}
    known = [member.id for member in roster.members if member.id in served]
    everybody = [*known, *sorted(served - set(known))]
    names = {ledger.name for r in rotations for s in r.shares for ledger in s.ledgers}
    ledgers = tuple(sorted(names, key=lambda name: (name == BURDENSOME, name)))
    counted = [_counted(rotation) for rotation in rotations]
    lines = tuple(
        _line(member, counted, roster, carried, ledgers_carried, ledgers) for member in everybody
    )
    return Sharing(tuple(rotations), lines, ledgers)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a rotation says of everybody, counted once for all of them."""

    due: Mapping[str, tuple[Share, float]]
    indices: Mapping[str, float | None]
    books: Mapping[LedgerKey, tuple[int, float]]


def _counted(rotation: Rotation) -> _Counted:
    shares = rotation.shares
    fair = {s.member: (s, part) for s, part in zip(shares, due(shares), strict=True)}
    return _Counted(fair, scaled(shares), books(shares))


def _line(
    member: str,
    rotations: Sequence[_Counted],
    roster: Roster,
    carried: Mapping[str, int],
    ledgers_carried: Mapping[LedgerKey, int],
    ledgers: Iterable[str],
) -> Line:
    own = [counted.due[member] for counted in rotations if member in counted.due]
    found = [counted.books for counted in rotations]
    return Line(
        member=member,
        name=roster.name(member),
        indices=tuple(counted.indices.get(member) for counted in rotations),
        served=sum(bool(share.fair or share.load) for share, _ in own),
        load=sum(share.load for share, _ in own),
        fair=round(sum(fair for _, fair in own)),
        carried=carried.get(member, 0),
        books=tuple(
            _book((member, name), found, ledgers_carried.get((member, name), 0)) for name in ledgers
        ),
    )


def _book(
    key: LedgerKey, found: Iterable[Mapping[LedgerKey, tuple[int, float]]], carried: int
) -> Book:
    entries = [by_key[key] for by_key in found if key in by_key]
    return Book(
        name=key[1],
        load=sum(load for load, _ in entries),
        fair=round(sum(fair for _, fair in entries)),
        carried=carried,
    )


def sentence(line: Line) -> str:
    """A member's line in words."""
    return " ".join(_sentences(line))


def _sentences(line: Line) -> Iterator[str]:
    over = counted(line.served, "rotation")
    first = f"{line.name} did {_hours(line.load)} hours in {over}"
    if abs(line.above) < WORTH_SAYING:
        yield f"{first}; {_hours(line.fair)} were fair."
    else:
        word = "more" if line.above > 0 else "fewer"
        yield f"{first}, {_hours(abs(line.above))} {word} than the fair {_hours(line.fair)}."
    if abs(line.carried) >= WORTH_SAYING:
        word = "fewer" if line.carried > 0 else "more"
        yield f"The next plan asks for {_hours(abs(line.carried))} {word}."
    above = sorted(line.books, key=lambda book: (-book.above, book.name))
    yield from _named("Above their part", above)
    yield from _named("Below it", above[::-1])


def _named(words: str, books: Iterable[Book]) -> Iterator[str]:
    """The ledgers that stand out most to one side; ``books`` have them first."""
    sign = 1 if words.startswith("Above") else -1
    found = [book for book in books if sign * book.above >= WORTH_SAYING][:MOST_NAMED]
    if found:
        told = ", ".join(f"{book.name} by {_hours(abs(book.above))}" for book in found)
        yield f"{words}: {told}."


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def document(sharing: Sharing, team: str) -> dict[str, Any]:
    """The same as plain data, ready for ``json.dumps``; docs/json.md tells the keys."""
    return {
        "schema": 1,
        "team": team,
        "rotations": [
            {
                "name": rotation.name,
                "from": rotation.horizon.first.isoformat(),
                "to": rotation.horizon.last.isoformat(),
            }
            for rotation in sharing.rotations
        ],
        "members": [_as_data(line, sharing) for line in sharing.lines],
    }


def _as_data(line: Line, sharing: Sharing) -> dict[str, Any]:
    indices = zip(sharing.rotations, line.indices, strict=True)
    return {
        "id": line.member,
        "share_indices": {r.name: None if i is None else round(i, 3) for r, i in indices},
        "load_hours": _number(line.load),
        "fair_hours": _number(line.fair),
        "carried_hours": _number(line.carried),
        "ledgers": [
            {
                "ledger": book.name,
                "load_hours": _number(book.load),
                "fair_hours": _number(book.fair),
                "carried_hours": _number(book.carried),
            }
            for book in line.books
        ],
        "sentence": sentence(line),
    }


def _number(minutes: int) -> float:
    return round(minutes / 60, 2)
