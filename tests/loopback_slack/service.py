"""The HTTP and WebSocket side of a loopback Slack."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter
from math import ceil
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from tests.loopback_slack.deliver import Delivery
from tests.loopback_slack.faults import Faults, Pace
from tests.loopback_slack.methods import METHODS, Call, Refusal, content
from tests.loopback_slack.world import APP, Json, Post, World

ALL_SCOPES = frozenset(
    [
        "channels:history",
        "channels:join",
        "channels:manage",
        "channels:read",
        "chat:write",
        "chat:write.public",
        "commands",
        "groups:history",
        "groups:read",
        "groups:write",
        "im:history",
        "im:read",
        "im:write",
        "usergroups:read",
        "usergroups:write",
        "users:read",
        "users:read.email",
    ]
)
MOST_RESPONSES = 5


class Connected:
    """Counts the apps on a socket, and lets others wait for them."""

    def __init__(self) -> None:
        self._number = 0
        self._changed = threading.Condition()

    def add(self, difference: int) -> None:
        with self._changed:
            self._number += difference
            self._changed.notify_all()

    def wait(self, number: int, seconds: float) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: self._number >= number, seconds):
                raise TimeoutError("no app connected over Socket Mode")


class Service:
    """Answers requests; everything that stays is in the ``world``."""

    def __init__(self, world: World, token: str, app_token: str) -> None:
        self.world = world
        self.scopes = set(ALL_SCOPES)
        self.calls: Counter[str] = Counter()
        self.faults = Faults()
        self.pace = Pace()
        self.speed = 1.0
        self.url = ""
        self.connected = Connected()
        self._tokens = {token: self.scopes, app_token: {"connections:write"}}
        self._responses: dict[str, tuple[str, str, Post | None]] = {}
        self._used: Counter[str] = Counter()
        self._sockets: list[web.WebSocketResponse] = []
        self._answers: dict[str, asyncio.Future[Any]] = {}
        self._closing = asyncio.Event()
        self.app = web.Application()
        self.app.router.add_route("*", "/api/{method}", self._api)
        self.app.router.add_post("/response/{token}", self._response)
        self.app.router.add_get("/link", self._link)

    async def close(self) -> None:
        """Let everybody go who still waits for an answer."""
        self._closing.set()
        for socket in self._sockets:
            await socket.close()

    # ------------------------------------------------------------------------------ the Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls[method] += 1
        how = self.faults.next(method)
        if how == "429":
            return _too_fast(1 / self.speed)
        if how == "500":
            return web.Response(status=500, text="internal error")
        if how == "timeout":
            await self._closing.wait()
        if how in {"timeout", "cut_before"}:
            return _cut(request)
        answer = await self._answer(request, method)
        return _cut(request) if how == "cut_after" else answer

    async def _answer(self, request: web.Request, method: str) -> web.Response:
        arguments = await _arguments(request)
        given = arguments.pop("token", "") or request.headers.get("Authorization", "")[7:]
        if given not in self._tokens:
            return web.json_response({"ok": False, "error": _unknown(given)})
        call = Call(method, arguments, frozenset(self._tokens[given]))
        if method == "apps.connections.open":
            told = self._open(call)
        elif wait := self._too_soon(call):
            return _too_fast(wait)
        else:
            told = self._call(call)
        return web.json_response(told, headers={"X-OAuth-Scopes": ",".join(sorted(call.scopes))})

    def _call(self, call: Call) -> Json:
        if call.method not in METHODS:
            return {"ok": False, "error": "unknown_method"}
        if "connections:write" in call.scopes:
            return {"ok": False, "error": "not_allowed_token_type"}
        try:
            return {"ok": True, **METHODS[call.method](self.world, call)}
        except Refusal as refusal:
            return refusal.answer

    def _too_soon(self, call: Call) -> float:
        if call.method != "chat.postMessage":
            return 0.0
        channel = self.world.find(call.text("channel"))
        where = channel.id if channel else call.text("channel")
        return self.pace.wait(where, time.monotonic(), self.speed)

    def _open(self, call: Call) -> Json:
        if "connections:write" not in call.scopes:
            return {"ok": False, "error": "not_allowed_token_type"}
        return {"ok": True, "url": f"{self.url.replace('http', 'ws', 1)}/link?app_id={APP}"}

    # ------------------------------------------------------------------------------ response_url

    def response_url(self, user: str, channel: str, post: Post | None) -> str:
        """An address at which an app may answer a person a few times."""
        token = self.world.next_id("response")
        self._responses[token] = (user, channel, post)
        return f"{self.url}/response/{token}"

    async def _response(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if token not in self._responses:
            return web.Response(status=404, text="expired_url")
        self._used[token] += 1
        if self._used[token] > MOST_RESPONSES:
            return web.Response(status=404, text="used_url")
        user, channel, post = self._responses[token]
        try:
            self.respond(user, channel, await request.json(), post)
        except Refusal as refusal:
            return web.json_response(refusal.answer, status=400)
        return web.Response(text="ok")

    def respond(self, user: str, channel: str, told: Json, post: Post | None = None) -> None:
        """Show an answer: to the person alone, to the channel, or in place of a message."""
        if told.get("delete_original") and post is not None:
            kept = self.world.ephemerals if post.ephemeral else self._posts(channel)
            kept.remove(post)
            return
        shown = content(str(told.get("text") or ""), told.get("blocks") or [])
        if told.get("replace_original") and post is not None:
            post.text, post.blocks, post.edited = shown["text"], shown["blocks"], True
            return
        made = Post(self.world.stamp(), channel, **shown)
        if told.get("response_type") == "in_channel":
            self._posts(channel).append(made)
        else:
            made.user, made.ephemeral = user, True
            self.world.ephemerals.append(made)

    def _posts(self, channel: str) -> list[Post]:
        return self.world.channels[channel].posts

    # ------------------------------------------------------------------------------ Socket Mode

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = {"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}}
        await socket.send_json({**hello, "debug_info": {"host": "loopback"}})
        self._sockets.append(socket)
        self.connected.add(1)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acked(message.data)
        finally:
            self._sockets.remove(socket)
            self.connected.add(-1)
        return socket

    def _acked(self, data: str) -> None:
        if not data.startswith("{"):
            return
        told = json.loads(data)
        waiting = self._answers.pop(str(told.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(told.get("payload"))

    async def over_socket(self, sent: Delivery, retry: int) -> Any:
        """Send to one of the connected apps, in turn, and wait for its ack."""
        socket = self._sockets[0]
        self._sockets.append(self._sockets.pop(0))
        envelope = self.world.next_id("envelope")
        self._answers[envelope] = asyncio.get_running_loop().create_future()
        told = {
            "envelope_id": envelope,
            "type": sent.kind,
            "payload": sent.payload,
            "accepts_response_payload": sent.kind != "events_api",
            "retry_attempt": retry,
            "retry_reason": "timeout" if retry else "",
        }
        waiting = self._answers[envelope]
        await socket.send_json(told)
        return await waiting


async def _arguments(request: web.Request) -> Json:
    """What a call says, be it in the address, as a form or as JSON."""
    found: Json = dict(request.query)
    body = await request.text()
    if request.content_type == "application/json":
        return {**found, **(json.loads(body) if body else {})}
    if request.content_type == "application/x-www-form-urlencoded":
        return {**found, **dict(parse_qsl(body, keep_blank_values=True))}
    return {**found, **{key: str(value) for key, value in (await request.post()).items()}}


def _unknown(token: str) -> str:
    return "invalid_auth" if token else "not_authed"


def _too_fast(seconds: float) -> web.Response:
    """Slack says whole seconds, and its SDK reads no others; on a fast clock that may be none."""
    told = {"ok": False, "error": "ratelimited"}
    header = str(round(seconds) if seconds < 1 else ceil(seconds))
    return web.json_response(told, status=429, headers={"Retry-After": header})


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
