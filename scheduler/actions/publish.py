"""Make a draft final."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from scheduler.actions.assemble import assemble, history
from scheduler.actions.fingerprint import fingerprint
from scheduler.actions.horizon import chosen, named
from scheduler.actions.standing import is_as_planned
from scheduler.domain.rotation import Rotation
from scheduler.errors import Refused
from scheduler.files import read_rotations, read_team, rotation_path, write_rotation, writing
from scheduler.files.team import Team


@dataclass(frozen=True, slots=True)
class Published:
    """The rotation as it went out, its file, and sentences for the person."""

    team: Team
    rotation: Rotation
    path: Path
    notes: tuple[str, ...]


def publish(folder: Path, name: str | None, now: datetime) -> Published:
    """Mark a draft as published at an instant; without a name, the only draft there is.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no rotation of that name.
        Refused: it is published already, no draft or several are there to choose from, it was
            changed by hand since it was planned, or another process is writing.
    """
    with writing(folder):
        team = read_team(folder)
        rotations = read_rotations(folder)
        draft = _draft(rotations, name)
        notes = tuple(_notes(team, rotations, draft))
        rotation = replace(draft, published=now.replace(microsecond=0))
        write_rotation(folder, rotation)
    return Published(team, rotation, rotation_path(folder, rotation.name), notes)


def _draft(rotations: Sequence[Rotation], name: str | None) -> Rotation:
    drafts = [rotation for rotation in rotations if not rotation.is_published]
    if name is not None:
        rotation = _named(rotations, name)
        if rotation.published is not None:
            raise Refused(
                f"{name} was published on {rotation.published:%Y-%m-%d at %H:%M} UTC already."
            )
        return rotation
    if not drafts:
        raise Refused("There is no draft to publish: make one with `rota plan` and --write.")
    if len(drafts) > 1:
        names = ", ".join(draft.name for draft in drafts)
        raise Refused(f"There are several drafts ({names}): say which one with --quarter.")
    return drafts[0]


def _named(rotations: Sequence[Rotation], name: str) -> Rotation:
    if all(rotation.name != name for rotation in rotations):
        named(name)
        raise Refused(
            f"There is no draft of {name} to publish: make one with `rota plan` and --write."
        )
    return chosen(rotations, name, date.min)


def _notes(team: Team, rotations: Sequence[Rotation], draft: Rotation) -> Iterator[str]:
    problem = assemble(team, history(rotations, draft.horizon), draft.horizon, draft)
    if fingerprint(problem, team.inputs, draft.seed) != draft.inputs:
        yield (
            "The roster, a pin or an earlier rotation has changed since this was planned; what "
            "went out is the plan as it was."
        )
    elif not is_as_planned(draft, problem, team):
        raise Refused(
            f"rotations/{draft.name}.yaml was changed by hand after it was planned, so its "
            "figures are no longer true. Mark your change `pinned: true` and run `rota plan` "
            "with --write again."
        )
    if draft.interrupted:
        yield "The plan was interrupted: a longer run might find a better one."
