"""After a sleep: what still matters is sent, and what came late is told a person in one message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from scheduler.messages.blocks import context, header, message, paragraphs
from scheduler.messages.message import Message
from scheduler.messages.reminder import AHEAD, HANDOVER, MISSED, MORNING, Reminder

LATE = timedelta(hours=12)
"""From when on a reminder is late: a night's delay is none."""
_OF_TURNS = {AHEAD: 0, MORNING: 1, HANDOVER: 1}


def fold(reminders: Iterable[Reminder], now: datetime) -> tuple[Reminder, ...]:
    """What to send of reminders that are due and were not sent yet, by time, then key.

    Nothing past its ``until`` is among it. An announcement whose turn has a later one due as well
    goes into that one. Where a person has two or more that are late, these become one message that
    lists them; a single one is sent as it is. ``folds`` names what each stands for: the keys that
    are sent with it.
    """
    alive = sorted((r for r in reminders if r.until > now), key=lambda r: r.order)
    return tuple(sorted(_by_person(_newest(alive), now), key=lambda reminder: reminder.order))


def _newest(reminders: Sequence[Reminder]) -> list[Reminder]:
    """Of the announcements of one turn to one person only the last, which takes the others in."""
    kept: dict[tuple[str, object], Reminder] = {}
    others: list[Reminder] = []
    for reminder in reminders:
        if reminder.kind not in _OF_TURNS:
            others.append(reminder)
            continue
        about = (reminder.to, reminder.subject[-1])
        older = kept.get(about)
        folds = (*older.folds, older.key, *reminder.folds) if older else reminder.folds
        kept[about] = replace(reminder, folds=folds)
    return [*others, *kept.values()]


def _by_person(reminders: Iterable[Reminder], now: datetime) -> Iterator[Reminder]:
    late: dict[str, list[Reminder]] = {}
    for reminder in reminders:
        if now - reminder.at < LATE or reminder.is_for_channel:
            yield reminder
        else:
            late.setdefault(reminder.to, []).append(reminder)
    for missed in late.values():
        yield from missed if len(missed) == 1 else [_together(missed)]


def _together(missed: Sequence[Reminder]) -> Reminder:
    missed = sorted(missed, key=lambda reminder: reminder.order)
    keys = tuple(key for reminder in missed for key in (*reminder.folds, reminder.key))
    digest = sha256("\n".join(keys).encode()).hexdigest()[:24]
    return Reminder(
        key=f"{MISSED}/{missed[-1].to}/{digest}",
        to=missed[-1].to,
        at=missed[-1].at,
        until=max(reminder.until for reminder in missed),
        kind=MISSED,
        subject=tuple(dict.fromkeys(key for reminder in missed for key in reminder.subject)),
        message=_message([reminder.message.text for reminder in missed]),
        folds=keys,
    )


def _message(said: Sequence[str]) -> Message:
    return message(
        f"Rota was asleep for a while. Meanwhile: {len(said)} messages for you.",
        header("While Rota was asleep"),
        *paragraphs(f"•  {text}" for text in said),
        context("`/rota mine` shows all your turns as they stand now."),
    )
