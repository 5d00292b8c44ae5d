"""Ask others to take a turn over, or to exchange one: the question waits in the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.alter import Book
from scheduler.domain.change import Move
from scheduler.domain.rotation import Placed, Rotation
from scheduler.errors import Refused
from scheduler.files.team import Team
from scheduler.journal import Journal, Request, RequestState, open_request, read_request

COVER, SWAP = "cover", "swap"
_MOST_ASKED = 8
"""People who are asked at once: more of them would each wait for another to answer."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and for whom: a lead may ask for somebody else."""

    member: str
    on_behalf: str = ""

    @property
    def holder(self) -> str:
        """Whose turn it is about."""
        return self.on_behalf or self.member


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what it is about; ``is_new`` is False where it was open already."""

    team: Team
    rotation: Rotation
    request: Request
    is_new: bool = True

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of those who are asked, the best candidate first."""
        return tuple(self.request.details["people"])

    @property
    def moves(self) -> tuple[Move, ...]:
        return moves_of(self.request)

    @property
    def seats(self) -> tuple[Placed, ...]:
        """The seats that it is about, in the order of the moves."""
        by_key = {placed.key: placed for placed in self.rotation.placed}
        return tuple(by_key[move.key] for move in self.moves if move.key in by_key)


def ask_cover(
    folder: Path,
    journal: Journal,
    shift: str,
    now: datetime,
    asker: Asker,
    *,
    seat: str | None = None,
    note: str = "",
) -> Asked:
    """Ask those who could take a turn over, the best first; the first yes wins.

    Asked again while it is open, it is the same question.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such shift, seat or member.
        Refused: the turn has begun, is not the asker's, or nobody may take it.
    """
    book = Book(folder, now)
    rotation = book.rotation(None, shift)
    placed = book.seat(rotation, shift, seat)
    check_holder(book, placed, asker)
    standing = book.standing(rotation)
    there = standing.problem.seat_by_key[placed.key]
    found = [c for c in book.search(standing).covers(there, placed.member) if not c.obstacle]
    if not found:
        raise Refused(
            f"Nobody may take {placed.shift}/{placed.seat} by the rules: ask a lead, who may "
            "decide otherwise with `rota override`."
        )
    people = [candidate.members[0].id for candidate in found[:_MOST_ASKED]]
    move = Move(*placed.key, placed.member, "")
    return _open(book, journal, COVER, rotation, [move], people, asker, note)


def ask_swap(
    folder: Path,
    journal: Journal,
    moves: Sequence[Move],
    now: datetime,
    asker: Asker,
    *,
    note: str = "",
) -> Asked:
    """Propose an exchange to everybody who would take a turn by it; all of them have to agree.

    The first move is the asker's turn, as the candidates of `rota swap` have it.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such shift, seat or member.
        Refused: a turn has begun, or has another holder by now.
    """
    book = Book(folder, now)
    rotation = book.rotation(None, moves[0].shift)
    for move in moves:
        placed = book.seat(rotation, move.shift, move.seat)
        if placed.member != move.was:
            raise Refused(outdated(book, placed))
    check_holder(book, book.seat(rotation, moves[0].shift, moves[0].seat), asker)
    people = list(dict.fromkeys(move.now for move in moves if move.now != asker.holder))
    return _open(book, journal, SWAP, rotation, moves, people, asker, note)


def check_holder(book: Book, placed: Placed, asker: Asker) -> None:
    """Refuse to give away a turn that is not the asker's, unless a lead does it for its holder."""
    if asker.holder != asker.member and asker.member not in book.team.leads:
        raise Refused(f"Only a lead may act for {book.name(asker.holder)}.")
    if placed.member != asker.holder:
        holder = book.name(placed.member) if placed.member else "nobody"
        raise Refused(
            f"{placed.shift}/{placed.seat} is held by {holder}, not by {book.name(asker.holder)}."
        )


def outdated(book: Book, placed: Placed) -> str:
    """What is said of a turn that changed hands since a question was asked."""
    holder = f"{book.name(placed.member)} holds" if placed.member else "nobody holds"
    return f"The rotation has changed since: {holder} {placed.shift}/{placed.seat} now."


def moves_of(request: Request) -> tuple[Move, ...]:
    """What a request would move; of a turn to cover nobody is named who takes it."""
    return tuple(Move(*move) for move in request.details["moves"])


def begins(book: Book, placed: Placed) -> datetime:
    """The instant at which a turn begins."""
    if placed.start is not None:
        return placed.start
    return datetime.combine(placed.span.first, time(), ZoneInfo(book.team.timezone))


def _open(
    book: Book,
    journal: Journal,
    kind: str,
    rotation: Rotation,
    moves: Sequence[Move],
    people: Sequence[str],
    asker: Asker,
    note: str,
) -> Asked:
    """Open a question, or find the one that is open. Its id follows from what it is about and from
    how often that was asked before, so that a button pressed twice asks once."""
    written = [[move.shift, move.seat, move.was, move.now] for move in moves]
    base = _digest(kind, rotation.name, written)
    placed = {placed.key: placed for placed in rotation.placed}
    request = Request(
        id=base,
        kind=kind,
        rotation=rotation.name,
        seats=tuple(move.key for move in moves),
        asked_by=asker.member,
        asked_at=book.now,
        on_behalf=asker.on_behalf,
        until=min(begins(book, placed[move.key]) for move in moves),
        details={"moves": written, "people": list(people), "note": " ".join(note.split())},
    )
    with journal.begin() as connection:
        for number in range(1, 1000):
            numbered = replace(request, id=f"{base}-{number}")
            if open_request(connection, numbered):
                return Asked(book.team, rotation, numbered)
            known = read_request(connection, numbered.id)
            if known is not None and known.state is RequestState.open:
                return Asked(book.team, rotation, known, is_new=False)
    raise Refused("This was asked a thousand times: talk to each other.")


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
