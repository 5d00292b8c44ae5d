"""``POST /slack/events``: the route that a web server mounts where Slack reaches it over HTTP."""

from __future__ import annotations

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scheduler.errors import BadRequest
from scheduler.slack.app import build
from scheduler.slack.door import Door

PATH = "/slack/events"
_LARGEST = 1_000_000
"""Bytes; Slack's own requests are far smaller."""


def http(door: Door, signing_secret: str) -> Route:
    """The route. Bolt checks the signature, and that the request is not older than five minutes.

    Raises:
        BadRequest: there is no signing secret, so that anybody could sign.
    """
    if not signing_secret:
        raise BadRequest(
            "Slack's requests cannot be told from forged ones without SLACK_SIGNING_SECRET "
            "(your app, Basic Information, Signing Secret)."
        )
    handler = AsyncSlackRequestHandler(build(door, signing_secret))

    async def events(request: Request) -> Response:
        received = 0
        chunks: list[bytes] = []
        async for chunk in request.stream():
            received += len(chunk)
            if received > _LARGEST:
                return PlainTextResponse("too large", 413)
            chunks.append(chunk)
        # What Starlette keeps of a body that was read already.
        request._body = b"".join(chunks)
        return await handler.handle(request)

    return Route(PATH, events, methods=["POST"])
