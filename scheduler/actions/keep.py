"""Commit what a door wrote, where the roster lies in a git repository, and push it if wished."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.people import Member

_TRIES = 5
_PAUSE = 0.2
"""Seconds between two tries while another git holds the index or was faster at the remote."""
_LONGEST = 60.0
"""Seconds that one git command may take, such as a push to a slow remote."""


_STRANGE = (
    "The change is written, but git does not commit it, because the clone is another user's: give "
    "the folder to whoever runs rota, or set git's safe.directory."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """``commit`` is the commit that was made, empty where the roster lies in no repository;
    ``pushed`` whether the remote has it; ``trouble`` one sentence on what a person must do."""

    commit: str = ""
    pushed: bool = False
    trouble: str = ""


class GitFailed(Exception):
    """A git command failed; the text is what it said."""


def keep(path: Path, message: str, author: Member, *, push: bool = False) -> Kept:
    """Commit one file as the change of a member, and nothing else that lies there changed.

    A push that the remote refuses, because somebody was faster, is put on top of theirs and tried
    again. Where both changed the same lines the commit stays, and ``trouble`` says so. Nothing is
    raised: the file is written, whatever git makes of it.
    """
    try:
        top = Path(_git(path.parent, "rev-parse", "--show-toplevel"))
    except FileNotFoundError:
        return Kept()
    except GitFailed as failed:
        # A clone of another user's, as in a container: there is a repository all the same.
        strange = "dubious ownership" in str(failed)
        return Kept(trouble=_STRANGE if strange else "")
    try:
        commit = _commit(top, path.resolve(), message, author)
    except GitFailed as failed:
        return Kept(trouble=f"The change is written, but git did not commit it: {failed}.")
    if not push or not commit:
        return Kept(commit)
    return _push(top, commit)


def _commit(top: Path, path: Path, message: str, author: Member) -> str:
    """The new commit; empty where the file is as it was."""
    _patiently(top, "add", "--intent-to-add", "--", str(path))
    if not _git(top, "status", "--porcelain", "--", str(path)):
        return ""
    who = f"{_plain(author.name) or author.id} <{_plain(author.email) or _nowhere(author)}>"
    _patiently(top, "commit", "-q", "-m", message, f"--author={who}", "--only", "--", str(path))
    return _git(top, "rev-parse", "HEAD")


def _push(top: Path, commit: str) -> Kept:
    for turn in range(_TRIES):
        try:
            _git(top, "push", "-q")
            return Kept(_git(top, "rev-parse", "HEAD"), pushed=True)
        except GitFailed as failed:
            said = str(failed)
        if "rejected" not in said and "fetch first" not in said:
            return Kept(commit, trouble=f"The change is committed, but not pushed: {said}.")
        try:
            _git(top, "pull", "-q", "--rebase", "--autostash")
        except GitFailed:
            _abort(top)
            return Kept(
                commit,
                trouble="The change is committed here, but the remote changed the same lines: "
                "pull and merge by hand, then push.",
            )
        time.sleep(_PAUSE * turn)
    return Kept(commit, trouble="The change is committed, but others kept pushing: push it later.")


def _abort(top: Path) -> None:
    try:
        _git(top, "rebase", "--abort")
    except GitFailed:
        # There is none: the pull failed before it began one.
        return


def _patiently(top: Path, *arguments: str) -> str:
    """Run git, and again while another git holds the index."""
    for turn in range(_TRIES):
        try:
            return _git(top, *arguments)
        except GitFailed as failed:
            if "index.lock" not in str(failed) or turn == _TRIES - 1:
                raise
        time.sleep(_PAUSE * (turn + 1))
    raise AssertionError("the last try returns or raises")


def _git(folder: Path, *arguments: str) -> str:
    """What a git command prints; it never asks for anything."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *_identity(folder, arguments), *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired as late:
        raise GitFailed(f"git {arguments[0]} took too long") from late
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if not line.startswith("hint:")]
        raise GitFailed(" ".join(" ".join(lines).split()) or f"git {arguments[0]} failed")
    return done.stdout.strip()


def _identity(folder: Path, arguments: Sequence[str]) -> Sequence[str]:
    """A server often has no name of its own to commit as."""
    if arguments[0] not in {"commit", "pull"}:
        return ()
    known = subprocess.run(
        ["git", "-C", str(folder), "config", "user.email"], capture_output=True, check=False
    )
    return () if known.stdout.strip() else ("-c", "user.name=Rota", "-c", "user.email=rota@invalid")


def _nowhere(author: Member) -> str:
    return f"{_plain(author.id)}@invalid"


def _plain(text: str) -> str:
    """Without what git reads as the end of a name."""
    return " ".join(text.translate(str.maketrans("<>\n\r\x00", "     ")).split())
