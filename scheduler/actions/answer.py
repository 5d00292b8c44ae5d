"""Answer a question: yes, no, or never mind. A yes that counts becomes an entry of the rotation."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection

from scheduler.actions.alter import Altered, Book, Wish, alter
from scheduler.actions.ask import COVER, moves_of, outdated
from scheduler.actions.keep import Kept, keep
from scheduler.domain.change import Entry, Kind, Move, undone
from scheduler.domain.people import Member
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadRequest, Refused, RotaError
from scheduler.files import rotation_path, writing
from scheduler.files.team import Team
from scheduler.journal import (
    Answer,
    Journal,
    Request,
    RequestState,
    answer,
    answers_to,
    close_request,
    keep_details,
    read_request,
    record_entry,
    reopen_request,
)
from scheduler.review.proposal import propose

_WINNER = "winner"
"""The detail that names whose yes it was."""
_PATIENCE = 10.0
"""Seconds to wait while another process writes into the roster folder."""


class Outcome(Enum):
    """What became of an answer."""

    changed = "changed"
    """The rotation has the change now."""
    waiting = "waiting"
    """It counts, and others still have to answer."""
    ended = "ended"
    """Nobody can take it any more, or the asker has withdrawn it."""
    late = "late"
    """It was settled before."""
    refused = "refused"
    """It does not fit any more; ``sentence`` says why."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A question after an answer. ``altered`` and ``kept`` are there where the rotation changed."""

    team: Team
    rotation: Rotation
    request: Request
    outcome: Outcome
    sentence: str = ""
    altered: Altered | None = None
    kept: Kept = Kept()  # noqa: RUF009 - frozen, so that all may share it

    @property
    def takers(self) -> tuple[str, ...]:
        """Who took a turn."""
        moves = self.altered.entry.moves if self.altered else ()
        return tuple(dict.fromkeys(move.now for move in moves if move.was != move.now))


def accept(
    folder: Path, journal: Journal, id: str, member: str, now: datetime, *, push: bool = False
) -> Settled:
    """Say yes. The first yes to a cover wins; an exchange waits for everybody who takes a turn.

    Two who say yes at the same moment, one who says it twice, and a rotation that was planned anew
    in between all end in one change at most.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such question, or it was not put to this member.
        Refused: another process writes into the roster all the time; the question stays open.
    """
    book = Book(folder, now)
    request = _asked(journal, id, member)
    if (late := _late(book, request, member)) is not None:
        return late
    with journal.begin() as connection:
        held = _held(connection, id)
        if held.state is not RequestState.open and not _left_over(request):
            return _settled(book, held, Outcome.late)
        answer(connection, id, member, Answer.yes, now)
        said = {a.member for a in answers_to(connection, id) if a.answer is Answer.yes}
        if member not in said:
            return _settled(book, request, Outcome.late, "You have said no to this.")
        missing = [p for p in request.details["people"] if p not in said]
        if request.kind != COVER and missing:
            names = " and ".join(book.name(person) for person in missing)
            return _settled(book, request, Outcome.waiting, f"{names} still has to agree.")
        if close_request(connection, id, RequestState.accepted):
            # Whoever finds it half done goes on with this one, not with themselves.
            request = replace(request, details={**held.details, _WINNER: member})
            keep_details(connection, id, request.details)
    return _carry_out(folder, journal, request, now, push=push)


def decline(folder: Path, journal: Journal, id: str, member: str, now: datetime) -> Settled:
    """Say no. The question ends where nobody is left who could say yes.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such question, or it was not put to this member.
    """
    book = Book(folder, now)
    request = _asked(journal, id, member)
    if (late := _late(book, request, member)) is not None:
        return late
    with journal.begin() as connection:
        _held(connection, id)
        answer(connection, id, member, Answer.no, now)
        said = {a.member for a in answers_to(connection, id) if a.answer is Answer.no}
        if member not in said:
            return _settled(book, request, Outcome.late, "You have said yes to this.")
        people = request.details["people"]
        over = set(people) <= said if request.kind == COVER else True
        if not over:
            return _settled(book, request, Outcome.waiting)
        ended = close_request(connection, id, RequestState.declined)
    outcome = Outcome.ended if ended else Outcome.late
    return _settled(book, _read(journal, id), outcome)


def withdraw(folder: Path, journal: Journal, id: str, member: str, now: datetime) -> Settled:
    """Take a question back: who asked it, for whom it was asked, or a lead.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such question.
        Refused: it is another's.
    """
    book = Book(folder, now)
    request = _read(journal, id)
    if member not in {request.asked_by, request.on_behalf, *book.team.leads}:
        raise Refused(f"Only {book.name(request.asked_by)} or a lead may withdraw this.")
    with journal.begin() as connection:
        ended = close_request(connection, id, RequestState.withdrawn)
    return _settled(book, _read(journal, id), Outcome.ended if ended else Outcome.late)


# ----------------------------------------------------------------------------- whether it counts


def _read(journal: Journal, id: str) -> Request:
    with journal.begin() as connection:
        return _known(read_request(connection, id))


def _held(connection: Connection, id: str) -> Request:
    """A question as it is by now. Of two who answer at the same moment the second waits here, so
    that it counts the first one's answer; and the door may have added where it told of it."""
    return _known(read_request(connection, id, hold=True))


def _known(request: Request | None) -> Request:
    if request is None:
        raise BadRequest("This question is no longer known: ask again with `/rota`.")
    return request


