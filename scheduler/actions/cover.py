"""One takes over a turn of another, or one that nobody held."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Book, Offered, Wish, alter, locked
from scheduler.domain.change import Kind, Move
from scheduler.errors import BadRequest, Refused


def cover(
    folder: Path,
    shift: str,
    now: datetime,
    wish: Wish,
    *,
    seat: str | None = None,
    to: str | None = None,
    name: str | None = None,
) -> Altered | Offered:
    """Give a turn to a member; without one, tell who may take it, the best first.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such shift, seat, member or rotation.
        Refused: the turn has begun, a requirement breaks, or another process is writing.
    """
    with locked(folder, wish):
        book = Book(folder, now)
        rotation = book.rotation(name, shift)
        placed = book.seat(rotation, shift, seat)
        standing = book.standing(rotation)
        if to is None:
            if wish.write:
                raise BadRequest("Say who takes over with --to; without --write they are listed.")
            there = standing.problem.seat_by_key[placed.key]
            found = book.search(standing).covers(there, placed.member)
            return Offered(book.team, rotation, placed, tuple(found))
        if book.member(to) == placed.member:
            raise BadRequest(f"{book.name(to)} holds {placed.shift}/{placed.seat} already.")
        if wish.on_behalf and wish.on_behalf != placed.member:
            holder = book.name(placed.member) if placed.member else "nobody"
            raise Refused(
                f"{placed.shift}/{placed.seat} is held by {holder}, not by "
                f"{book.name(wish.on_behalf)}."
            )
        move = Move(*placed.key, placed.member, to)
        concerned = placed.member if placed.member in standing.problem.member_by_id else to
        return alter(book, standing, Kind.cover, [move], wish, concerned=concerned)
