"""A turn that has begun was missed: it counts for nobody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Wish
from scheduler.actions.done import mark
from scheduler.domain.change import Kind


def missed(
    folder: Path,
    shift: str,
    now: datetime,
    wish: Wish,
    *,
    seat: str | None = None,
    name: str | None = None,
) -> Altered:
    """Say that the holder of a turn did not do it: it is no load of theirs, taught them nothing
    and leaves its seat unfilled. Why they did not is told to nobody.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such shift, seat, member or rotation, or that was said already.
        Refused: the turn has not begun or nobody holds it, or another process is writing.
    """
    return mark(Kind.missed, folder, shift, now, wish, seat=seat, name=name)
