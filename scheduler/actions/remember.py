"""What a door has to remember between two requests: it lies in the journal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from scheduler.journal import (
    FILE,
    FOLDER,
    Journal,
    Request,
    beside,
    keep_details,
    open_journal,
    open_requests,
    read_request,
    see,
)


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


def request_of(journal: Journal, id: str) -> Request | None:
    """A question by its id."""
    with journal.begin() as connection:
        return read_request(connection, id)


def questions(journal: Journal) -> tuple[Request, ...]:
    """All open questions."""
    with journal.begin() as connection:
        return open_requests(connection)


def where_told(journal: Journal, id: str, told: Mapping[str, Any]) -> None:
    """Remember where a question stands: ``told`` is kept beside what it is about."""
    with journal.begin() as connection:
        request = read_request(connection, id, hold=True)
        if request is not None:
            keep_details(connection, id, {**request.details, **told})
