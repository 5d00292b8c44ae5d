"""``rota slack``"""

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from scheduler.cli import options, screen
from scheduler.errors import BadRequest, Refused

if TYPE_CHECKING:
    from scheduler.journal import Journal as Opened
    from scheduler.slack.doctor import Line

_BOT, _APP, _API = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "ROTA_SLACK_API"
_WHERE = {
    _BOT: "the bot's token (xoxb-…; your app, OAuth & Permissions)",
    _APP: "the app-level token (xapp-…; your app, Basic Information)",
}


class _RunUnlessNamed(TyperGroup):
    """``rota slack ROSTER`` is ``rota slack run ROSTER``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


slack = typer.Typer(
    name="slack",
    cls=_RunUnlessNamed,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Answer people at Slack, and let user groups follow.",
)

Topics = Annotated[bool, typer.Option("--topics", help="Channels' topics tell who is on duty.")]


@slack.command("run")
def run(
    roster: options.Roster,
    push: options.Push = False,
    topics: Topics = False,
    journal: options.Journal = "",
) -> None:
    """Connect to Slack and stay: the same as `rota slack ROSTER`.

    Needs no public address (Socket Mode). Answers /rota and buttons, sends what is due every
    minute, and lets user groups follow. What is accepted is written into the rotation file, and
    committed where that lies in git.
    """
    import asyncio

    from scheduler.actions.look import look
    from scheduler.actions.remember import journal_of

    tokens = _token(_BOT), _token(_APP)
    look(roster)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    logging.getLogger("rota").setLevel(logging.INFO)
    opened = journal_of(roster, journal)
    try:
        asyncio.run(_serve(roster, opened, tokens, push=push, topics=topics))
    finally:
        opened.close()


@slack.command("groups")
def groups(roster: options.Roster, topics: Topics = False) -> None:
    """Give every user group the members who are on duty now, once."""
    import asyncio

    from scheduler.actions.look import look
    from scheduler.cli.clock import now
    from scheduler.slack.app import client_of
    from scheduler.slack.groups import follow

    client = client_of(_token(_BOT), os.environ.get(_API, ""))
    followed = asyncio.run(follow(client, look(roster), now(), topics=topics))
    if not (followed.changed or followed.troubles):
        screen.say("Every group is as it should be.")
    for sentence in followed.changed:
        screen.say(sentence)
    screen.warn(followed.troubles)


@slack.command("doctor")
def doctor(roster: options.Roster, json: options.Json = False) -> None:
    """Look whether all that Slack needs is set up.

    Token, scopes, channels, groups, members. Changes nothing.
    """
    import asyncio

    from scheduler.actions.look import look
    from scheduler.cli.clock import now
    from scheduler.reports.reminders import SCHEMA
    from scheduler.slack.app import client_of
    from scheduler.slack.doctor import examine

    client = client_of(_token(_BOT), os.environ.get(_API, ""))

    async def lines() -> "list[Line]":
        found = []
        async for line in examine(client, look(roster), now()):
            if not json:
                screen.say(f"{'ok ' if line.ok else '!! '} {line.what}: {line.said}")
            found.append(line)
        return found

    found = asyncio.run(lines())
    if json:
        told = [{"ok": line.ok, "what": line.what, "said": line.said} for line in found]
        screen.as_json({"schema": SCHEMA, "lines": told})
    if not all(line.ok for line in found):
        raise Refused("Not everything works; the lines with !! say what to do.")


@slack.command("manifest")
def manifest(
    url: Annotated[
        str,
        typer.Option("--url", metavar="URL", help="Where `rota serve` is reached; else a socket."),
    ] = "",
) -> None:
    """Print the manifest of the app.

    Paste it at https://api.slack.com/apps.
    """
    from scheduler.slack.manifest import manifest as text

    screen.raw(text(url))


async def _serve(
    roster: Path, journal: "Opened", tokens: tuple[str, str], *, push: bool, topics: bool
) -> None:
    import asyncio
    import signal

    from scheduler.messages.client import SLACK, connected
    from scheduler.slack import Door, client_of
    from scheduler.slack.following import Following
    from scheduler.slack.socket import run as over_socket

    base = os.environ.get(_API, "")
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with connected(tokens[0], base or SLACK) as poster:
        door = Door(roster, journal, client_of(tokens[0], base), push=push)
        following = Following(door, poster, topics)
        door.changed = following.once
        beside = asyncio.create_task(following.until(stop))
        screen.say("Connecting to Slack. Stop with Ctrl-C.")
        try:
            await over_socket(door, tokens[1], stop)
        finally:
            stop.set()
            await beside


def _token(name: str) -> str:
    """A secret from the environment: it never stands on a command line."""
    token = os.environ.get(name, "").strip()
    if not token:
        raise BadRequest(f"There is no {name} in the environment: put {_WHERE[name]} there.")
    return token
