"""What changed since a rotation was published, the newest first."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.change import Entry, Kind, undone
from scheduler.domain.rotation import Placed
from scheduler.domain.shifts import SeatKey
from scheduler.reports.changes import moved
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View
from scheduler.reports.wording import seat_title, when


def page(view: View) -> str:
    """Every entry with the seats that it moved. Notes are left out: they are people's own words,
    and may say why somebody is away."""
    rotation = view.rotation
    seats = rotation.seats_ever
    gone = undone(rotation.changes)
    entries = [
        (entry, entry.id in gone, tuple(_told(entry, seats, view)))
        for entry in reversed(rotation.changes)
    ]
    return fill("changes", view, entries=entries)


def _told(entry: Entry, seats: dict[SeatKey, Placed], view: View) -> Iterator[str]:
    # Who edits the file by hand may take out a shift and leave what happened to it.
    moves = [move for move in entry.moves if move.key in seats]
    yield from moved(moves, seats, view.roster)
    if entry.kind in {Kind.done, Kind.missed}:
        for move in moves:
            seat = seats[move.key]
            work = f"{view.roster.duty(seat.duty)} {seat_title(seat)}".rstrip()
            yield f"{work} ({when(seat)}) was {entry.kind.value}."
