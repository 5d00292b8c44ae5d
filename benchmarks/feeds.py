"""Feeds under load, on this machine: `rota serve` beside Radicale with the same calendar.

    python -m benchmarks.feeds [--seconds 10] [--million]

It needs wrk, and for the comparison radicale. Both servers run one process each; wrk takes its
share of the same cores, so that the figures are what is left of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

ROSTER = Path(__file__).parents[1] / "rosters" / "2i2c"
CONNECTIONS = 32
WANTED = {"full": 800, "conditional": 3000}
"""Requests a second; latency is looked at under half of that."""
_LATENCY = re.compile(r"^\s+99%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
_RATE = re.compile(r"^Requests/sec:\s+([\d.]+)", re.MULTILINE)
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured: requests a second, and the 99th percentile of latency in ms."""

    rate: float
    p99: float
    trouble: str


def wrk(url: str, seconds: int, tag: str = "", rate: float = 0.0) -> Load:
    """Ask an address on and on; with a tag, whether it has changed; with a rate, no more often
    than that in all."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    command += ["-H", f"If-None-Match: {tag}"] if tag else []
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if rate:
            pause = round(1000 * CONNECTIONS / rate)
            # The connections begin one after the other, so that they do not ask in step.
            script.write(f"function delay() return math.random(0, {2 * pause}) end\n")
            script.flush()
            command += ["-s", script.name]
        told = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    latency, found = _LATENCY.search(told), _RATE.search(told)
    assert latency, told
    assert found, told
    bad = _BAD.search(told)
    p99 = float(latency[1]) * _MILLISECONDS[latency[2]]
    return Load(float(found[1]), p99, bad[0] if bad else "")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def process(command: list[str], port: int) -> Iterator[psutil.Process]:
    """A server until the end of the block; it is there when it accepts connections."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SLACK_")}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as server:
        try:
            for _ in range(300):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.1)
            yield psutil.Process(server.pid)
        finally:
            server.terminate()


def measured(url: str, seconds: int) -> dict[str, object]:
    """Full answers, and conditional ones where the server knows them; both as many as it can, then
    half as many as are wanted."""
    found = httpx.get(url)
    tag = found.headers.get("etag", "")
    knows = bool(tag) and httpx.get(url, headers={"if-none-match": tag}).status_code == 304
    told: dict[str, object] = {"bytes": len(found.content), "answers 304": knows}
    for name, asked in (("full", ""), ("conditional", tag if knows else None)):
        if asked is None:
            continue
        most = wrk(url, seconds, asked)
        half = wrk(url, seconds, asked, WANTED[name] / 2)
        told[name] = {
            "requests/s": round(most.rate),
            "p99 ms": round(most.p99, 1),
            "at requests/s": round(half.rate),
            "p99 ms there": round(half.p99, 1),
            "trouble": most.trouble or half.trouble,
        }
    return told


def ours(folder: Path) -> tuple[list[str], int, str]:
    """How `rota serve` is run over a roster, its port, and the address of the team's feed."""
    port = free_port()
    rota = [sys.executable, "-c", "from scheduler.cli import main; main()"]
    listing = [*rota, "tokens", str(folder), "--url", f"http://127.0.0.1:{port}", "--json"]
    told = subprocess.run(listing, check=True, capture_output=True, text=True).stdout
    address = json.loads(told)["feeds"][-1]["address"]
    return [*rota, "serve", str(folder), "--port", str(port)], port, address


def radicale(folder: Path) -> tuple[list[str], int, str]:
    """The same of Radicale, without sign-in and with nothing in it yet."""
    port = free_port()
    options = ["--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none"]
    options += ["--storage-filesystem-folder", str(folder), "--rights-type", "authenticated"]
    options += ["--logging-level", "critical", "--config", ""]
    return ["radicale", *options], port, f"http://127.0.0.1:{port}/team/calendar/"


def million(url: str, tag: str, server: psutil.Process) -> dict[str, object]:
    """Memory (MB) after a warm-up and over a million conditional requests."""
    wrk(url, 5, tag)
    sizes, asked = [round(server.memory_info().rss / 2**20, 1)], 0.0
    while asked < 1_000_000:
        asked += wrk(url, 30, tag).rate * 30
        sizes.append(round(server.memory_info().rss / 2**20, 1))
    return {"requests": round(asked), "MB": sizes}


def main() -> None:
    """Measure and print JSON."""
    asking = argparse.ArgumentParser()
    asking.add_argument("--seconds", type=int, default=10)
    asking.add_argument("--million", action="store_true", help="memory over a million requests")
    chosen = asking.parse_args()
    told: dict[str, object] = {"load before": os.getloadavg(), "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "team")
        shutil.copytree(ROSTER, folder)
        command, port, url = ours(folder)
        with process(command, port) as server:
            content = httpx.get(url).content
            told["rota"] = measured(url, chosen.seconds)
            if chosen.million:
                tag = httpx.get(url).headers["etag"]
                told["memory"] = million(url, tag, server)
        if shutil.which("radicale"):
            command, port, url = radicale(Path(place, "radicale"))
            with process(command, port):
                headers = {"content-type": "text/calendar"}
                put = httpx.put(url, content=content, headers=headers, auth=("team", ""))
                put.raise_for_status()
                told["radicale"] = measured(url.replace("//", "//team:@"), chosen.seconds)
    told["load after"] = os.getloadavg()
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
