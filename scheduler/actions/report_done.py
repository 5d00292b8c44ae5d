"""Say that a turn was done, as its holder or as a lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Book, Wish
from scheduler.actions.done import done
from scheduler.actions.keep import Kept, keep
from scheduler.errors import Refused


def report_done(
    folder: Path, shift: str, seat: str, member: str, now: datetime, *, push: bool = False
) -> tuple[Altered, Kept]:
    """Write down that a turn was done, and commit it.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such turn, or that was said already.
        Refused: it has not begun, is not theirs, or another process is writing.
    """
    return report(done, "Done", folder, shift, seat, member, now, push=push)


def report(
    mark: Callable[..., Altered],
    word: str,
    folder: Path,
    shift: str,
    seat: str,
    member: str,
    now: datetime,
    *,
    push: bool,
) -> tuple[Altered, Kept]:
    """Say what became of a turn; raises what ``report_done`` raises."""
    book = Book(folder, now)
    rotation = book.rotation(None, shift)
    holder = next((p.member for p in rotation.placed if p.key == (shift, seat)), "")
    if member not in {holder, *book.team.leads}:
        raise Refused(f"Only {book.name(holder) or 'its holder'} or a lead can say that.")
    altered = mark(folder, shift, now, Wish(by=member, write=True), seat=seat)
    author = next(m for m in altered.team.members if m.id == member)
    return altered, keep(altered.path, f"{word}: {shift}/{seat}", author, push=push)
