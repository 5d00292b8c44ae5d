"""The client against a real server on this machine, which is as unfriendly as servers can be."""

import asyncio
import gzip
import logging
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scheduler.calendars.incoming import Outside, Told, Trouble, read_sources
from scheduler.calendars.incoming.addresses import is_public
from scheduler.calendars.incoming.copies import Copy, keep, kept
from scheduler.calendars.incoming.fetch import Fetched, Limits, fetch
from scheduler.domain.time_away import CalendarSource
from tests.calendars.incoming.ics import WINDOW, day, ics

BODY = ics(day(1))
MONDAY, TUESDAY = datetime(2027, 1, 4, 9, tzinfo=UTC), datetime(2027, 1, 5, 9, tzinfo=UTC)

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """A server whose answers a test chooses by path, and the heads of what it was asked."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/a.ics", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            known.asked.append(dict(self.headers))
            try:
                known.answers[self.path](self)
            except OSError:
                self.close_connection = True  # the client had enough

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Server(http.server_port)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield known
    known.stopping.set()
    http.shutdown()
    thread.join()
    http.server_close()


def send(body: bytes = BODY, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for key, value in headers.items():
            handler.send_header(key.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def get(url: str, known: Copy | None = None, *, private: bool = True, **limits: float) -> Fetched:
    bounds = Limits(**{"bytes": 100_000, "seconds": 5.0, **limits})  # type: ignore[arg-type]  # both are numbers
    return asyncio.run(fetch(url, known, insecure=True, private=private, limits=bounds))


# ---------------------------------------------------------------------------------- where it leads


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "127.1"])
def test_this_machine_is_not_asked_by_any_of_its_names(server: Server, host: str) -> None:
    server.answers["/a.ics"] = send()
    with pytest.raises(Trouble, match="private network"):
        get(server.url(host=host), private=False)
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "100.64.0.1", "::1", "fe80::1",
     "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::127.0.0.1",
     "224.0.0.1", "255.255.255.255", "ff02::1", "nonsense"],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(address)


def test_http_is_refused_unless_it_is_chosen(server: Server) -> None:
    with pytest.raises(Trouble, match="http, which everybody"):
        asyncio.run(fetch(server.url(), private=True))


def test_a_redirect_leads_to_nothing_private_but_the_server_itself(server: Server) -> None:
    elsewhere = server.url("/b.ics", host="localhost")
    server.answers["/a.ics"] = send(b"", 302, Location="/b.ics")
    server.answers["/b.ics"] = send()
    server.answers["/c.ics"] = send(b"", 302, Location=elsewhere)
    assert get(server.url()).content == BODY
    with pytest.raises(Trouble, match="private network"):
        get(server.url("/c.ics"))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "//"])
def test_a_redirect_to_something_that_is_no_web_address(server: Server, target: str) -> None:
    server.answers["/a.ics"] = send(b"", 302, Location=target)
    with pytest.raises(Trouble):
        get(server.url())


def test_redirects_that_never_end(server: Server) -> None:
    server.answers["/a.ics"] = send(b"", 302, Location="/a.ics")
    with pytest.raises(Trouble, match="redirects more than 5 times"):
        get(server.url())


def test_a_name_is_looked_up_once_and_still_stands_in_the_request(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/a.ics"] = send()
    looked: list[str] = []

    async def resolve(host: str, port: int, *, private: bool) -> tuple[str, ...]:
        looked.append(host)
        return ("127.0.0.1",)

    monkeypatch.setattr("scheduler.calendars.incoming.fetch.resolve", resolve)
    # Nobody else can find this name: the connection goes to what was looked up here.
    assert get(server.url(host="calendar.invalid")).content == BODY
    assert looked == ["calendar.invalid"]
    assert server.asked[0]["Host"] == f"calendar.invalid:{server.port}"


# --------------------------------------------------------------------------- how much and how long


def drip_head(server: Server) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not server.stopping.wait(0.02):
            handler.wfile.write(b"a")

    return answer


def drip_body(server: Server) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n")
        while not server.stopping.wait(0.02):
            handler.wfile.write(b"a")

    return answer


@pytest.mark.parametrize("drip", [drip_head, drip_body])
def test_a_server_that_drips_is_left(server: Server, drip: Callable[[Server], Answer]) -> None:
    server.answers["/a.ics"] = drip(server)
    with pytest.raises(Trouble, match=r"within 0\.3 seconds"):
        get(server.url(), seconds=0.3)


def test_a_body_without_end_is_cut(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.stopping.is_set():
            handler.wfile.write(BODY * 100)

    server.answers["/a.ics"] = endless
    with pytest.raises(Trouble, match="is larger than"):
        get(server.url())


def test_a_packed_body_is_unpacked_no_further_than_it_may_be_long(server: Server) -> None:
    server.answers["/a.ics"] = send(gzip.compress(BODY), Content_Encoding="gzip")
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < 100_000
    server.answers["/bomb.ics"] = send(bomb, Content_Encoding="gzip")
    assert get(server.url()).content == BODY
    with pytest.raises(Trouble, match="is larger than"):
        get(server.url("/bomb.ics"))


@pytest.mark.parametrize(
    ("packing", "body", "said"),
    [
        ("gzip", BODY, "cannot be unpacked"),
        ("br", BODY, "nobody asked for"),
        ("gzip, gzip", gzip.compress(BODY), "nobody asked for"),
        ("deflate", zlib.compress(BODY), "nobody asked for"),
    ],
)
def test_packings_that_were_not_asked_for(
    server: Server, packing: str, body: bytes, said: str
) -> None:
    server.answers["/a.ics"] = send(body, Content_Encoding=packing)
    with pytest.raises(Trouble, match=said):
        get(server.url())


@pytest.mark.parametrize(
    ("status", "said"), [(500, "error 500"), (404, "not there any more"), (401, "secret address")]
)
def test_errors_of_the_server_are_told(server: Server, status: int, said: str) -> None:
    server.answers["/a.ics"] = send(b"", status)
    with pytest.raises(Trouble, match=said):
        get(server.url())


def test_a_port_on_which_nobody_listens(server: Server) -> None:
    with pytest.raises(Trouble, match="nobody answers there"):
        get("http://127.0.0.1:1/a.ics")


# -------------------------------------------------------------------------------- last good copies


@dataclass
class Reader:
    """Reads one source, as often as a test wants."""

    server: Server
    folder: Path

    def read(self, now: datetime) -> Told:
        source = CalendarSource("ana", self.server.url("/secret-token/a.ics"), insecure=True,
                                private=True)  # fmt: skip
        return read_sources([source], self.folder, WINDOW, now, Outside(self.folder / "copies"))[0]

    def answers(self, answer: Answer) -> None:
        self.server.answers["/secret-token/a.ics"] = answer


@pytest.fixture
def reader(server: Server, tmp_path: Path) -> Reader:
    return Reader(server, tmp_path)


def test_what_is_not_new_is_not_sent_again_and_counts_as_read(reader: Reader) -> None:
    reader.answers(send(ETag='"1"', Last_Modified="Mon, 04 Jan 2027 08:00:00 GMT"))
    first = reader.read(MONDAY)
    reader.answers(send(b"", 304))
    again = reader.read(TUESDAY)
    assert reader.server.asked[1]["If-None-Match"] == '"1"'
    assert reader.server.asked[1]["If-Modified-Since"] == "Mon, 04 Jan 2027 08:00:00 GMT"
    assert again.away == first.away != ()
    assert (again.read, again.trouble) == (TUESDAY, "")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (send(b"", 500), "error 500"),
        (send(b"<html>Maintenance</html>"), "web page"),
        (send(b""), "is empty"),
        (send(b"BEGIN:VCALENDAR\r\nnonsense"), "holds"),
    ],
)
def test_the_last_good_copy_stands_in_with_its_age(
    reader: Reader, answer: Answer, said: str
) -> None:
    reader.answers(send(ETag='"1"'))
    first = reader.read(MONDAY)
    reader.answers(answer)
    for _ in range(2):  # what is bad is never taken for a good copy
        down = reader.read(TUESDAY)
        assert (down.away, down.read) == (first.away, MONDAY)
        assert said in down.trouble


def test_without_a_copy_nothing_is_known(reader: Reader) -> None:
    reader.answers(send(b"", 500))
    told = reader.read(MONDAY)
    assert (told.away, told.trouble) == (None, "answered with error 500")


def test_an_address_is_never_shown_nor_logged_nor_kept(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reader.answers(send())
    told = reader.read(MONDAY)
    files = [path for path in reader.folder.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert "secret-token" not in f"{files[0]}{files[0].read_bytes()!r}"
    assert "secret-token" not in caplog.text
    assert told.source.name.startswith("127.0.0.1/…-")
    assert files[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"[]\n", b"{\n", b'{"read": "x"}\n', b"\xff"])
def test_a_spoilt_copy_is_none(tmp_path: Path, content: bytes) -> None:
    keep(tmp_path, "https://example.org/", Copy(BODY, MONDAY))
    assert kept(tmp_path, "https://example.org/") == Copy(BODY, MONDAY)
    next(tmp_path.iterdir()).write_bytes(content)
    assert kept(tmp_path, "https://example.org/") is None


def test_an_address_from_the_environment(reader: Reader) -> None:
    reader.answers(send())
    source = CalendarSource("ana", "${ANA}", insecure=True, private=True)

    def read(environment: dict[str, str]) -> Told:
        outside = Outside(reader.folder / "copies", environment)
        return read_sources([source], reader.folder, WINDOW, MONDAY, outside)[0]

    assert read({"ANA": reader.server.url("/secret-token/a.ics")}).away
    assert read({}).trouble == "is not set in the environment"
    assert (
        read({"ANA": "/etc/passwd"}).trouble == "is set in the environment, but to no web address"
    )
