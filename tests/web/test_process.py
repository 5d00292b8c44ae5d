"""`rota serve` as it runs: reload, replicas, what is said on wrong calls, and the end."""

import json
import signal
import socket
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from scheduler.actions.alter import Altered, Wish
from scheduler.actions.feed_address import feed_addresses, feed_tokens
from scheduler.actions.swap import swap
from scheduler.cli.app import app
from scheduler.errors import BadRequest
from scheduler.files import read_team
from tests.actions.roster import change
from tests.web.process import Process, serving
from tests.web.serving import SECRET, team


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return team(tmp_path / "team")


def feed(folder: Path, path: str) -> str:
    return f"/feeds/{feed_tokens(read_team(folder), SECRET)[path]}.ics"


def shows(name: str, found: httpx.Response) -> bool:
    return name in found.text


def has_whole_answers(server: Process, path: str, tags: dict[str, bytes]) -> None:
    """Ask on and on; every tag has exactly one content."""
    found = server.get(path)
    assert found.status_code == 200
    assert tags.setdefault(found.headers["etag"], found.content) == found.content


def test_a_swap_shows_on_both_replicas_with_the_same_bytes_and_tag(
    folder: Path, tmp_path: Path
) -> None:
    url = ("--open", "--url", "https://rota.example.org")
    path = feed(folder, "members/ben.ics")
    with serving(folder, tmp_path / "a", *url) as one, serving(folder, tmp_path / "b", *url) as two:
        before = one.get(path), two.get(path)
        assert before[0].content == before[1].content
        assert before[0].headers["etag"] == before[1].headers["etag"]
        wish = Wish(write=True, by="ana")
        now = datetime(2027, 1, 1, tzinfo=UTC)
        done = swap(folder, "triage@2027-01-04", now, wish, partners=["triage@2027-01-18"])
        assert isinstance(done, Altered)
        for replica in (one, two):
            replica.until(path, lambda found: "20270104" in found.text)
        after = one.get(path), two.get(path)
        assert after[0].content == after[1].content
        assert after[0].headers["etag"] == after[1].headers["etag"] != before[0].headers["etag"]


def test_while_files_change_under_load_no_answer_is_half(folder: Path, tmp_path: Path) -> None:
    path = feed(folder, "members/ana.ics")
    names = ["Ana Silva", "Ana Souza", "Ana Costa", "Ana Pereira"]
    with serving(folder, tmp_path / "log") as server:
        tags: dict[str, bytes] = {}
        for old, new in pairwise(names):
            change(folder, "roster.yaml", old, new)
            for _ in range(100):
                has_whole_answers(server, path, tags)
            server.until(path, partial(shows, new))
            has_whole_answers(server, path, tags)
        assert len(tags) == len(names)


def test_a_broken_file_and_its_repair_show_without_a_restart(folder: Path, tmp_path: Path) -> None:
    with serving(folder, tmp_path / "log") as server:
        change(folder, "roster.yaml", "budget: 4h", "budget: octopus")
        server.until("/readyz", lambda found: found.json()["roster"] == "last good")
        assert "roster.yaml, line 10" in server.get("/").text
        change(folder, "roster.yaml", "budget: octopus", "budget: 4h")
        server.until("/readyz", lambda found: found.json()["roster"] == "current")
    assert "octopus" not in server.log.read_text(encoding="utf-8")


def test_its_log_is_json_and_holds_no_token(folder: Path, tmp_path: Path) -> None:
    path = feed(folder, "members/ana.ics")
    with serving(folder, tmp_path / "log") as server:
        server.get(path)
        server.get(path + "x")
        server.get("/people" + path)
        with socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2]))) as raw:
            raw.sendall(f"GET {path}\x00 HTTP/1.1\r\n\r\n".encode())
            raw.settimeout(5)
            assert b" 400 " in raw.recv(1000)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
    told = server.log.read_text(encoding="utf-8")
    assert path[7:-4] not in told
    assert len([json.loads(line) for line in told.splitlines()]) >= 3


def test_it_serves_this_machine_alone_under_its_own_names(folder: Path, tmp_path: Path) -> None:
    with serving(folder, tmp_path / "log") as server:
        assert server.get("/").status_code == 200
        assert server.get("/", {"host": "evil.example"}).status_code == 400


def test_killed_and_run_again_it_has_the_same_addresses_and_tags(
    folder: Path, tmp_path: Path
) -> None:
    path = feed(folder, "team.ics")
    url = ("--open", "--url", "https://rota.example.org")
    tags = []
    for name in ("first", "second"):
        with serving(folder, tmp_path / name, *url) as server:
            tags.append(server.get(path).headers["etag"])
            server.process.send_signal(signal.SIGKILL)
            server.process.wait(20)
    assert tags[0] == tags[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--host", "0.0.0.0"], "add --open"),
        (["--url", "https://rota.example.org"], "add --open"),
        (["--url", "example"], "no web address"),
    ],
)
def test_nobody_opens_the_pages_to_the_world_by_mistake(
    folder: Path, arguments: list[str], sentence: str
) -> None:
    done = CliRunner().invoke(app, ["serve", str(folder), "--port", "0", *arguments])
    assert isinstance(done.exception, BadRequest)
    assert sentence in str(done.exception)


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["serve", str(folder), "--port", port])
    assert isinstance(done.exception, BadRequest)
    assert f"127.0.0.1:{port} cannot be listened on" in str(done.exception)


def test_the_addresses_are_listed_for_people_and_programs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROTA_SECRET", SECRET.decode())
    call = ["tokens", str(folder), "--url", "https://rota.example.org"]
    wanted = [feed.address for feed in feed_addresses(folder, SECRET, "https://rota.example.org")]
    said = CliRunner().invoke(app, call).stdout
    assert [line.strip() for line in said.splitlines() if "https" in line] == wanted
    listed = json.loads(CliRunner().invoke(app, [*call, "--json"]).stdout)
    assert [line["address"] for line in listed["feeds"]] == wanted
    assert listed["feeds"][0]["id"] == "ana"
