"""Take a change back, unless later ones built on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Book, Wish, alter, locked
from scheduler.actions.horizon import chosen
from scheduler.domain.change import Entry, Kind, overtaking, undone
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadRequest, Refused


def undo(
    folder: Path, now: datetime, wish: Wish, *, number: int | None = None, name: str | None = None
) -> Altered:
    """Take back a change by its number; without one, the last that is in force.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such change or rotation.
        Refused: it was taken back already, later changes moved the same seats, a seat has begun, a
            requirement would break, or another process is writing.
    """
    with locked(folder, wish):
        book = Book(folder, now)
        rotation = _rotation(book, name)
        entry = _entry(rotation, number)
        _check(book, rotation, entry)
        moves = [move.back for move in entry.moves]
        concerned = entry.on_behalf or entry.by
        standing = book.standing(rotation)
        return alter(book, standing, Kind.undo, moves, wish, concerned=concerned, undoes=entry.id)


def _rotation(book: Book, name: str | None) -> Rotation:
    """The rotation of a name, else the one that was changed last."""
    if name is not None:
        return chosen(book.rotations, name, book.now.date())
    with_changes = [rotation for rotation in book.published if rotation.changes]
    if not with_changes:
        raise Refused("Nothing was changed since it was published, so there is nothing to undo.")
    return max(with_changes, key=lambda rotation: (rotation.changes[-1].at, rotation.horizon))


def _entry(rotation: Rotation, number: int | None) -> Entry:
    gone = undone(rotation.changes)
    if number is None:
        for entry in reversed(rotation.changes):
            if entry.kind is not Kind.undo and entry.id not in gone:
                return entry
        raise Refused(f"No change of {rotation.name} is in force, so there is nothing to undo.")
    for entry in rotation.changes:
        if entry.id == number:
            if number in gone:
                raise Refused(f"Change {number} of {rotation.name} was taken back already.")
            return entry
    known = ", ".join(str(entry.id) for entry in rotation.changes) or "none"
    raise BadRequest(f"{rotation.name} has no change {number}; there are: {known}.")


def _check(book: Book, rotation: Rotation, entry: Entry) -> None:
    later = overtaking(rotation.changes, entry)
    if later is not None:
        raise Refused(
            f"Change {entry.id} cannot be taken back alone, because change {later.id} "
            f"({later.kind.value}) moved one of its seats afterwards: undo {later.id} first."
        )
    seats = {placed.key: placed for placed in rotation.placed}
    for move in entry.moves:
        placed = seats.get(move.key)
        if placed is None or placed.member != move.now:
            raise Refused(
                f"Change {entry.id} cannot be taken back, because {move.shift}/{move.seat} is no "
                "longer as it left it."
            )
        if move.was != move.now:
            book.to_come(placed)
