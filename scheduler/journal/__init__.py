"""What was sent, asked and answered: SQLite by default, PostgreSQL by URL.

Every verb takes the connection of a running transaction (``with journal.begin() as connection``),
so that a door can do several as one: see an event, and write down the answer that it carries.
"""

from scheduler.journal.journal import (
    FILE,
    FOLDER,
    Journal,
    beside,
    open_journal,
    opened,
    server_now,
)
from scheduler.journal.marks import claim_journal, started
from scheduler.journal.requests import (
    Answer,
    Answered,
    Request,
    RequestState,
    answer,
    answers_to,
    close_request,
    keep_details,
    open_request,
    open_requests,
    read_request,
    record_entry,
    reopen_request,
)
from scheduler.journal.seen_events import see
from scheduler.journal.sender import Sender, right_to_send

__all__ = [
    "FILE",
    "FOLDER",
    "Answer",
    "Answered",
    "Journal",
    "Request",
    "RequestState",
    "Sender",
    "answer",
    "answers_to",
    "beside",
    "claim_journal",
    "close_request",
    "keep_details",
    "open_journal",
    "open_request",
    "open_requests",
    "opened",
    "read_request",
    "record_entry",
    "reopen_request",
    "right_to_send",
    "see",
    "server_now",
    "started",
]
