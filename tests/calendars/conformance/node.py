"""Clients in JavaScript: one process of node each, which stays and reads feed after feed."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.calendars.conformance.seen import Seen, counted
from tests.needs import node_package, program

_SCRIPT = Path(__file__).parent / "reader.mjs"


class Node:
    """A library of the npm registry (``ical.js`` or ``node-ical``) as a reader of feeds."""

    def __init__(self, library: str) -> None:
        folder = node_package(library)
        self._process = subprocess.Popen(
            [program("node"), str(_SCRIPT), library, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Far from UTC, so that a day that is read as an instant shows as another day.
            env={**os.environ, "TZ": "Pacific/Auckland"},
            text=True,
            encoding="utf-8",
        )

    def read(self, feed: bytes) -> Counter[Seen]:
        """What the library sees in a feed."""
        return counted(self._ask("events", feed))

    def properties(self, feed: bytes) -> list[str]:
        """The names of all properties that ical.js finds, with those of their components."""
        return list(self._ask("properties", feed))

    def _ask(self, question: str, feed: bytes) -> list[Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([question, feed.decode()]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "node ended; what it said is above"
        answer: list[Any] = json.loads(line)
        return answer

    def __enter__(self) -> Node:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()
