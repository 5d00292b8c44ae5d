"""Write the calendar feeds of what is published into a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from scheduler import calendars
from scheduler.actions.put import put, put_one
from scheduler.errors import BadRequest, Refused
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team


@dataclass(frozen=True, slots=True)
class FeedsWritten:
    """What became of the files: ``written`` ones are new or different, ``removed`` ones no longer
    belong to anybody, and the rest was as it should be. ``index`` is the page that lists them, or
    ``None`` where a page of somebody else's has its name."""

    out: Path
    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    unchanged: int
    index: Path | None


def feeds(
    folder: Path,
    out: Path,
    base_url: str = "",
    *,
    alarms: Sequence[timedelta] = (),
    tombstones: bool = False,
) -> FeedsWritten:
    """Write every feed of a roster that is not yet there byte for byte, and remove feeds of
    former members and duties; an index page lists them. ``base_url`` is where the files will be
    served, if that is known; ``alarms`` and ``tombstones`` are those of ``calendars.feeds``.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: ``base_url`` is no web address.
        Refused: nothing is published yet, or the folder cannot be written.
    """
    if base_url and not calendars.link(base_url):
        raise BadRequest(f'"{base_url}" is no web address such as https://example.org/calendars.')
    team = read_team(folder)
    names, rotations = directory(team), read_rotations(folder)
    wanted = calendars.feeds(rotations, names, base_url, alarms=alarms, tombstones=tombstones)
    titles = calendars.titles(rotations, names, tombstones=tombstones)
    try:
        written = tuple(put(out, wanted))
        removed = tuple(_clear(out, wanted))
        index = _write_index(out, calendars.index(titles, team.name, base_url))
    except OSError as error:
        raise Refused(
            f"The feeds cannot be written to {error.filename}: {error.strerror}."
        ) from error
    return FeedsWritten(out, written, removed, len(wanted) - len(written), index)


def directory(team: Team) -> calendars.Directory:
    """The part of a roster that feeds may show."""
    return calendars.Directory(
        installation=UUID(team.installation),
        team=team.name,
        timezone=team.timezone,
        members={member.id: member.name for member in team.members},
        duties={duty.id: duty for duty in team.duties},
        upstreams={upstream.id: upstream.name for upstream in team.upstreams},
    )


def _write_index(out: Path, page: bytes) -> Path | None:
    """Put the index page in place if it differs, unless somebody else's page stands there."""
    path = out / calendars.INDEX
    there = path.read_bytes() if path.is_file() else None
    if there is not None and not calendars.is_our_index(there):
        return None
    if there != page:
        put_one(path, page)
    return path


def _clear(out: Path, wanted: Mapping[str, bytes]) -> Iterator[Path]:
    """Remove feeds that nobody has any more, but no file that we did not write."""
    for path in sorted(out.glob("*/*.ics")):
        name = path.relative_to(out).as_posix()
        if name not in wanted and calendars.is_ours(name, path.read_bytes()):
            path.unlink()
            yield path
