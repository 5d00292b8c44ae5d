"""What is due: every reminder of published rotations in a stretch of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scheduler.domain.rotation import Rotation
from scheduler.messages.directory import Directory
from scheduler.messages.fold import fold
from scheduler.messages.reminder import Reminder

__all__ = ["Reminder", "due", "fold"]


def due(
    directory: Directory, rotations: Iterable[Rotation], since: datetime, now: datetime
) -> tuple[Reminder, ...]:
    """Every reminder that falls due after ``since`` and not after ``now``, by time, then key.

    It follows from the arguments alone: asked again, or on another machine, it gives the same
    keys. Drafts are passed over.
    """
    return ()
