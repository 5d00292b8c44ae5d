"""The moons in Slack: a published January, an app that serves it, and the workspace around it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette

from scheduler.actions.remember import journal_of
from scheduler.domain.rotation import Placed, Rotation
from scheduler.files import read_rotations
from scheduler.slack import Door, client_of, http
from scheduler.slack.socket import run
from tests.actions.published import published
from tests.actions.roster import change, roster
from tests.loopback_slack.server import LoopbackSlack

NOW = datetime(2026, 12, 28, 9, 30, tzinfo=UTC)
ANA, BEN, CHI = "U0000ANA", "U0000BEN", "U0000CHI"
PEOPLE = {"ana": ANA, "ben": BEN, "chi": CHI}


@dataclass
class Chat:
    """The workspace, the roster, and the app between them. ``now`` may be moved."""

    slack: LoopbackSlack
    folder: Path
    door: Door
    now: list[datetime]

    @property
    def rotation(self) -> Rotation:
        return read_rotations(self.folder)[0]

    def holder(self, shift: str, seat: str = "lead") -> str:
        return self.seat(shift, seat).member

    def seat(self, shift: str, seat: str = "lead") -> Placed:
        return next(p for p in self.rotation.placed if p.key == (shift, seat))


def eventually(found: Callable[[], Any]) -> Any:
    """What is found in the end: the app works on after its ack. Nothing is asserted of how long."""
    for _ in range(3000):
        if got := found():
            return got
        time.sleep(0.01)
    raise AssertionError("it never came")


def team_in_slack(folder: Path, **holders: str) -> Path:
    """The moons with their ids at Slack, Ana as their lead, and January published."""
    roster(folder)
    path = folder / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    for member, slack in PEOPLE.items():
        text = text.replace(f"id: {member},", f"id: {member}, slack: {slack},")
        text = text.replace(f"id: {member}\n", f"id: {member}\n    slack: {slack}\n")
    path.write_text(text.replace("budget: 8h, skills: [triage, release]", BOTH), encoding="utf-8")
    published(folder, **(holders or {"t4": "ana", "t18": "ben", "t25": "chi", "release": "ana"}))
    return folder


BOTH = "budget: 8h, lead: true, skills: [triage, release]"

__all__ = ["change"]


@contextmanager
def served(
    slack: LoopbackSlack, folder: Path, *, over: str = "http", **options: Any
) -> Iterator[Chat]:
    """Serve a roster over HTTP or over Socket Mode, as `rota serve` and `rota slack` do."""
    journal = journal_of(folder)
    now = [NOW]
    client = client_of(slack.token, f"{slack.url}/api/")
    door = Door(folder, journal, client, clock=lambda: now[0], **options)
    slack.speed = 1000
    serve = _over_http if over == "http" else _over_socket
    with serve(slack, door):
        yield Chat(slack, folder, door, now)
    journal.close()


@contextmanager
def _over_http(slack: LoopbackSlack, door: Door) -> Iterator[None]:
    app = Starlette(routes=[http(door, slack.signing_secret)])
    settings = uvicorn.Config(app, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
    yield
    server.should_exit = True
    thread.join()


@contextmanager
def _over_socket(slack: LoopbackSlack, door: Door) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(
        target=loop.run_until_complete, args=(run(door, slack.app_token, stop),), daemon=True
    )
    thread.start()
    slack.wait_for_socket()
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
