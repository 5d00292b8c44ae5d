"""Say that a turn was missed, as its holder or as a lead."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered
from scheduler.actions.keep import Kept
from scheduler.actions.missed import missed
from scheduler.actions.report_done import report


def report_missed(
    folder: Path, shift: str, seat: str, member: str, now: datetime, *, push: bool = False
) -> tuple[Altered, Kept]:
    """Write down that a turn was missed, and commit it. Nobody is told why.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such turn, or that was said already.
        Refused: it has not begun, is not theirs, or another process is writing.
    """
    return report(missed, "Missed", folder, shift, seat, member, now, push=push)
