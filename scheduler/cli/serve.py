"""``rota serve``"""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.tokens import secret_of
from scheduler.errors import BadRequest

if TYPE_CHECKING:
    import socket

    from starlette.applications import Starlette

    from scheduler.web import Live
    from scheduler.web.signin import LocalLink

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_SHUTDOWN = 5
"""Seconds that requests have to end when the server is stopped."""


def serve(
    roster: options.Roster,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="0 takes a free one.")
    ] = 8000,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the world reaches this server.")
    ] = "",
    anybody: Annotated[
        bool, typer.Option("--open", help="Show the pages to whoever reaches the server.")
    ] = False,
    journal: options.Journal = "",
    push: options.Push = False,
    topics: Annotated[
        bool, typer.Option("--topics", help="Channels' topics at Slack tell who is on duty.")
    ] = False,
    me: Annotated[
        str | None,
        typer.Option("--me", metavar="M", help="Print a link that signs this member in, once."),
    ] = None,
) -> None:
    """Serve pages, calendars and Slack, and send reminders.

    A changed file shows within a second; one with mistakes leaves what was. docs/serve.md tells
    the rest.
    """
    from scheduler.cli.serving import Setup, application
    from scheduler.web import Live

    _check_reach(host, url, anybody=anybody)
    secret = secret_of(roster)
    listener = _listening(host, port)
    with listener:
        reached = f"http://{_named(host)}:{listener.getsockname()[1]}"
        live = Live(roster, secret, url or reached)
        live.start()
        link = _link(live, me) if me else None
        local = not (url or anybody) and host in _LOOPBACK
        setup = Setup(journal, push, topics=topics, local=local, is_open=anybody, link=link)
        app = application(live, setup)
        screen.say(f"Serving on {reached}/ – stop with Ctrl-C.")
        if link is not None:
            screen.say("To sign in, once:")
            screen.copyable(f"{live.base_url}{link.path}")
        sys.stdout.flush()
        _run(app, listener)


def _check_reach(host: str, url: str, *, anybody: bool) -> None:
    """Pages are for the team: they are shown to the world only where somebody said so."""
    from scheduler.calendars import link

    if url and not link(url):
        raise BadRequest(f'"{url}" is no web address such as https://rota.example.org.')
    from scheduler.web.providers import providers

    if not anybody and (url or host not in _LOOPBACK) and not providers(os.environ):
        raise BadRequest(
            "Others than you would reach the pages: set up a sign-in (docs/signin.md), add --open "
            "to show them to whoever comes, or leave --host and --url away to serve this machine "
            "alone."
        )


def _link(live: "Live", member: str) -> "LocalLink":
    """A link for a member whom the roster knows."""
    from scheduler.actions.alter import known_member
    from scheduler.web.signin import LocalLink

    return LocalLink(known_member(live.team, member))


def _listening(host: str, port: int) -> "socket.socket":
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise BadRequest(
            f"{host}:{port} cannot be listened on ({error.strerror or error}); "
            "choose another --port, or 0 for a free one."
        ) from error
    # Connections inherit it. Without it an answer of two packets waits 40 ms for the first one to
    # be acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _run(app: "Starlette", listener: "socket.socket") -> None:
    import asyncio
    import logging
    from contextlib import suppress

    import uvicorn

    from scheduler.web.observe import JsonLines

    lines = logging.StreamHandler()
    lines.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[lines])
    logging.getLogger("rota").setLevel(logging.INFO)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_SHUTDOWN,
    )
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        uvicorn.Server(config).run(sockets=[listener])
