"""Answers that are made once and sent many times, whole or as "you have it already"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from gzip import compress

from starlette.types import Receive, Scope, Send

from scheduler.web.conditional import etag, none_match, unmodified

Headers = tuple[tuple[bytes, bytes], ...]

_SETTLED = timedelta(seconds=2)
"""After a change, so long no answer says when it was: HTTP knows whole seconds only, and a second
change within the same one would look like the first."""
_WORTH_PACKING = 1000
"""Bytes below which packing saves no packet."""


@dataclass(frozen=True, slots=True)
class Body:
    """One form of an answer: its bytes with their tag and headers."""

    content: bytes
    tag: str
    headers: Headers
    """Those of the whole answer."""
    unchanged: Headers
    """Those of a 304."""


class Answer:
    """A GET or HEAD answer with its validators.

    ``packed`` also keeps it gzipped, for those who accept that; it has a tag of its own then.
    """

    def __init__(
        self,
        content: bytes,
        media_type: str,
        *,
        modified: datetime | None = None,
        packed: bool = False,
        headers: Headers = (),
    ) -> None:
        packed = packed and len(content) >= _WORTH_PACKING
        common = ((b"cache-control", b"private, no-cache"), *headers)
        if packed:
            common += ((b"vary", b"Accept-Encoding"),)
        self.plain = _body(content, media_type, common)
        self.gzip: Body | None = None
        if packed:
            small = compress(content, 6, mtime=0)
            coding = ((b"content-encoding", b"gzip"),)
            self.gzip = _body(small, media_type, (*common, *coding))
        self.modified = modified.replace(microsecond=0) if modified else None
        self._modified = format_datetime(self.modified, usegmt=True) if self.modified else ""
        self._changed = ((b"last-modified", self._modified.encode()),) if self.modified else ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send, now: datetime) -> None:
        """Send it, or a 304 to who has it."""
        asked = _asked(scope["headers"])
        body = self.gzip if self.gzip and accepts_gzip(asked.get(b"accept-encoding", "")) else None
        body = body or self.plain
        changed = self._changed if self._is_settled(now) else ()
        if self._has(asked, body, said=bool(changed)):
            await _send(send, 304, (*body.unchanged, *changed), b"")
            return
        content = b"" if scope["method"] == "HEAD" else body.content
        await _send(send, 200, (*body.headers, *changed), content)

    def _is_settled(self, now: datetime) -> bool:
        return self.modified is not None and now - self.modified >= _SETTLED

    def _has(self, asked: dict[bytes, str], body: Body, *, said: bool) -> bool:
        if b"if-none-match" in asked:
            return not none_match(asked[b"if-none-match"], body.tag)
        return said and unmodified(asked.get(b"if-modified-since", ""), self._modified)


def accepts_gzip(header: str) -> bool:
    """Whether ``Accept-Encoding`` takes gzip."""
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in {"gzip", "x-gzip", "*"}:
            return weight.replace(" ", "").rstrip("0") not in {"q=", "q=0."}
    return False


def _body(content: bytes, media_type: str, headers: Headers) -> Body:
    tag = etag(content)
    always = (*headers, (b"etag", tag.encode()))
    length = (b"content-length", str(len(content)).encode())
    return Body(content, tag, (*always, (b"content-type", media_type.encode()), length), always)


def _asked(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """The headers that decide what is sent; a list may be spread over several lines."""
    found: dict[bytes, str] = {}
    for name, value in headers:
        if name in _DECIDING:
            text = value.decode("latin-1")
            found[name] = f"{found[name]}, {text}" if name in found else text
    return found


_DECIDING = frozenset({b"if-none-match", b"if-modified-since", b"accept-encoding"})


async def _send(send: Send, status: int, headers: Headers, content: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
