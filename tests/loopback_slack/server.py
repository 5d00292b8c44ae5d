"""A Slack that runs on the loopback interface: HTTP and WebSocket, in a thread of its own.

    with LoopbackSlack() as slack:
        slack.add_user("U0ANA", "Ana")
        slack.add_channel("triage", members=["U0ANA"])
        client = AsyncWebClient(slack.token, base_url=slack.url + "/api/")
        ...
        assert slack.channel("#triage").messages[0].text == "…"

It is stricter than Slack where Slack is lenient: a message without text is refused.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

import httpx
from aiohttp import web

from tests.loopback_slack import deliver
from tests.loopback_slack.deliver import Delivery, Reply
from tests.loopback_slack.faults import How
from tests.loopback_slack.methods import checked
from tests.loopback_slack.service import Service
from tests.loopback_slack.world import BOT, TEAM, Channel, Group, Json, Post, User, View, World


class LoopbackSlack:
    """The workspace and its server. ``clock`` gives the instants of messages, in seconds."""

    team = TEAM
    signing_secret = "loopback-signing-secret"
    token = "xoxb-loopback"
    app_token = "xapp-loopback"
    patience = 30.0
    """Seconds that a delivery waits for its ack; Slack waits three, a busy machine may not."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.world = World(clock)
        self._service = Service(self.world, self.token, self.app_token)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="loopback-slack", daemon=True)
        self._ready = threading.Event()
        self.addresses: tuple[str, ...] = ()
        self._deliveries = itertools.count()
        self._broken: BaseException | None = None
        self.url = ""

    # ------------------------------------------------------------------------------- the server

    def __enter__(self) -> LoopbackSlack:
        self._thread.start()
        self._ready.wait()
        if self._broken:
            raise self._broken
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = web.AppRunner(self._service.app, shutdown_timeout=0.1)
        try:
            self._loop.run_until_complete(runner.setup())
            site = web.TCPSite(runner, "127.0.0.1", 0)
            self._loop.run_until_complete(site.start())
            host, port = runner.addresses[0][:2]
            self.url = self._service.url = f"http://{host}:{port}"
        except BaseException as error:
            self._broken = error
            raise
        finally:
            self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._service.close())
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    # ---------------------------------------------------------------------------- the workspace

    @property
    def scopes(self) -> set[str]:
        """The scopes of the bot's token: take one away, or add one."""
        return self._service.scopes

    @property
    def calls(self) -> Counter[str]:
        """How often each method was called, the refused calls too."""
        return self._service.calls

    @property
    def speed(self) -> float:
        """How many times as fast the windows of the rate limits pass."""
        return self._service.speed

    @speed.setter
    def speed(self, factor: float) -> None:
        self._service.speed = factor

    @property
    def users(self) -> dict[str, User]:
        return self.world.users

    def add_user(
        self, user: str, name: str = "", email: str = "", *, guest: bool = False, tz: str = "UTC"
    ) -> User:
        """Somebody joins the workspace."""
        made = User(user, name or user, email, guest=guest, tz=tz)
        self.world.users[user] = made
        return made

    def add_channel(
        self,
        name: str,
        members: Iterable[str] = (),
        *,
        bot: bool = True,
        private: bool = False,
        archived: bool = False,
    ) -> Channel:
        """A channel, with the bot in it unless said otherwise."""
        name = name.removeprefix("#")
        inside = {*members, BOT} if bot else set(members)
        found = Channel(
            self.world.next_id("C"), name, private=private, archived=archived, members=inside
        )
        self.world.channels[found.id] = found
        return found

    def add_group(self, handle: str, users: Iterable[str] = ()) -> Group:
        """A user group."""
        group = Group(self.world.next_id("S"), handle.removeprefix("@"), list(users))
        self.world.groups[group.id] = group
        return group

    def group(self, handle: str) -> Group:
        handle = handle.removeprefix("@")
        return next(g for g in self.world.groups.values() if g.handle == handle)

    def channel(self, name: str) -> Channel:
        """A channel by its name or id."""
        found = self.world.find(name)
        if found is None:
            raise KeyError(name)
        return found

    def dm(self, user: str) -> Channel:
        """The conversation of the bot with a person."""
        return self.world.dm(user)

    def home(self, user: str) -> View | None:
        """The home tab that a person sees."""
        return self.world.homes.get(user)

    def modal(self, user: str) -> View | None:
        """The modal that a person has open."""
        return self.world.modals.get(user)

    def ephemeral(self, user: str) -> list[Post]:
        """What only this person was shown."""
        return [post for post in self.world.ephemerals if post.user == user]

    def fail(self, method: str, how: How, times: int = 1, after: int = 0) -> None:
        """The next calls of a method (``*`` = of any) fail, once ``after`` calls went well.

        ``429`` and ``500`` answer so; ``timeout`` never answers and does nothing; ``cut_before``
        closes the connection and does nothing; ``cut_after`` does it and then closes.
        """
        self._service.faults.add(method, how, times, after)

    def heal(self) -> None:
        """Nothing fails any more."""
        self._service.faults.clear()

    # ------------------------------------------------------------------------------- deliveries

    def deliver_to(self, *urls: str) -> None:
        """Send over HTTP to these addresses in turn, as what stands before replicas does; without
        any, over Socket Mode."""
        self.addresses = urls

    def wait_for_socket(self, number: int = 1) -> None:
        """Wait until so many apps are connected over Socket Mode."""
        self._service.connected.wait(number, self.patience)

    def command(
        self, user: str, said: str, channel: str = "", team: str = TEAM, copies: int = 1
    ) -> Reply:
        """Somebody types a command, in a channel or to the bot; ``copies`` deliver it again."""
        where = (self.channel(channel) if channel else self.dm(user)).id
        sent = deliver.command(self._user(user), said, where, team, self._links(user, where))
        reply = self._send_all(sent, copies)
        if reply.status == 200 and reply.text:
            shown = reply.json or {"text": reply.text}
            self._service.respond(user, where, shown)
        return reply

    def press(
        self,
        user: str,
        action_id: str,
        holder: Post | View,
        value: str | None = None,
        *,
        team: str = TEAM,
        copies: int = 1,
    ) -> Reply:
        """Somebody presses a button that they see in a message, a modal or their home tab."""
        element = deliver.element_in(holder, action_id, value)
        channel = holder.channel if isinstance(holder, Post) else ""
        of = holder if isinstance(holder, Post) else None
        links = self._links(user, channel, of)
        sent = deliver.press(self._user(user), element, deliver.where(holder), team, links)
        return self._send_all(sent, copies)

    def shortcut(self, user: str, callback_id: str, *, team: str = TEAM) -> Reply:
        """Somebody chooses a global shortcut from the menu."""
        links = {"trigger_id": self._trigger(user)}
        return self._send_all(deliver.shortcut(self._user(user), callback_id, team, links), 1)

    def submit(self, user: str, values: Json, *, team: str = TEAM, copies: int = 1) -> Reply:
        """Somebody sends the modal that they have open; ``values`` are by action id."""
        view = self.modal(user)
        assert view is not None, f"{user} has no modal open"
        links = {"trigger_id": self._trigger(user)}
        sent = deliver.submission(self._user(user), view, values, team, links)
        reply = self._send_all(sent, copies)
        self._after_submission(user, view, reply.json)
        return reply

    def event(self, body: Json, *, event_id: str = "", team: str = TEAM, copies: int = 1) -> Reply:
        """Something happens; ``copies`` deliver the same event again, as Slack's retries do."""
        event_id = event_id or self.world.next_id("Ev")
        return self._send_all(deliver.event(self.world, body, team, event_id), copies)

    def open_home(self, user: str, *, copies: int = 1) -> Reply:
        """Somebody looks at the bot's home tab."""
        body = {"type": "app_home_opened", "user": user, "tab": "home", "channel": self.dm(user).id}
        return self.event(body, copies=copies)

    def send_raw(self, body: str, headers: dict[str, str]) -> Reply:
        """Send any body with any headers to the HTTP endpoint: an attacker may."""
        address = self.addresses[next(self._deliveries) % len(self.addresses)]
        answer = httpx.post(address, content=body.encode(), headers=headers, timeout=self.patience)
        return Reply(answer.status_code, answer.text)

    # ------------------------------------------------------------------------------ the inside

    def _user(self, user: str) -> User:
        """A person; one of another workspace is not known here."""
        return self.world.users.get(user) or User(user, "a stranger")

    def _links(self, user: str, channel: str, post: Post | None = None) -> Json:
        return {
            "trigger_id": self._trigger(user),
            "response_url": self._service.response_url(user, channel, post),
        }

    def _trigger(self, user: str) -> str:
        trigger = self.world.next_id("trigger")
        self.world.triggers[trigger] = user
        return trigger

    def _send_all(self, sent: Delivery, copies: int) -> Reply:
        replies = [self._send(sent, number) for number in range(copies)]
        return replies[0]

    def _send(self, sent: Delivery, retry: int) -> Reply:
        if not self.addresses:
            return self._over_socket(sent, retry)
        body, content_type = sent.body
        headers = deliver.headers(self.signing_secret, body, content_type)
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry)
            headers["X-Slack-Retry-Reason"] = "http_timeout"
        return self.send_raw(body, headers)

    def _over_socket(self, sent: Delivery, retry: int) -> Reply:
        self.wait_for_socket()
        asked = self._service.over_socket(sent, retry)
        answer: Any = asyncio.run_coroutine_threadsafe(asked, self._loop).result(self.patience)
        text = answer if isinstance(answer, str) else json.dumps(answer) if answer else ""
        return Reply(200, text)

    def _after_submission(self, user: str, view: View, answer: Json) -> None:
        action = answer.get("response_action")
        if action == "errors":
            return
        if action in {"update", "push"}:
            view.body, view.version = checked(answer["view"], "modal"), view.version + 1
        else:
            self.world.modals.pop(user, None)
