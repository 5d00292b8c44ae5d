"""Everything that a server shows of a roster folder, read at one moment as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from scheduler import calendars
from scheduler.actions.feed_address import address_of, feed_tokens
from scheduler.actions.feeds import directory
from scheduler.actions.site import look
from scheduler.actions.stamp import Stamp, stamp
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadFiles, Mistake
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team
from scheduler.reports.pages import Links, View

__all__ = ["Snapshot", "Team", "is_being_pulled", "snapshot", "today"]

_READINGS = 20
"""How often a folder may change while it is read, before that counts as a mistake."""

_LONGEST_PULL = 10
"""Seconds that git is waited for."""


@dataclass(frozen=True)
class Snapshot:
    """A roster at a moment. ``rotations`` are the published ones, in order; without any there is
    no ``view``. ``feeds`` has the bytes of each feed by its token."""

    team: Team
    rotations: tuple[Rotation, ...]
    view: View | None
    feeds: Mapping[str, bytes]
    today: date
    """The day that the view counts to, where the team is."""
    modified: datetime
    """When a file changed last, in UTC."""
    stamp: Stamp
    drafts: tuple[Rotation, ...] = ()

    def team_of(self, now: Stamp) -> Team | None:
        """The team, where none of its files has changed since."""
        same = [line for line in self.stamp if not _is_rotation(line)] == [
            line for line in now if not _is_rotation(line)
        ]
        return self.team if same else None

    def unchanged(self, now: Stamp) -> dict[str, Rotation]:
        """The rotations whose files have not changed since, by name."""
        names = {PurePosixPath(line[0]).stem for line in now if line in self.stamp}
        return {r.name: r for r in (*self.rotations, *self.drafts) if r.name in names}


def _is_rotation(line: tuple[str, int, int, int]) -> bool:
    return line[0].startswith("rotations/")


def today(team: Team, now: datetime) -> date:
    """The day where the team is."""
    return now.astimezone(ZoneInfo(team.timezone)).date()


def snapshot(
    folder: Path, now: datetime, secret: bytes, base_url: str = "", last: Snapshot | None = None
) -> Snapshot:
    """Read a roster whole: what changes meanwhile is read again. Files that are as they were at the
    ``last`` reading are not read once more.

    ``base_url`` is the address under which the world reaches the server; the feeds name it.

    Raises:
        BadFiles: the files hold mistakes, or do not stop changing.
    """
    for _ in range(_READINGS):
        before = stamp(folder)
        try:
            team = (last and last.team_of(before)) or read_team(folder)
            rotations = read_rotations(folder, last.unchanged(before) if last else {})
        except (BadFiles, FileNotFoundError):
            # Half of a `git pull` may be a mistake that the other half mends.
            if stamp(folder) == before:
                raise
            continue
        if stamp(folder) == before:
            return _taken(team, rotations, now, secret, base_url, before)
    raise BadFiles([Mistake(str(folder), 1, 1, "the files change all the time")])


def _taken(
    team: Team,
    rotations: tuple[Rotation, ...],
    now: datetime,
    secret: bytes,
    base_url: str,
    stamp: Stamp,
) -> Snapshot:
    final = tuple(rotation for rotation in rotations if rotation.is_published)
    day = today(team, now)
    view = replace(look(team, final, day), links=Links("/"), marked=True) if final else None
    modified = max((changed for *_, changed in stamp), default=0)
    return Snapshot(
        team=team,
        rotations=final,
        view=view,
        feeds=_feeds(team, final, secret, base_url),
        today=day,
        modified=datetime.fromtimestamp(modified // 10**9, UTC),
        stamp=stamp,
        drafts=tuple(rotation for rotation in rotations if not rotation.is_published),
    )


def _feeds(
    team: Team, final: tuple[Rotation, ...], secret: bytes, base_url: str
) -> dict[str, bytes]:
    tokens = feed_tokens(team, secret)
    addresses = {path: address_of(token, base_url) for path, token in tokens.items()}
    if final:
        made = calendars.feeds(final, directory(team), base_url, addresses=addresses)
    else:
        made = calendars.waiting(directory(team), base_url, addresses=addresses)
    return {token: made[path] for path, token in tokens.items()}


def is_being_pulled(folder: Path, now: datetime) -> bool:
    """Whether git is changing the files right now: what lies there is neither old nor new.

    A lock that stays was left by a git that died, and counts no more.
    """
    for above in (folder.absolute(), *folder.absolute().parents):
        if (above / ".git").exists():
            lock = above / ".git" / "index.lock"
            try:
                return now.timestamp() - lock.stat().st_mtime < _LONGEST_PULL
            except OSError:
                return False
    return False
