"""What is due: every reminder of published rotations in a stretch of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from scheduler.domain.rotation import Rotation
from scheduler.messages.directory import Directory
from scheduler.messages.fold import fold
from scheduler.messages.kinds import (
    changed,
    digest,
    handover,
    horizon,
    published,
    training,
    turns,
)
from scheduler.messages.reminder import HANDOVER, MORNING, Reminder
from scheduler.messages.turns import Book, Window

__all__ = ["Reminder", "due", "fold"]

KINDS = (published, changed, turns, handover, digest, training, horizon)


def due(
    directory: Directory, rotations: Iterable[Rotation], since: datetime, now: datetime
) -> tuple[Reminder, ...]:
    """Every reminder that falls due after ``since`` and not after ``now``, by time, then key.

    It follows from the arguments alone: asked again, or on another machine, it gives the same
    keys, and two stretches that adjoin give together what the whole stretch gives. Drafts are
    passed over, and so is what was due before its turn was given to whoever has it now.
    """
    book, window = Book(directory, rotations), Window(since, now)
    found = {r.key: r for kind in KINDS for r in kind.due(book, window)}
    return tuple(sorted(_once(found.values()), key=lambda reminder: reminder.order))


def _once(reminders: Iterable[Reminder]) -> Iterator[Reminder]:
    """A hand-over to whoever comes also says what the morning's reminder would say then."""
    found = list(reminders)
    said = {(r.to, r.at, key) for r in found if r.kind == HANDOVER for key in r.subject[1:]}
    for reminder in found:
        doubled = any((reminder.to, reminder.at, key) in said for key in reminder.subject)
        if reminder.kind != MORNING or not doubled:
            yield reminder
