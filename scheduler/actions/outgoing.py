"""What to do about reminders: which are new, which are outdated, and which say something wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey
from scheduler.journal.outbox import Letter, State
from scheduler.messages.directory import Directory
from scheduler.messages.due import Reminder, fold
from scheduler.messages.message import Message
from scheduler.messages.passed_on import given_back, handed_over, passed_on
from scheduler.messages.reminder import AHEAD, HANDOVER, MISSED, MORNING
from scheduler.messages.text import is_slack_id

_PASSED_ON = "passed-on:"
_UNSENT = (State.pending, State.dropped)


@dataclass(frozen=True, slots=True)
class Edit:
    """A posted message that has to say something else now."""

    letter: Letter
    message: Message
    content: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be done: ``send`` in order of time, ``folded`` are told by one of these,
    ``outdated`` letters are not sent any more, ``unlinked`` are the members whom a reminder waits
    for but who have no Slack id."""

    send: tuple[Reminder, ...]
    folded: tuple[Reminder, ...]
    outdated: tuple[Letter, ...]
    edits: tuple[Edit, ...]
    unlinked: tuple[str, ...]


def outgoing(
    directory: Directory,
    rotations: Iterable[Rotation],
    wanted: Sequence[Reminder],
    letters: Mapping[str, Letter],
    now: datetime,
    clock: datetime | None = None,
) -> Outgoing:
    """What is to be done about the reminders that are wanted, seen what became of them so far.

    Letters whose post is in doubt are left alone: they have to be looked up first. ``clock`` is the
    journal's time, for those that Slack did not take and that rest for a while.
    """
    clock = clock or now
    alive = {reminder.key: reminder for reminder in wanted if reminder.until > now}
    # A message that told several was not sent: what it told is seen anew, one by one.
    undone = {key for key, letter in letters.items() if _is_pending_fold(letter, clock)}
    unsent = [r for r in alive.values() if _is_unsent(letters.get(r.key), undone, clock)]
    linked = {r.key: r for r in unsent if address(directory, r.to)}
    send = fold(linked.values(), now)
    return Outgoing(
        send=send,
        folded=tuple(linked[key] for reminder in send for key in reminder.folds),
        outdated=tuple(
            letter
            for letter in letters.values()
            if letter.state is State.pending
            and (letter.key in undone or (letter.key not in alive and letter.kind != MISSED))
        ),
        edits=tuple(_edits(directory, rotations, alive, letters, now)),
        unlinked=tuple(sorted({r.to for r in unsent if r.key not in linked})),
    )


def address(directory: Directory, to: str) -> str:
    """Where Slack finds a channel or a member; empty where it cannot."""
    if to.startswith("#"):
        return to
    slack = directory.person(to).slack
    return slack if is_slack_id(slack) else ""


def content(message: Message) -> str:
    """A hash of what a message shows."""
    return sha256(json.dumps(message.to_json(), sort_keys=True).encode()).hexdigest()[:40]


def letter(reminder: Reminder) -> Letter:
    """A reminder as the journal keeps it."""
    return Letter(
        key=reminder.key,
        to=reminder.to,
        kind=reminder.kind,
        due=reminder.at,
        until=reminder.until,
        subject=reminder.subject,
    )


def _is_pending_fold(letter: Letter, clock: datetime) -> bool:
    return letter.kind == MISSED and letter.state is State.pending and not _rests(letter, clock)


def _is_unsent(letter: Letter | None, undone: set[str], clock: datetime) -> bool:
    if letter is None or letter.folded_into in undone:
        return True
    return letter.state in _UNSENT and not _rests(letter, clock)


def _rests(letter: Letter, clock: datetime) -> bool:
    return letter.not_before is not None and letter.not_before > clock


# ----------------------------------------------------------------------------------------- edits


def _edits(
    directory: Directory,
    rotations: Iterable[Rotation],
    alive: Mapping[str, Reminder],
    letters: Mapping[str, Letter],
    now: datetime,
) -> Iterator[Edit]:
    """What people still read and is no longer so. A message that told several stays: the change
    was told to everybody concerned by a message of its own."""
    seats = {seat.key: seat for r in rotations if r.is_published for seat in r.placed}
    for sent in letters.values():
        if sent.state is not State.sent or sent.until <= now or sent.kind == MISSED:
            continue
        if sent.key in alive:
            message, mark = alive[sent.key].message, ""
        else:
            found = _outdated(directory, seats, sent)
            if found is None:
                continue
            message, mark = found, _PASSED_ON
        shown = mark + content(message)
        if shown != sent.content:
            yield Edit(sent, message, shown)


def _outdated(
    directory: Directory, seats: Mapping[SeatKey, Placed], sent: Letter
) -> Message | None:
    """What a message says whose reminder is not wanted any more; ``None`` = what it said."""
    about = [seats[key] for key in sent.subject if key in seats]
    if sent.kind == HANDOVER and len(about) == 2:
        return handed_over(directory, *about)
    if sent.kind not in {AHEAD, MORNING} or len(about) != 1:
        return None
    if about[0].member != sent.to:
        return passed_on(directory, about[0])
    return given_back(directory, about[0]) if sent.content.startswith(_PASSED_ON) else None
