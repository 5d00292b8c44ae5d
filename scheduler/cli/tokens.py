"""``rota tokens``"""

import os
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options, screen

SECRET = "ROTA_SECRET"


def secret_of(roster: Path) -> bytes:
    """The server's secret. A mistyped folder is told of, and no secret is made in it."""
    from scheduler.actions.look import look
    from scheduler.actions.server_secret import server_secret

    look(roster)
    return server_secret(roster, os.environ.get(SECRET, ""))


def tokens(
    roster: options.Roster,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the world reaches `rota serve`.")
    ] = "http://127.0.0.1:8000",
    json: options.Json = False,
) -> None:
    """List the secret addresses of all calendars.

    Each opens one calendar to whoever knows it. `feed_generation` in roster.yaml revokes them.
    """
    from dataclasses import asdict

    from scheduler.actions.feed_address import feed_addresses

    found = feed_addresses(roster, secret_of(roster), url)
    if json:
        screen.as_json({"schema": 1, "feeds": [asdict(feed) for feed in found]})
        return
    for feed in found:
        screen.say(f"{feed.name} ({feed.kind})")
        screen.copyable(feed.address)
