"""All answers that follow from one snapshot. Feeds are made at once, pages when they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from threading import Lock

from scheduler.actions.snapshot import Snapshot
from scheduler.reports.pages import assets, paths, render
from scheduler.web import documents
from scheduler.web.answer import Answer
from scheduler.web.rendering import filled

CALENDAR = "text/calendar; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_NOT_LISTED = ((b"x-robots-tag", b"noindex"),)

Feeds = Mapping[bytes, Answer]
"""Feeds by the digest of their token: how long the search takes tells nothing about the token."""


class Site:
    """What a snapshot answers. ``notice`` is a sentence that stands on every page."""

    def __init__(self, snapshot: Snapshot, notice: str = "", feeds: Feeds | None = None) -> None:
        self.snapshot = snapshot
        self.feeds = _feeds(snapshot) if feeds is None else feeds
        self.view = replace(snapshot.view, notice=notice) if snapshot.view else None
        """What pages show; nothing before anything is published."""
        self._paths = frozenset(paths(self.view)) if self.view else frozenset[str]()
        self._made: dict[str, Answer] = {f"/{path}": _asset(path, b) for path, b in _ASSETS.items()}
        self._lock = Lock()

    def told(self, notice: str) -> Site:
        """The same with another notice."""
        return Site(self.snapshot, notice, self.feeds)

    def feed(self, token: str) -> Answer | None:
        """The feed that a token opens."""
        return self.feeds.get(_digest(token))

    def known(self, path: str) -> Answer | None:
        """An answer that was made before, by its path from ``/``."""
        return self._made.get(path)

    def make(self, path: str) -> Answer | None:
        """The answer to a path from ``/``; ``None`` where there is nothing. It takes a moment the
        first time, so that it belongs beside the event loop."""
        with self._lock:
            found = self._made.get(path) or self._new(path)
            if found is not None:
                self._made[path] = found
        return found

    def _new(self, path: str) -> Answer | None:
        if path.startswith("/api/"):
            made = documents.made(self.snapshot, path)
            return None if made is None else self._answer(made, JSON)
        name = path.removeprefix("/") or "index"
        if self.view is None and name == "index":
            return self._answer(filled("unpublished").encode(), HTML)
        if self.view is None or name not in self._paths or path == "/index":
            return None
        return self._answer(render(self.view, name).encode(), HTML)

    def _answer(self, content: bytes, media_type: str) -> Answer:
        return Answer(content, media_type, packed=True)


def _feeds(snapshot: Snapshot) -> dict[bytes, Answer]:
    def answer(content: bytes) -> Answer:
        return Answer(content, CALENDAR, modified=snapshot.modified, headers=_NOT_LISTED)

    return {_digest(token): answer(content) for token, content in snapshot.feeds.items()}


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _asset(path: str, content: bytes) -> Answer:
    return Answer(content, _TYPES[path.rpartition(".")[2]], packed=True)


_ASSETS: Mapping[str, bytes] = assets()
