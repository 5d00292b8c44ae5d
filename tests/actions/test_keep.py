"""A change is committed in the name of who asked for it, and a push is never lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scheduler.actions.keep import keep
from scheduler.domain.people import Member

ANA = Member("ana", "Ana <Silva>", email="ana@example.org")


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=T", "-c", "user.email=t@invalid", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *settings, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def repository(folder: Path) -> Path:
    """A repository with a roster folder in it; the file to keep."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    path = folder / "roster" / "a.yaml"
    path.parent.mkdir()
    path.write_text("a: 1\n", encoding="utf-8")
    path.with_name("b.yaml").write_text("b: 1\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    return path


def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of a bare repository; the file to keep in the first, and the second."""
    path = repository(tmp_path / "origin")
    git(tmp_path, "clone", "-q", "--bare", "origin", "bare.git")
    for name in ("here", "there"):
        git(tmp_path, "clone", "-q", "bare.git", name)
    return tmp_path / "here" / "roster" / path.name, tmp_path / "there"


def test_only_the_file_is_committed_and_by_whom(tmp_path: Path) -> None:
    path = repository(tmp_path / "team")
    path.write_text("a: 2\n", encoding="utf-8")
    path.with_name("b.yaml").write_text("b: unfinished\n", encoding="utf-8")
    kept = keep(path, "Change 1", ANA)
    assert kept.commit == git(path.parent, "rev-parse", "HEAD")
    assert (kept.pushed, kept.trouble) == (False, "")
    told = git(path.parent, "show", "--format=%an <%ae> %s", "--name-only", "HEAD").split("\n")
    assert told == ["Ana Silva <ana@example.org> Change 1", "", "roster/a.yaml"]
    assert git(path.parent, "status", "--porcelain") == "M roster/b.yaml"


def test_a_new_file_is_committed_and_the_same_again_is_not(tmp_path: Path) -> None:
    new = repository(tmp_path / "team").with_name("c.yaml")
    new.write_text("c: 1\n", encoding="utf-8")
    assert keep(new, "Change 1", ANA).commit
    assert keep(new, "Change 1", ANA).commit == ""


def test_without_a_repository_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    kept = keep(path, "Change 1", ANA, push=True)
    assert (kept.commit, kept.trouble) == ("", "")


def test_a_clone_of_another_user_is_trouble_and_not_taken_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = repository(tmp_path / "team")
    path.write_text("a: 2\n", encoding="utf-8")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    kept = keep(path, "Change 1", ANA)
    assert kept.commit == ""
    assert "the clone is another user's" in kept.trouble


def test_a_hook_that_says_no_is_trouble_and_no_error(tmp_path: Path) -> None:
    path = repository(tmp_path / "team")
    hook = tmp_path / "team" / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho no >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    path.write_text("a: 2\n", encoding="utf-8")
    kept = keep(path, "Change 1", ANA)
    assert kept.trouble == "The change is written, but git did not commit it: no."


def test_a_push_that_came_second_is_put_on_top(tmp_path: Path) -> None:
    path, there = clones(tmp_path)
    there.joinpath("roster", "b.yaml").write_text("b: 2\n", encoding="utf-8")
    git(there, "commit", "-qam", "theirs")
    git(there, "push", "-q")
    path.write_text("a: 2\n", encoding="utf-8")
    path.with_name("b.yaml").with_name("notes.txt").write_text("mine", encoding="utf-8")
    kept = keep(path, "Change 1", ANA, push=True)
    assert (kept.pushed, kept.trouble) == (True, "")
    told = git(tmp_path / "bare.git", "log", "--format=%s", "main").split("\n")
    assert told == ["Change 1", "theirs", "first"]


def test_the_same_lines_on_both_sides_lose_nothing(tmp_path: Path) -> None:
    path, there = clones(tmp_path)
    there.joinpath("roster", "a.yaml").write_text("a: theirs\n", encoding="utf-8")
    git(there, "commit", "-qam", "theirs")
    git(there, "push", "-q")
    path.write_text("a: ours\n", encoding="utf-8")
    kept = keep(path, "Change 1", ANA, push=True)
    assert not kept.pushed
    assert "merge by hand" in kept.trouble
    assert path.read_text(encoding="utf-8") == "a: ours\n"
    assert git(path.parent, "log", "-1", "--format=%s") == "Change 1"
    assert git(path.parent, "status", "--porcelain") == ""


def test_a_remote_that_is_gone_is_told(tmp_path: Path) -> None:
    path, _ = clones(tmp_path)
    git(path.parent, "remote", "set-url", "origin", str(tmp_path / "nowhere.git"))
    path.write_text("a: 2\n", encoding="utf-8")
    kept = keep(path, "Change 1", ANA, push=True)
    assert kept.commit
    assert "committed, but not pushed" in kept.trouble
