"""What `rota serve` puts together for members: who may read, who may act, and what is started."""

import asyncio
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from scheduler.cli.app import app as command
from scheduler.cli.serving import Setup, application
from scheduler.errors import BadRequest
from scheduler.web import Live
from scheduler.web.signin import LocalLink
from tests.web.serving import SECRET, Clock, team

HERE = "http://127.0.0.1:8000"


def ask(folder: Path, setup: Setup, *paths: str) -> list[httpx.Response]:
    """The answers to one browser, in order."""
    live = Live(folder, SECRET, HERE, Clock())
    live.start()
    transport = httpx.ASGITransport(application(live, setup))

    async def run() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            return [await client.get(path) for path in paths]

    return asyncio.run(run())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SLACK_CLIENT_ID", "GITHUB_CLIENT_ID", "SLACK_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return team(tmp_path / "moons")


def test_without_a_way_to_sign_in_this_machine_reads_and_no_journal_is_made(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    page, mine = ask(folder, Setup(), "/people", "/mine")
    assert (page.status_code, mine.status_code) == (200, 200)
    assert "Nobody can sign in here" in mine.text
    assert sorted(folder.rglob("*")) == before


def test_with_a_link_pages_are_for_whoever_opened_it(folder: Path) -> None:
    link = LocalLink("ana")
    before, entered, mine = ask(folder, Setup(link=link), "/people", link.path, "/mine")
    assert (before.status_code, entered.status_code) == (303, 303)
    assert "signed in as Ana Silva" in mine.text


def test_providers_of_the_environment_keep_strangers_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_CLIENT_ID", "one")
    monkeypatch.setenv("GITHUB_CLIENT_SECRET", "two")
    page, door = ask(folder, Setup(), "/people", "/signin")
    assert page.status_code == 303
    assert "Sign in with GitHub" in door.text
    (shown,) = ask(folder, Setup(is_open=True), "/people")
    assert shown.status_code == 200


def test_a_member_whom_nobody_knows_is_named_before_anything_starts(folder: Path) -> None:
    done = CliRunner().invoke(command, ["serve", str(folder), "--me", "anna", "--port", "0"])
    assert isinstance(done.exception, BadRequest)
    assert 'did you mean "ana"' in str(done.exception)
