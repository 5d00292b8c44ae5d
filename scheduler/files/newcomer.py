"""A member who is not in the roster yet, read as if they stood at the end of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scheduler.domain.people import Member
from scheduler.errors import BadFiles, BadRequest, Mistake
from scheduler.files.suggest import quoted
from scheduler.files.team import ROSTER, Team, read_team

_KEY = re.compile(r"(?:^|(?<=,))\s*([a-z_]+)\s*=\s*")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A member as they would be, and what is doubtful about their entry."""

    member: Member
    notes: tuple[str, ...]


def read_newcomer(folder: Path, team: Team, text: str) -> Newcomer:
    """Read an entry of ``members``: ``id=zoe, budget=6h, skills=[triage]``, or the YAML of one.

    All that a roster checks is checked, the other members and the duties included.

    Raises:
        BadRequest: with every mistake of the entry.
    """
    entry = _entry(text)
    root: Any = yaml.compose(folder.joinpath(ROSTER).read_text(encoding="utf-8"), yaml.SafeLoader)
    members = next(value for key, value in root.value if key.value == "members")
    members.value.append(entry)
    try:
        trial = _read(folder, yaml.serialize(root))
    except BadFiles as bad:
        raise BadRequest(_told(text, bad.mistakes)) from bad
    known = {member.id for member in team.members}
    joining = [member for member in trial.members if member.id not in known]
    return Newcomer(joining[0], tuple(_doubts(team, trial)))


def _entry(text: str) -> yaml.MappingNode:
    """The entry as a node, so that every value keeps the form in which it was written."""
    pairs = _KEY.sub(r" \1: ", text.strip())
    written = text if pairs == text.strip() else f"{{{pairs}}}"
    try:
        node = yaml.compose(written, yaml.SafeLoader)
    except yaml.YAMLError:
        node = None
    if not isinstance(node, yaml.MappingNode):
        raise BadRequest(
            f"{quoted(text)} is no member: write such as id=zoe, budget=6h, skills=[triage], or "
            "name a YAML file with the entry."
        )
    return node


def _read(folder: Path, roster: str) -> Team:
    """The team with another roster.yaml, read at another place."""
    with tempfile.TemporaryDirectory() as trial:
        for file in (*folder.glob("*.yaml"), *folder.glob("*.yml")):
            shutil.copy(file, trial)
        Path(trial, ROSTER).write_text(roster, encoding="utf-8")
        return read_team(Path(trial))


def _told(text: str, mistakes: tuple[Mistake, ...]) -> str:
    """The sentences without their places, which are in no file that anybody has."""
    sentences = dict.fromkeys(m.sentence for m in mistakes if m.severity == "error")
    return "\n".join(f"{quoted(text)}: {sentence}" for sentence in sentences)


def _doubts(team: Team, trial: Team) -> Iterator[str]:
    known = {warning.sentence for warning in team.warnings}
    yield from dict.fromkeys(w.sentence for w in trial.warnings if w.sentence not in known)
