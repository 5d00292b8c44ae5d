"""Write down in the roster that somebody is away. Why is asked by nobody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.keep import Kept, keep
from scheduler.domain.span import Span
from scheduler.errors import Refused
from scheduler.files import read_team, writing
from scheduler.files.add_away import add_away


def take_leave(
    folder: Path, member: str, by: str, span: Span, now: datetime, *, push: bool = False
) -> Kept:
    """Add a span to a member's time away, and commit it in the name of who says so.

    Raises:
        BadFiles: the roster holds mistakes.
        BadRequest: there is no such member.
        Refused: it is over, somebody else's, there already, or the file cannot be added to.
    """
    team = read_team(folder)
    if by not in {member, *team.leads}:
        raise Refused("Only a lead may say that for somebody else.")
    person = next(m for m in team.members if m.id == member)
    if span.end <= now.astimezone(ZoneInfo(person.timezone)).date():
        raise Refused(f"{span.last} is over.")
    if any(known.first <= span.first and span.end <= known.end for known in person.away):
        return Kept()
    with writing(folder):
        path = add_away(folder, member, span)
    author = next(m for m in team.members if m.id == by)
    days = f"{span.first} to {span.last}" if span.days > 1 else f"on {span.first}"
    return keep(path, f"{person.name} is away {days}", author, push=push)
