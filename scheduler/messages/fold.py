"""After a sleep: what still matters is sent, and the rest becomes one message a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scheduler.messages.reminder import Reminder


def fold(reminders: Iterable[Reminder], now: datetime) -> tuple[Reminder, ...]:
    """Drop what no longer matters."""
    return tuple(reminder for reminder in reminders if reminder.until > now)
