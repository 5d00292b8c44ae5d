"""A lead decides who holds a seat."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Book, Wish, alter, locked
from scheduler.domain.change import Kind, Move
from scheduler.errors import BadRequest, Refused


def override(
    folder: Path,
    shift: str,
    now: datetime,
    wish: Wish,
    *,
    to: str,
    seat: str | None = None,
    name: str | None = None,
) -> Altered:
    """Give a seat to a member by the word of a lead.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such shift, seat, member or rotation.
        Refused: who decides is no lead, the turn has begun, a requirement breaks and they do not
            insist, or another process is writing.
    """
    with locked(folder, wish):
        book = Book(folder, now)
        by = book.member(wish.by or "")
        if by not in book.team.leads:
            leads = ", ".join(book.team.leads) or "nobody yet: set `lead: true` in roster.yaml"
            raise Refused(
                f"{book.name(by)} is no lead, and only a lead may override ({leads}); "
                "`rota cover` and `rota swap` are for everybody."
            )
        rotation = book.rotation(name, shift)
        placed = book.seat(rotation, shift, seat)
        if book.member(to) == placed.member:
            raise BadRequest(f"{book.name(to)} holds {placed.shift}/{placed.seat} already.")
        move = Move(*placed.key, placed.member, to)
        return alter(book, book.standing(rotation), Kind.override, [move], wish)
