"""Undo a change for somebody who has a part in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Book, Wish
from scheduler.actions.keep import Kept, keep
from scheduler.actions.undo import undo
from scheduler.errors import Refused


def take_back(
    folder: Path, name: str, number: int, member: str, now: datetime, *, push: bool = False
) -> tuple[Altered, Kept]:
    """Take a change back as a member: one of those whose turns it moved, who made it, or a lead.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such change.
        Refused: it is none of theirs, was taken back already, or others built on it.
    """
    book = Book(folder, now)
    rotation = book.rotation(name, "")
    entry = next((entry for entry in rotation.changes if entry.id == number), None)
    if entry is not None:
        moved = {holder for move in entry.moves for holder in (move.was, move.now)}
        if member not in {entry.by, entry.on_behalf, *moved, *book.team.leads}:
            raise Refused("Only those whose turns it moved, or a lead, may take this change back.")
    altered = undo(folder, now, Wish(by=member, write=True), number=number, name=name)
    author = next(m for m in altered.team.members if m.id == member)
    message = f"Take back change {number} of {name}"
    return altered, keep(altered.path, message, author, push=push)
