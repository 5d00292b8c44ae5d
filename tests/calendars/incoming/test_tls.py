"""Over https, the connection goes to the number that was checked, and the certificate must still
be that of the name."""

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scheduler.calendars.incoming import Trouble, fetch
from tests.needs import program

NAME = "calendar.invalid"


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server on this machine with a certificate for a name that nobody else can find."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    asked = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} -addext"
    subprocess.run(
        [program("openssl"), *asked.split(), f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out",
         certificate], check=True, capture_output=True,
    )  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["Host"].encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    async def resolve(host: str, port: int, *, private: bool) -> tuple[str, ...]:
        return ("127.0.0.1",)

    monkeypatch.setattr(fetch, "resolve", resolve)
    trusted = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(fetch, "_trusted", lambda: trusted)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_certificate_is_held_against_the_name(port: int) -> None:
    came = asyncio.run(fetch.fetch(f"https://{NAME}:{port}/a.ics"))
    assert came.content == f"{NAME}:{port}".encode()


def test_a_certificate_for_another_name_is_refused(port: int) -> None:
    with pytest.raises(Trouble, match="certificate is not trusted"):
        asyncio.run(fetch.fetch(f"https://other.invalid:{port}/a.ics"))