def _asked(journal: Journal, id: str, member: str) -> Request:
    request = _read(journal, id)
    if member not in request.details["people"]:
        raise BadRequest("This question was not put to you.")
    return request


def _late(book: Book, request: Request, member: str) -> Settled | None:
    """What is said of a question that ended before this answer came."""
    if request.state is not RequestState.open and not _left_over(request):
        return _settled(book, request, Outcome.late)
    if request.until is not None and request.until <= book.now:
        return _settled(book, request, Outcome.late, "The turn has begun.")
    return None


def _left_over(request: Request) -> bool:
    """Whether a process died between the yes and the rotation file."""
    return request.state is RequestState.accepted and request.entry is None


def _settled(book: Book, request: Request, outcome: Outcome, sentence: str = "") -> Settled:
    rotation = book.rotation(request.rotation, request.seats[0][0])
    return Settled(book.team, rotation, request, outcome, sentence)


# ------------------------------------------------------------------------------- carrying it out


def _carry_out(
    folder: Path, journal: Journal, request: Request, now: datetime, *, push: bool
) -> Settled:
    """Write the change. What keeps only this member from it leaves the question open for others."""
    try:
        book, altered = _write(folder, request, _moves(request), now)
    except RotaError as error:
        return _not_done(folder, journal, request, error, now)
    with journal.begin() as connection:
        record_entry(connection, request.id, altered.entry.id)
    author = _author(book, request.asked_by)
    kept = keep(altered.path, _message(book, altered), author, push=push)
    done = _settled(book, _read(journal, request.id), Outcome.changed)
    return replace(done, rotation=altered.rotation, altered=altered, kept=kept)


def _moves(request: Request) -> tuple[Move, ...]:
    """What is to be moved: a cover goes to whoever said yes first."""
    moves = moves_of(request)
    if request.kind != COVER:
        return moves
    return tuple(replace(move, now=request.details[_WINNER]) for move in moves)


def _write(
    folder: Path, request: Request, moves: Sequence[Move], now: datetime
) -> tuple[Book, Altered]:
    """Review and write under the lock, and find what a process wrote that died right after."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with writing(folder):
                return _written(Book(folder, now), request, moves)
        except Refused as refused:
            if "another rota is writing" not in str(refused) or time.monotonic() > deadline:
                raise
        time.sleep(0.05)


def _written(book: Book, request: Request, moves: Sequence[Move]) -> tuple[Book, Altered]:
    rotation = book.rotation(request.rotation, moves[0].shift)
    kind = Kind.cover if request.kind == COVER else Kind.swap
    wish = Wish(
        by=request.asked_by,
        on_behalf=request.on_behalf or None,
        note=str(request.details.get("note", "")),
        write=True,
    )
    before = _entry(rotation, kind, moves, request)
    if before is not None:
        return book, _again(book, rotation, before)
    for move in moves:
        _check(book, rotation, move)
    concerned = request.on_behalf or request.asked_by
    return book, alter(book, book.standing(rotation), kind, moves, wish, concerned=concerned)


def _check(book: Book, rotation: Rotation, move: Move) -> None:
    """A seat is still to come, and held by whoever held it when the question was asked.

    Raises:
        Outdated: it is not, so that no yes can count any more.
    """
    placed = next((placed for placed in rotation.placed if placed.key == move.key), None)
    if placed is None:
        raise Outdated("The rotation has changed since: this turn is no longer in it.")
    if placed.member != move.was:
        raise Outdated(outdated(book, placed))
    if book.has_begun(placed):
        raise Outdated("The turn has begun.")


class Outdated(Refused):
    """The rotation has changed since the question was asked."""


def _entry(rotation: Rotation, kind: Kind, moves: Sequence[Move], request: Request) -> Entry | None:
    """The entry that this request became, where the journal does not know of it."""
    gone = undone(rotation.changes)
    for entry in reversed(rotation.changes):
        made = (
            entry.id not in gone
            and entry.kind is kind
            and entry.at >= request.asked_at.replace(microsecond=0)
        )
        if made and entry.by == request.asked_by and set(moves) <= set(entry.moves):
            return entry
    return None


def _again(book: Book, rotation: Rotation, entry: Entry) -> Altered:
    """The change that is in the file already."""
    path = rotation_path(book.folder, rotation.name)
    proposal = propose(book.standing(rotation), ())
    return Altered(book.team, rotation, rotation, entry, proposal, path, True)


def _not_done(
    folder: Path, journal: Journal, request: Request, error: RotaError, now: datetime
) -> Settled:
    """Reopen the question where others may still take it; end it where it is outdated."""
    book = Book(folder, now)
    with journal.begin() as connection:
        reopen_request(connection, request.id, RequestState.accepted)
        if isinstance(error, Outdated) or request.kind != COVER:
            close_request(connection, request.id, RequestState.expired)
    return _settled(book, _read(journal, request.id), Outcome.refused, str(error))


def _author(book: Book, member: str) -> Member:
    return next(m for m in book.team.members if m.id == member)


def _message(book: Book, altered: Altered) -> str:
    """The first line of the commit."""
    entry = altered.entry
    shifts = ", ".join(dict.fromkeys(move.shift for move in entry.moves if move.was != move.now))
    takers = " and ".join(dict.fromkeys(book.name(m.now) for m in entry.moves if m.was != m.now))
    return f"Change {entry.id} of {altered.rotation.name}: {takers} ({entry.kind.value}, {shifts})"
