"""What a door has to remember between two requests: it lies in the journal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scheduler.journal import (
    FILE,
    FOLDER,
    Journal,
    Request,
    RequestState,
    beside,
    keep_details,
    open_journal,
    read_request,
    see,
)

_ASKING = "asking_until"
"""The detail that tells until when somebody is at putting the question to people."""
_MINUTE = timedelta(minutes=1)


def journal_of(folder: Path, url: str = "") -> Journal:
    """The journal of a URL, else of ``ROTA_JOURNAL``, else the one beside the roster.

    Raises:
        BadRequest: the URL is none.
        Refused: it cannot be reached.
    """
    return open_journal(url or os.environ.get("ROTA_JOURNAL", "") or beside(folder))


def has_journal(folder: Path, url: str = "") -> bool:
    """Whether a journal is named, or lies beside the roster already."""
    named = url or os.environ.get("ROTA_JOURNAL", "")
    return bool(named) or (folder / FOLDER / FILE).is_file()


def first_time(journal: Journal, event: str, now: datetime) -> bool:
    """Whether an event of Slack comes for the first time; it is remembered."""
    with journal.begin() as connection:
        return see(connection, event[:200], now)


def begin_asking(journal: Journal, id: str, now: datetime) -> Request | None:
    """Take it on to put a question to people: the question as it is by now, or ``None`` where
    another is just doing that or the question is over. Who dies at it is waited for a minute."""
    with journal.begin() as connection:
        request = read_request(connection, id, hold=True)
        if request is None or request.state is not RequestState.open or _is_asking(request, now):
            return None
        keep_details(connection, id, {**request.details, _ASKING: (now + _MINUTE).isoformat()})
        return request


def end_asking(journal: Journal, id: str) -> None:
    """Everybody whom it could be put to has the question."""
    where_told(journal, id, {_ASKING: None})


def where_told(journal: Journal, id: str, told: Mapping[str, Any]) -> None:
    """Remember where a question stands: ``told`` is kept beside what it is about."""
    with journal.begin() as connection:
        request = read_request(connection, id, hold=True)
        if request is not None:
            keep_details(connection, id, {**request.details, **told})


def _is_asking(request: Request, now: datetime) -> bool:
    until = request.details.get(_ASKING)
    return until is not None and now < datetime.fromisoformat(until)
