"""The outbox: what becomes of each reminder, written down before and after every step.

    pending ─▶ claimed ─▶ sent
       ▲          ├─▶ unclear ─▶ sent, or pending (after a look into the conversation)
       └──────────┘   pending ─▶ dropped (outdated) or folded (another message says it)

A letter that its sender left ``claimed`` is as unclear as one that was left ``unclear``: Slack may
have the message, or may still get it until ``claimed_until``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import Connection, Row, delete, or_, select, update

from scheduler.journal.insert import insert_new
from scheduler.journal.journal import server_now
from scheduler.journal.tables import outbox

SeatKey = tuple[str, str]
LEASE = timedelta(seconds=60)
"""How long a post may be on its way: longer than its time limit."""

KEPT = timedelta(days=400)
"""How long a letter is remembered at least: far longer than anybody looks back."""


class State(Enum):
    """Where a letter stands."""

    pending = "pending"
    claimed = "claimed"
    unclear = "unclear"
    sent = "sent"
    dropped = "dropped"
    folded = "folded"


OPEN = (State.pending, State.claimed, State.unclear)
_IN_DOUBT = (State.claimed, State.unclear)


@dataclass(frozen=True, slots=True)
class Letter:
    """One reminder as the journal knows it; the words are not here, they follow from the rotation.

    ``to`` is a member's id or ``#channel``, ``channel`` and ``ts`` are where Slack put the message,
    ``content`` is the hash of what it shows there.
    """

    key: str
    to: str
    kind: str
    due: datetime
    until: datetime
    subject: tuple[SeatKey, ...]
    state: State = State.pending
    attempts: int = 0
    claimed_until: datetime | None = None
    not_before: datetime | None = None
    channel: str = ""
    ts: str = ""
    content: str = ""
    folded_into: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_in_doubt(self) -> bool:
        """Whether Slack may have it although nobody wrote that down."""
        return self.state in _IN_DOUBT


def enter(connection: Connection, letters: Iterable[Letter]) -> int:
    """Write letters down; what is known by its key already stays as it is, unless it was dropped
    and is wanted again. Returns how many are to be sent now that were not before."""
    return sum(
        insert_new(connection, outbox, _row(letter))
        or _set(connection, letter.key, (State.dropped,), state=State.pending)
        for letter in letters
    )


def fold_into(connection: Connection, key: str, folded: Iterable[str]) -> None:
    """Say that one letter tells others, so that these are never sent by themselves. A letter that
    Slack may have already is left as it is."""
    for other in folded:
        _set(connection, other, (State.pending,), state=State.folded, folded_into=key)


def unfold(connection: Connection, key: str) -> None:
    """Take back that a letter tells others: it was not sent, and what matters is seen anew."""
    told = (outbox.c.folded_into == key) & (outbox.c.state == State.folded.value)
    values = {"state": State.pending.value, "folded_into": None}
    connection.execute(update(outbox).where(told).values(values))


def letters(connection: Connection, since: datetime) -> dict[str, Letter]:
    """By key: all letters that are open, and all others that matter at an instant or were due
    after it."""
    states = [state.value for state in OPEN]
    wanted = or_(outbox.c.state.in_(states), outbox.c.until > since, outbox.c.due > since)
    rows = connection.execute(select(outbox).where(wanted).order_by(outbox.c.due, outbox.c.key))
    return {row.key: _letter(row) for row in rows}


def claim(connection: Connection, key: str, lease: timedelta = LEASE) -> bool:
    """Say that a letter is about to be posted, before it is. Returns False where that was said
    before and Slack may still get it, or where there is nothing left to send."""
    now = server_now(connection)
    free = or_(
        outbox.c.state == State.pending.value,
        outbox.c.state.in_([state.value for state in _IN_DOUBT]) & (outbox.c.claimed_until <= now),
    )
    values = {
        "state": State.claimed.value,
        "attempts": outbox.c.attempts + 1,
        "claimed_until": now + lease,
        "not_before": None,
    }
    done = connection.execute(update(outbox).where(outbox.c.key == key, free).values(values))
    return done.rowcount == 1


def record_sent(connection: Connection, key: str, channel: str, ts: str, content: str) -> bool:
    """Write down where Slack put a letter."""
    place = {"channel": channel, "ts": ts, "content": content, "claimed_until": None}
    return _set(connection, key, _IN_DOUBT, state=State.sent, **place)


def record_unclear(connection: Connection, key: str) -> bool:
    """Write down that Slack may have a letter or not: nobody answered."""
    return _set(connection, key, (State.claimed,), state=State.unclear)


def put_off(connection: Connection, key: str, wait: timedelta) -> bool:
    """Write down that Slack did not take a letter, and that it is tried again after a while."""
    later = server_now(connection) + wait
    values = {"state": State.pending, "claimed_until": None, "not_before": later}
    return _set(connection, key, _IN_DOUBT, **values)


def drop(connection: Connection, key: str) -> bool:
    """Write down that a letter is not sent any more: it no longer matters, or is no longer true."""
    return _set(connection, key, OPEN, state=State.dropped, claimed_until=None)


def record_edit(connection: Connection, key: str, content: str) -> bool:
    """Write down what a sent letter shows now."""
    return _set(connection, key, (State.sent,), content=content)


def prune(connection: Connection, before: datetime) -> int:
    """Forget letters that mattered, and were due, before an instant by everybody's clock; those
    that Slack may have or still has to get stay. Returns how many went."""
    # A clock that is ahead for a day must not forget what the right one would then send again.
    since = min(before, server_now(connection) - KEPT)
    old = (outbox.c.until < since) & (outbox.c.due < since)
    over = outbox.c.state.in_([state.value for state in State if state not in OPEN])
    return connection.execute(delete(outbox).where(old, over)).rowcount


# --------------------------------------------------------------------------------------- the table


def _set(connection: Connection, key: str, states: Iterable[State], **values: object) -> bool:
    """Change a letter that is in one of some states; False where it is not."""
    plain = {name: v.value if isinstance(v, State) else v for name, v in values.items()}
    found = outbox.c.state.in_([state.value for state in states])
    done = connection.execute(update(outbox).where(outbox.c.key == key, found).values(plain))
    return done.rowcount == 1


def _row(letter: Letter) -> dict[str, object]:
    return {
        "key": letter.key,
        "recipient": letter.to,
        "kind": letter.kind,
        "due": letter.due,
        "until": letter.until,
        "subject": [list(seat) for seat in letter.subject],
        "state": letter.state.value,
        "attempts": letter.attempts,
        "folded_into": letter.folded_into or None,
    }


def _letter(row: Row[tuple[object, ...]]) -> Letter:
    return Letter(
        key=row.key,
        to=row.recipient,
        kind=row.kind,
        due=row.due,
        until=row.until,
        subject=tuple((shift, seat) for shift, seat in row.subject),
        state=State(row.state),
        attempts=row.attempts,
        claimed_until=row.claimed_until,
        not_before=row.not_before,
        channel=row.channel or "",
        ts=row.ts or "",
        content=row.content or "",
        folded_into=row.folded_into or "",
    )
