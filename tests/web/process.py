"""`rota serve` as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.web.serving import SECRET

HOUSE = Path(__file__).parents[2]
PATIENCE = 20
"""Seconds after which a test gives up waiting: the machine may be busy."""


@dataclass
class Process:
    """A server that runs, where it is reached, and the file that its log goes to."""

    process: subprocess.Popen[str]
    address: str
    log: Path
    client: httpx.Client

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """One request."""
        return self.client.get(self.address + path, headers=headers)

    def until(self, path: str, shows: Callable[[httpx.Response], bool]) -> float:
        """Ask until an answer is as wished, and tell how many seconds that took."""
        began = time.monotonic()
        while not shows(self.get(path)):
            assert time.monotonic() - began < PATIENCE, f"{path} never showed it"
            time.sleep(0.02)
        return time.monotonic() - began


@contextmanager
def serving(folder: Path, log: Path, *options: str) -> Iterator[Process]:
    """Run `rota serve` over a folder until the end of the block."""
    command = [
        sys.executable, "-c", "from scheduler.cli import main; main()",
        "serve", str(folder), "--port", "0", *options,
    ]  # fmt: skip
    ours = ("SLACK_", "ROTA_")
    environment = {name: v for name, v in os.environ.items() if not name.startswith(ours)}
    environment |= {"PYTHONPATH": str(HOUSE), "COLUMNS": "200", "ROTA_SECRET": SECRET.decode()}
    with (
        log.open("w", encoding="utf-8") as lines,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=lines, text=True, env=environment
        ) as process,
        httpx.Client(timeout=PATIENCE) as client,
    ):
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://[\w.\[\]:]+", said)
            assert found, said + log.read_text(encoding="utf-8")
            yield Process(process, found[0], log, client)
        finally:
            process.kill()
