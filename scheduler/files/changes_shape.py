"""The changes at the end of a rotation file: read, checked against its seats, and written."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.shifts import SeatKey
from scheduler.files.shape import AtKey
from scheduler.files.words import Id, Instant, Shape, whole

_Number = Annotated[int, whole(1, 10**9)]


class MoveShape(Shape):
    """A seat and who held it before and after; nobody where the key is absent."""

    shift: Annotated[str, Field(min_length=1, max_length=200)]
    seat: Id
    from_: Annotated[Id | None, Field(alias="from")] = None
    to: Id | None = None


class ChangeShape(Shape):
    """What happened to the rotation since it was published."""

    id: _Number
    kind: Literal["swap", "cover", "override", "undo", "replan", "done", "missed"]
    at: Instant
    by: Id | None = None
    for_: Annotated[Id | None, Field(alias="for")] = None
    seats: list[MoveShape] = Field([])
    note: str = ""
    waives: list[Id] = Field([], description="requirements that a lead broke knowingly")
    undoes: _Number | None = None


def entry_of(shape: ChangeShape) -> Entry:
    """A change as the domain knows it."""
    return Entry(
        id=shape.id,
        kind=Kind(shape.kind),
        at=shape.at,
        by=shape.by or "",
        moves=tuple(Move(m.shift, m.seat, m.from_ or "", m.to or "") for m in shape.seats),
        on_behalf=shape.for_ or "",
        note=shape.note,
        waives=tuple(shape.waives),
        undoes=shape.undoes,
    )


def keys_of(entry: Entry) -> dict[str, Any]:
    """The keys of a change in the order of the file; ``None`` for those that are left out."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "at": entry.at,
        "by": entry.by or None,
        "for": entry.on_behalf or None,
        "seats": tuple(_move(move) for move in entry.moves) or None,
        "note": entry.note or None,
        "waives": entry.waives or None,
        "undoes": entry.undoes,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "shift": move.shift,
        "seat": move.seat,
        "from": move.was or None,
        "to": move.now or None,
    }


def check_changes(changes: Sequence[ChangeShape], holders: Mapping[SeatKey, str]) -> None:
    """Refuse changes that do not follow one another, or do not end at the seats as they are: so a
    change that was lost between two people who edited the file is found.

    Raises:
        AtKey: with the place of the first mistake.
    """
    last = 0
    for index, change in enumerate(changes):
        if change.id <= last:
            raise AtKey(
                f"change {change.id} comes after change {last}; number the changes anew from "
                f"here: this one is {last + 1}",
                *("changes", index, "id"),
            )
        if change.undoes is not None and change.undoes not in {c.id for c in changes[:index]}:
            sentence = f"there is no change {change.undoes} before this one to undo"
            raise AtKey(sentence, "changes", index, "undoes")
        last = change.id
    _check_ends(changes, holders)


def _check_ends(changes: Sequence[ChangeShape], holders: Mapping[SeatKey, str]) -> None:
    settled: set[SeatKey] = set()
    for index, change in reversed(list(enumerate(changes))):
        for number, move in enumerate(change.seats):
            key = move.shift, move.seat
            holder = holders.get(key)
            if key not in settled and holder is not None and holder != (move.to or ""):
                raise AtKey(
                    f"change {change.id} gives {move.shift}/{move.seat} to {move.to or 'nobody'}, "
                    f"and above it is held by {holder or 'nobody'}; undo the edit there and use "
                    '"rota swap", "rota cover" or "rota override"',
                    *("changes", index, "seats", number, "shift"),
                )
            settled.add(key)
