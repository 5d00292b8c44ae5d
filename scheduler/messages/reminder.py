"""A reminder: one message to one person or channel, due at an instant, known by its key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.shifts import SeatKey
from scheduler.messages.message import Message

AHEAD, MORNING, HANDOVER = "ahead", "morning", "handover"
DIGEST, HORIZON, TRAINING = "digest", "horizon", "training"
PUBLISHED, CHANGED, MISSED = "published", "changed", "missed"
KINDS = (AHEAD, MORNING, HANDOVER, DIGEST, HORIZON, TRAINING, PUBLISHED, CHANGED, MISSED)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What has to be said once.

    ``key`` is the same on every run and on every machine. ``to`` is the id of a member, or the
    name of a channel with its ``#``. ``at`` (UTC) is when it is due; from ``until`` on it no longer
    matters. ``subject`` are the seats that it is about. ``folds`` are the keys of others that this
    one says in their stead: once it is sent, they are too.
    """

    key: str
    to: str
    at: datetime
    until: datetime
    kind: str
    subject: tuple[SeatKey, ...]
    message: Message
    folds: tuple[str, ...] = ()

    @property
    def is_for_channel(self) -> bool:
        return self.to.startswith("#")

    @property
    def order(self) -> tuple[datetime, str]:
        """By time, then key."""
        return self.at, self.key
