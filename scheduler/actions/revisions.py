"""Rotation files as git remembers them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from scheduler.domain.rotation import Rotation
from scheduler.errors import BadRequest, Refused
from scheduler.files import parse_rotation

_ROTATIONS = "rotations"


def rotations_at(folder: Path, revision: str) -> tuple[Rotation, ...]:
    """The rotations of a roster folder at a revision: a commit, a branch or a tag.

    Raises:
        BadFiles: a file held mistakes then.
        BadRequest: git knows no such revision.
        Refused: there is no git, or the folder lies in no repository.
    """
    commit = _commit(folder, revision)
    listed = _git(folder, "ls-tree", "-z", "--name-only", commit, f"{_ROTATIONS}/")
    names = [name for name in listed.split("\0") if name.endswith(".yaml")]
    return tuple(
        parse_rotation(_git(folder, "show", f"{commit}:./{name}"), f"{revision}:{name}")
        for name in names
    )


def _commit(folder: Path, revision: str) -> str:
    wanted = f"{revision}^{{commit}}"
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    except subprocess.CalledProcessError:
        try:
            _git(folder, "rev-parse", "--git-dir")
        except subprocess.CalledProcessError:
            raise Refused(
                f"{folder} lies in no git repository, so there is nothing to compare with."
            ) from None
        if revision == "HEAD":
            raise Refused(f"Nothing is committed yet in the repository of {folder}.") from None
        raise BadRequest(f'git knows no revision "{revision}".') from None
    return found.strip()


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except FileNotFoundError:
        raise Refused("git is not installed, and old rotations are looked up there.") from None
    return done.stdout.decode("utf-8", errors="replace")
