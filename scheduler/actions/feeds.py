"""Write the calendar feeds of what is published into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from scheduler import calendars
from scheduler.errors import Refused
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team


@dataclass(frozen=True, slots=True)
class FeedsWritten:
    """What became of the files: ``written`` ones are new or different, ``removed`` ones no longer
    belong to anybody, and the rest was as it should be."""

    out: Path
    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    unchanged: int


def feeds(folder: Path, out: Path, base_url: str = "") -> FeedsWritten:
    """Write every feed of a roster that is not yet there byte for byte, and remove feeds of
    former members and duties. ``base_url`` is where the files will be served, if that is known.

    Raises:
        BadFiles: the files hold mistakes.
        Refused: nothing is published yet, or the folder cannot be written.
    """
    team = read_team(folder)
    wanted = calendars.feeds(read_rotations(folder), directory(team), base_url)
    try:
        written = tuple(_write(out, wanted))
        removed = tuple(_clear(out, wanted))
    except OSError as error:
        raise Refused(
            f"The feeds cannot be written to {error.filename}: {error.strerror}."
        ) from error
    return FeedsWritten(out, written, removed, len(wanted) - len(written))


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


def _write(out: Path, wanted: Mapping[str, bytes]) -> Iterator[Path]:
    for name, content in wanted.items():
        path = out / name
        if not path.is_file() or path.read_bytes() != content:
            _replace(path, content)
            yield path


def _replace(path: Path, content: bytes) -> None:
    """Put a file in place in one step: a server never sees half of it. It is not forced to the
    disk, since the next run writes again what a power cut took."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _clear(out: Path, wanted: Mapping[str, bytes]) -> Iterator[Path]:
    """Remove feeds that nobody has any more, but no file that we did not write."""
    for path in sorted(out.glob("*/*.ics")):
        name = path.relative_to(out).as_posix()
        if name not in wanted and calendars.is_ours(name, path.read_bytes()):
            path.unlink()
            yield path
