"""Open questions: who asked for a swap or cover, who answered, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, select, update

from scheduler.journal.insert import insert_new
from scheduler.journal.tables import answers, requests

SeatKey = tuple[str, str]


class RequestState(Enum):
    """How a request stands."""

    open = "open"
    accepted = "accepted"
    declined = "declined"
    expired = "expired"
    withdrawn = "withdrawn"


class Answer(Enum):
    """What somebody who was asked said."""

    yes = "yes"
    no = "no"


@dataclass(frozen=True, slots=True)
class Request:
    """A question to the team. ``kind`` is swap or cover, ``seats`` what it is about, ``asked_by``
    and ``on_behalf`` are ids of members (the latter may be empty). ``entry`` is the number of the
    rotation's entry that it became. ``details`` is for the door that asks: whom, and where."""

    id: str
    kind: str
    rotation: str
    seats: tuple[SeatKey, ...]
    asked_by: str
    asked_at: datetime
    on_behalf: str = ""
    until: datetime | None = None
    state: RequestState = RequestState.open
    entry: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """A member's answer to a request."""

    request: str
    member: str
    answer: Answer
    at: datetime


def open_request(connection: Connection, request: Request) -> bool:
    """Write down a new question; False where its id is known already."""
    row = {
        "id": request.id,
        "kind": request.kind,
        "rotation": request.rotation,
        "seats": [list(seat) for seat in request.seats],
        "asked_by": request.asked_by,
        "on_behalf": request.on_behalf,
        "asked_at": request.asked_at,
        "until": request.until,
        "state": request.state.value,
        "entry": request.entry,
        "details": dict(request.details),
    }
    return insert_new(connection, requests, row)


def read_request(connection: Connection, id: str, *, hold: bool = False) -> Request | None:
    """A request by its id, if there is one. Whoever writes what follows from it has to ``hold`` it:
    others who do so wait until this transaction ends, and then read what it wrote."""
    wanted = select(requests).where(requests.c.id == id)
    # SQLite has one writer at a time, and no such clause.
    row = connection.execute(wanted.with_for_update() if hold else wanted).one_or_none()
    return None if row is None else _request(row)


def open_requests(connection: Connection, rotation: str | None = None) -> tuple[Request, ...]:
    """All requests that are still open, of one rotation or of all, the oldest first."""
    wanted = select(requests).where(requests.c.state == RequestState.open.value)
    if rotation is not None:
        wanted = wanted.where(requests.c.rotation == rotation)
    rows = connection.execute(wanted.order_by(requests.c.asked_at, requests.c.id))
    return tuple(_request(row) for row in rows)


def close_request(
    connection: Connection, id: str, state: RequestState, entry: int | None = None
) -> bool:
    """End an open request. True for the first who does, False for everybody after: of two who say
    yes at the same moment, one wins."""
    return _move(connection, id, RequestState.open, state, entry)


def reopen_request(connection: Connection, id: str, state: RequestState) -> bool:
    """Open a request again that ended in a state, because what should have followed failed."""
    return _move(connection, id, state, RequestState.open, None)


def keep_details(connection: Connection, id: str, details: Mapping[str, Any]) -> None:
    """Remember what the door needs of a request."""
    row = {"details": dict(details)}
    connection.execute(update(requests).where(requests.c.id == id).values(row))


def record_entry(connection: Connection, id: str, entry: int) -> None:
    """Remember which entry of the rotation file an accepted request became."""
    connection.execute(update(requests).where(requests.c.id == id).values(entry=entry))


def answer(connection: Connection, request: str, member: str, said: Answer, at: datetime) -> bool:
    """Write down an answer; False where the member has answered already: the first one stays."""
    row = {"request": request, "member": member, "answer": said.value, "at": at}
    return insert_new(connection, answers, row)


def answers_to(connection: Connection, request: str) -> tuple[Answered, ...]:
    """All answers to a request, in order of time."""
    table = answers
    asked = select(table).where(table.c.request == request).order_by(table.c.at, table.c.member)
    rows = connection.execute(asked)
    return tuple(Answered(r.request, r.member, Answer(r.answer), r.at) for r in rows)


def _move(
    connection: Connection, id: str, was: RequestState, now: RequestState, entry: int | None
) -> bool:
    found = (requests.c.id == id, requests.c.state == was.value)
    done = connection.execute(update(requests).where(*found).values(state=now.value, entry=entry))
    return done.rowcount == 1


def _request(row: Row[tuple[Any, ...]]) -> Request:
    return Request(
        id=row.id,
        kind=row.kind,
        rotation=row.rotation,
        seats=tuple((shift, seat) for shift, seat in row.seats),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        on_behalf=row.on_behalf,
        until=row.until,
        state=RequestState(row.state),
        entry=row.entry,
        details=row.details,
    )
