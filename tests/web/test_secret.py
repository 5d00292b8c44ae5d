"""The server's secret is made once, kept private, and long enough."""

import os
import stat
from pathlib import Path

import pytest

from scheduler.actions.server_secret import server_secret
from scheduler.errors import BadRequest, Refused


def test_the_first_run_makes_one_that_only_its_owner_reads_and_git_does_not_see(
    tmp_path: Path,
) -> None:
    made = server_secret(tmp_path)
    path = tmp_path / ".rota" / "secret"
    assert len(made) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tmp_path.joinpath(".rota", ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert server_secret(tmp_path) == made
    assert sorted(p.name for p in path.parent.iterdir()) == [".gitignore", "secret"]


def test_what_is_given_comes_first_and_makes_no_file(tmp_path: Path) -> None:
    assert server_secret(tmp_path, f" {'x' * 32}\n") == b"x" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_short_one_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=r"ROTA_SECRET is shorter than 32"):
        server_secret(tmp_path, "short")
    tmp_path.joinpath(".rota").mkdir()
    tmp_path.joinpath(".rota", "secret").write_text("", encoding="utf-8")
    with pytest.raises(BadRequest, match=r"\.rota/secret is shorter than 32"):
        server_secret(tmp_path)


def test_where_none_can_be_made_the_environment_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath(".rota").write_text("a file", encoding="utf-8")
    with pytest.raises(Refused, match="ROTA_SECRET"):
        server_secret(tmp_path)


def test_of_two_that_make_one_at_once_both_get_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def second_comes_first(*names: Path) -> None:
        tmp_path.joinpath(".rota", "secret").write_text("y" * 40, encoding="utf-8")
        link(*names)

    monkeypatch.setattr(os, "link", second_comes_first)
    assert server_secret(tmp_path) == b"y" * 40
