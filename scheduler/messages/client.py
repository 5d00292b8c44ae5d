"""Posts messages to Slack, one at a time to each channel, and looks up what became of a post.

The SDK's own retries are switched off: they would post once more after a connection that broke,
whether or not Slack has the message.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from scheduler.messages import troubles
from scheduler.messages.message import Message

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

SLACK = "https://slack.com/api/"
EVENT = "rota_reminder"
PATIENCE = 20.0
"""Seconds that one call may take; less than the lease of a claim in the journal."""
TRIES = 4
_CLOCKS_DIFFER = timedelta(minutes=10)
_PAGES, _PAGE = 25, 200
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{7,20}")


@dataclass(frozen=True, slots=True)
class Posted:
    """Where Slack keeps a message: ``channel`` is an id; ``content`` is the hash that was sent
    along with it."""

    channel: str
    ts: str
    content: str


class NotPosted(Exception):
    """Slack has not taken a message."""


class Limited(NotPosted):
    """Too fast: the client knows until when to wait."""


class Unreachable(NotPosted):
    """No connection came about."""


class Barred(NotPosted):
    """Slack refuses, and will until somebody acts. ``everywhere``: whatever it is asked."""

    def __init__(self, error: str, needed: str = "") -> None:
        super().__init__(troubles.sentence(error, needed))
        self.error = error
        self.everywhere = troubles.is_everywhere(error)
        self.here = self.everywhere or troubles.is_here(error)
        """Whether it ails the whole conversation, and not this message alone."""


class Unclear(Exception):
    """No answer came: Slack may have the message, or not."""


class Client:
    """One workspace, with one token. ``second`` is how long a channel rests between messages."""

    def __init__(self, api: AsyncWebClient, second: float = 1.0) -> None:
        self._api = api
        self._second = second
        self._free: dict[str, float] = {}
        self._channels: dict[str, str] | None = None

    async def turn(self, to: str) -> None:
        """Wait until a message to somebody is within the rate limits."""
        while (wait := self._free.get(to, 0.0) - _clock()) > 0:
            await asyncio.sleep(wait)

    async def pause(self, attempt: int) -> None:
        """Wait before trying again, the longer the more often it failed."""
        await asyncio.sleep(self._second * 2**attempt)

    async def post(self, to: str, message: Message, key: str, content: str) -> Posted:
        """Post once, with the key and the hash of the content in the message's metadata. ``to`` is
        a person's id at Slack or a ``#channel``.

        Raises:
            Limited, Unreachable, Barred: Slack has not taken it.
            Unclear: it may have.
        """
        payload = {"key": key, "content": content}
        self._free[to] = _clock() + self._second
        told = await self._once(
            to,
            self._api.chat_postMessage,
            channel=to,
            **message.to_json(),
            metadata={"event_type": EVENT, "event_payload": payload},
            unfurl_links=False,
            unfurl_media=False,
        )
        # Counted from the answer, not from the question: that may have been long on its way.
        self._free[to] = _clock() + self._second
        return Posted(told["channel"], told["ts"], content)

    async def update(self, channel: str, ts: str, message: Message) -> None:
        """Make a posted message say something else; doing so twice does no harm.

        Raises:
            Unreachable, Barred, Unclear: it says perhaps still what it said.
        """
        await self._patiently(self._api.chat_update, channel=channel, ts=ts, **message.to_json())

    async def find(self, to: str, key: str, since: datetime, until: datetime) -> Posted | None:
        """Look for a message with a key in a conversation, among those between two instants.

        Raises:
            Unreachable, Barred, Unclear: nobody knows.
        """
        channel = await self._conversation(to)
        oldest = str((since - _CLOCKS_DIFFER).timestamp())
        latest = str((until + _CLOCKS_DIFFER).timestamp())
        cursor = ""
        for _ in range(_PAGES):
            told = await self._patiently(
                self._api.conversations_history,
                channel=channel,
                oldest=oldest,
                latest=latest,
                limit=_PAGE,
                include_all_metadata=True,
                cursor=cursor,
            )
            for said in told["messages"]:
                payload = _payload(said)
                if payload.get("key") == key:
                    return Posted(channel, said["ts"], str(payload.get("content", "")))
            cursor = (told.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break
        return None

    # --------------------------------------------------------------------------- the inside

    async def _conversation(self, to: str) -> str:
        """The id of a channel, or of the conversation with a person."""
        name = to.removeprefix("#")
        if _CHANNEL_ID.fullmatch(name):
            return name
        if not to.startswith("#"):
            opened = await self._patiently(self._api.conversations_open, users=to)
            return str(opened["channel"]["id"])
        if self._channels is None:
            self._channels = await self._all_channels()
        if name not in self._channels:
            raise Barred("channel_not_found")
        return self._channels[name]

    async def _all_channels(self) -> dict[str, str]:
        found = await self._channels_of("public_channel")
        with suppress(Barred):  # a team without private channels need not grant the scope for them
            found |= await self._channels_of("private_channel")
        return found

    async def _channels_of(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        cursor = ""
        while True:
            told = await self._patiently(
                self._api.conversations_list,
                types=kind,
                exclude_archived=True,
                limit=_PAGE,
                cursor=cursor,
            )
            found |= {channel["name"]: channel["id"] for channel in told["channels"]}
            cursor = (told.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return found

    async def _patiently(
        self, method: Callable[..., Awaitable[Any]], **arguments: Any
    ) -> Mapping[str, Any]:
        """Call a method that may be called twice, again and again with growing pauses."""
        where = method.__name__
        for attempt in range(TRIES):
            await self.turn(where)
            try:
                return await self._once(where, method, **arguments)
            except Limited:
                continue
            except (Unreachable, Unclear):
                if attempt + 1 == TRIES:
                    raise
                await self.pause(attempt)
        raise Unreachable("Slack asks for more and more patience")

    async def _once(
        self, where: str, method: Callable[..., Awaitable[Any]], **arguments: Any
    ) -> Mapping[str, Any]:
        import aiohttp
        from slack_sdk.errors import SlackApiError

        try:
            # The SDK gives up on its own clock as well, but not where an answer only trickles in.
            async with asyncio.timeout(PATIENCE):
                answer = await method(**arguments)
        except SlackApiError as error:
            raise self._sorted(where, error) from error
        except aiohttp.ClientConnectorError as error:
            raise Unreachable(f"Slack cannot be reached: {error}") from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise Unclear(f"Slack did not answer ({type(error).__name__})") from error
        data: Mapping[str, Any] = answer.data
        return data

    def _sorted(self, where: str, error: Any) -> Exception:
        """What an answer other than yes means."""
        answer = error.response
        # A proxy's page comes as the raw answer of aiohttp, one of Slack as the SDK's.
        status: int = getattr(answer, "status_code", 0) or getattr(answer, "status", 0)
        data = getattr(answer, "data", None)
        told: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        code = str(told.get("error", ""))
        if status == 429 or code in {"ratelimited", "rate_limited"}:
            self._free[where] = _clock() + max(_retry_after(answer.headers), self._second)
            return Limited("Slack asks for patience")
        if status >= 500 or not code or troubles.is_passing(code):
            return Unclear(f"Slack is unwell ({code or status})")
        return Barred(code, str(told.get("needed", "")))


@asynccontextmanager
async def connected(
    token: str, base_url: str = SLACK, second: float = 1.0
) -> AsyncIterator[Client]:
    """A client whose connections are kept, and closed afterwards."""
    import aiohttp
    from slack_sdk.web.async_client import AsyncWebClient

    limit = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=limit) as session:
        api = AsyncWebClient(token, base_url=base_url, session=session, retry_handlers=[])
        yield Client(api, second)


def _payload(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a message of ours carries unseen."""
    metadata = said.get("metadata") or {}
    found: Mapping[str, Any] = metadata.get("event_payload") or {}
    return found if metadata.get("event_type") == EVENT else {}


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        return float(headers.get("Retry-After", ""))
    except ValueError:
        return 1.0


def _clock() -> float:
    return asyncio.get_running_loop().time()
