"""A turn that has begun was done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Book, Wish, alter, locked
from scheduler.domain.change import Kind, Move, marks
from scheduler.errors import BadRequest, Refused


def done(
    folder: Path,
    shift: str,
    now: datetime,
    wish: Wish,
    *,
    seat: str | None = None,
    name: str | None = None,
) -> Altered:
    """Say that a turn was done, also where somebody had said that it was missed.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such shift, seat, member or rotation, or that was said already.
        Refused: the turn has not begun or nobody holds it, or another process is writing.
    """
    return mark(Kind.done, folder, shift, now, wish, seat=seat, name=name)


def mark(
    kind: Kind,
    folder: Path,
    shift: str,
    now: datetime,
    wish: Wish,
    *,
    seat: str | None,
    name: str | None,
) -> Altered:
    """Say what became of a turn; raises what ``done`` raises."""
    with locked(folder, wish):
        book = Book(folder, now)
        rotation = book.rotation(name, shift)
        placed = book.any_seat(rotation, shift, seat)
        address = f"{placed.shift}/{placed.seat}"
        if not placed.member:
            raise Refused(f"Nobody holds {address}, so nobody has {kind.value} it.")
        if not book.has_begun(placed):
            raise Refused(f"{address} has not begun: it can neither be done nor missed yet.")
        told = marks(rotation.changes).get(placed.key)
        if told is not None and told.kind is kind:
            raise BadRequest(f"Change {told.id} says already that {address} was {kind.value}.")
        move = Move(*placed.key, placed.member, placed.member)
        known = placed.member in {member.id for member in book.team.members}
        concerned = placed.member if known else ""
        return alter(book, book.standing(rotation), kind, [move], wish, concerned=concerned)
