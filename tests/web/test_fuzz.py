"""Whatever is thrown at a running server: no 5xx, no traceback, no feed by luck, no token told."""

import random
import socket
from pathlib import Path

import pytest

from scheduler.actions.feed_address import feed_tokens
from scheduler.files import read_team
from tests.web.process import Process, serving
from tests.web.serving import SECRET, team

METHODS = [b"GET"] * 6 + [
    b"HEAD",
    b"POST",
    b"PUT",
    b"DELETE",
    b"OPTIONS",
    b"BREW",
    b"get",
    b"",
    b"\xff",
]
PLACES = [
    b"/", b"/people", b"/members/ana", b"/upstreams/hub", b"/api/now", b"/api/rotations/x",
    b"/assets/rota.css", b"/healthz", b"/readyz", b"/metrics", b"/robots.txt", b"/feeds/",
]  # fmt: skip
TWISTS = [
    b"/..", b"/../../etc/passwd", b"%2e%2e/", b"%00", b"%", b"%zz", b"%ff%fe", b"?", b"#a", b"//",
    b"\\", b";x=1", b"\xc3\xa9", b"%F0%9F%92%A9", b"%ED%A0%80", b" ", b"*", b"{token}", b"a" * 5000,
    b"http://evil.example/", b"?x=" + b"%41" * 2000, b"\x00", b"\r\nX: y",
]  # fmt: skip
HEADERS = [
    b'If-None-Match: "', b"If-None-Match: *, *", b"If-None-Match: " + b'"a",' * 900,
    b"If-Modified-Since: yesterday", b"If-Modified-Since: Mon, 99 Foo 99999 99:99:99 GMT",
    b"Accept-Encoding: gzip;q=x", b"Accept-Encoding: \xff", b"Range: bytes=0-", b"Host:",
    b"Host: evil.example", b"Cookie: " + b"a=b;" * 2000, b"X: " + b"x" * 70_000,
    b"Content-Length: -1", b"Content-Length: 99999999999999", b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: x, chunked", b"Expect: 100-continue", b": nameless", b"no colon",
    b"Upgrade: websocket\r\nConnection: Upgrade",
    b"X-Forwarded-For: 1.2.3.4", b"Authorization: Bearer \x01", b"Content-Type: application/json",
]  # fmt: skip
BODIES = [
    b"",
    b"",
    b"",
    b"{}",
    b"\x00" * 100,
    b"0\r\n\r\n",
    b"ffffffffffffffffff\r\n",
    b"x=" * 5000,
]


def thrown(luck: random.Random, tokens: list[str]) -> tuple[bytes, str]:
    """A request, and the token whose feed it may open."""
    path, opens = luck.choice(PLACES), ""
    if luck.random() < 0.4:
        token = luck.choice(tokens)
        opens, path = token, f"/feeds/{token}.ics".encode()
        if luck.random() < 0.7:
            place = luck.randrange(7, 7 + len(token))
            letter = luck.choice([b"", b"A", b"_", b"%41", b"\xff", path[place : place + 1] * 2])
            path = path[:place] + letter + path[place + 1 :]
    for _ in range(luck.choice([0, 0, 1, 2])):
        place = luck.randrange(len(path) + 1)
        path = path[:place] + luck.choice(TWISTS) + path[place:]
    lines = [
        luck.choice(METHODS) + b" " + path + luck.choice([b" HTTP/1.1"] * 8 + [b" HTTP/9", b""])
    ]
    lines += [b"Host: 127.0.0.1", b"Connection: close"]
    lines += luck.sample(HEADERS, luck.choice([0, 0, 1, 2, 3]))
    return b"\r\n".join(lines) + b"\r\n\r\n" + luck.choice(BODIES), opens


def answer(port: int, request: bytes) -> bytes:
    """What comes back until the server or our patience ends it."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        found = b""
        try:
            raw.sendall(request)
            raw.shutdown(socket.SHUT_WR)
            while piece := raw.recv(65536):
                found += piece
        except (ConnectionResetError, BrokenPipeError):
            pass  # it was refused before we had said all of it
        return found


def throw(server: Process, folder: Path, times: int, seed: int) -> dict[int, int]:
    """Throw so many requests and judge each answer; returns how often each status came."""
    team_tokens = list(feed_tokens(read_team(folder), SECRET).values())
    luck, counted = random.Random(seed), dict[int, int]()
    port = int(server.address.rpartition(":")[2])
    for _ in range(times):
        request, opens = thrown(luck, team_tokens)
        found = answer(port, request)
        status = int(found[9:12]) if found.startswith(b"HTTP/") else 0
        counted[status] = counted.get(status, 0) + 1
        assert status < 500, request[:300]
        assert b"Traceback" not in found, request[:300]
        if b"text/calendar" in found:
            assert f"/feeds/{opens}.ics".encode() in unescaped(request), request[:300]
    assert server.get("/readyz").status_code == 200
    told = server.log.read_text(encoding="utf-8")
    assert "Traceback" not in told
    assert '"level": "error"' not in told
    assert [token for token in team_tokens if token in told] == []
    return counted


def unescaped(request: bytes) -> bytes:
    """An escaped letter is the letter."""
    return request.replace(b"%41", b"A")


def test_a_running_server_stays_polite(tmp_path: Path) -> None:
    folder = team(tmp_path / "team")
    with serving(folder, tmp_path / "log") as server:
        counted = throw(server, folder, 400, 1)
    assert {200, 400, 404, 405} <= set(counted)


@pytest.mark.long
def test_a_running_server_stays_polite_thousands_of_times(tmp_path: Path) -> None:
    folder = team(tmp_path / "team")
    with serving(folder, tmp_path / "log") as server:
        assert sum(throw(server, folder, 5000, 2).values()) == 5000
