"""What differs between two revisions of the rotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.actions.revisions import rotations_at
from scheduler.domain.change import Entry
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadRequest
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team
from scheduler.review.compare import Comparison, compare


@dataclass(frozen=True, slots=True)
class Difference:
    """A rotation before and after; ``None`` where there is no such file. ``changes`` are the
    entries that are new."""

    name: str
    before: Rotation | None
    after: Rotation | None
    comparison: Comparison
    changes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Every rotation that differs, in order of time; ``old`` and ``new`` name the two sides."""

    team: Team
    old: str
    new: str
    differences: tuple[Difference, ...]


def diff(
    folder: Path, old: str | None = None, new: str | None = None, name: str | None = None
) -> Diff:
    """Compare the files with git's HEAD, or with ``old``, or ``old`` with ``new``; all rotations,
    or the one named.

    Raises:
        BadFiles: a file holds mistakes, now or then.
        BadRequest: there is no such revision or rotation.
        Refused: there is no git, or the folder lies in no repository.
    """
    team = read_team(folder)
    before = rotations_at(folder, old or "HEAD")
    after = read_rotations(folder) if new is None else rotations_at(folder, new)
    known = {rotation.name for rotation in (*before, *after)}
    if name is not None and name not in known:
        raise BadRequest(f"There is no rotation {name}; there are: {', '.join(sorted(known))}.")
    found = tuple(d for d in _pairs(before, after) if name in (None, d.name))
    return Diff(team, old or "HEAD", new or "the files", found)


def _pairs(before: Sequence[Rotation], after: Sequence[Rotation]) -> Iterator[Difference]:
    old = {rotation.name: rotation for rotation in before}
    new = {rotation.name: rotation for rotation in after}
    every = {**old, **new}
    for name in sorted(every, key=lambda name: every[name].horizon):
        one, other = old.get(name), new.get(name)
        if one != other:
            yield Difference(name, one, other, _compared(one, other), _new(one, other))


def _compared(before: Rotation | None, after: Rotation | None) -> Comparison:
    if after is not None:
        return compare(before, after)
    assert before is not None
    return compare(before, replace(before, placed=()))


def _new(before: Rotation | None, after: Rotation | None) -> tuple[Entry, ...]:
    known = () if before is None else before.changes
    return tuple(e for e in after.changes if e not in known) if after is not None else ()
