"""Show what a team gets to see at Slack, as a page to look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from scheduler.domain.people import Member
from scheduler.domain.rotation import Rotation
from scheduler.errors import Refused
from scheduler.files import read_rotations, read_team
from scheduler.files.public_holidays import days_of
from scheduler.files.store import write_whole
from scheduler.files.team import Team
from scheduler.messages import sample
from scheduler.messages.directory import Directory, Person
from scheduler.messages.gallery import Shown, gallery
from scheduler.messages.preview import page


def preview(folder: Path | None, out: Path, now: datetime) -> tuple[Shown, ...]:
    """Write a page of every kind of message: of a team as it stands, else of a made-up one.

    Kinds of which the team's published rotations give no example are left out.

    Raises:
        BadFiles: the files hold mistakes.
        Refused: nothing is published yet, or the page cannot be written.
    """
    if folder is None:
        known, shown = sample.DIRECTORY, gallery(sample.DIRECTORY, sample.rotations(), sample.NOW)
    else:
        rotations = read_rotations(folder)
        known = directory(read_team(folder), rotations)
        if not any(rotation.is_published for rotation in rotations):
            raise Refused(
                "Nothing is published yet, and messages tell only what is: run `rota publish`, or "
                "leave the roster out to look at a made-up team."
            )
        shown = gallery(known, rotations, now)
    write_whole(out, page(known.team, shown, known).encode())
    return shown


def directory(team: Team, rotations: Iterable[Rotation]) -> Directory:
    """The part of a roster that messages may know, with the public holidays around rotations."""
    spans = [rotation.horizon for rotation in rotations]
    years = {year for span in spans for year in range(span.first.year - 1, span.end.year + 2)}
    return Directory(
        installation=team.installation,
        team=team.name,
        timezone=team.timezone,
        people={member.id: _person(member, years) for member in team.members},
        duties={duty.id: duty for duty in team.duties},
        chat=team.chat,
        leads=team.leads,
    )


def _person(member: Member, years: Iterable[int]) -> Person:
    return Person(
        id=member.id,
        name=member.name,
        slack=member.slack,
        timezone=member.timezone,
        hours=member.hours,
        days=member.days,
        off=(*member.away, *member.paused),
        holidays=member.public_holidays | days_of(member.holidays, years),
    )
