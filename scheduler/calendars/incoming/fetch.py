"""Fetches a calendar from the web, within bounds of size and time, and from nowhere private."""

from __future__ import annotations

import asyncio
import logging
import ssl
import zlib
from dataclasses import dataclass
from functools import cache

import httpx

from scheduler.calendars.incoming.addresses import resolve
from scheduler.calendars.incoming.copies import Copy
from scheduler.calendars.incoming.trouble import Trouble

# They write whole addresses into the log, and the address of a calendar is its password.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_REDIRECTS = 5
_SAID = {
    401: "wants a password: take the secret address of the calendar",
    403: "may not be read: take its secret address, or share it",
    404: "is not there any more",
    410: "is not there any more",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, packed or not, and seconds from the first look at the name to the last byte."""

    bytes: int = 10_000_000
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the body, and the marks that the server gave it. ``unchanged`` says that the copy
    that was known is still right."""

    content: bytes
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """What a fetch may do."""

    insecure: bool
    private: bool
    limits: Limits
    known: Copy | None


async def fetch(
    url: str,
    known: Copy | None = None,
    *,
    insecure: bool = False,
    private: bool = False,
    limits: Limits = Limits(),
) -> Fetched:
    """Fetch an address, or learn that the copy that is ``known`` is still right.

    ``insecure`` allows http, ``private`` an address that is not of the open internet.

    Raises:
        Trouble: it cannot be reached, leads where it may not, is too large or takes too long.
    """
    try:
        async with asyncio.timeout(limits.seconds):
            return await _follow(httpx.URL(url), _Way(insecure, private, limits, known))
    except TimeoutError as error:
        raise Trouble(f"did not send all of it within {limits.seconds:g} seconds") from error
    except httpx.InvalidURL as error:
        raise Trouble("has no address that can be understood") from error
    except httpx.HTTPError as error:
        raise Trouble(_reason(error)) from error


@cache
def _trusted() -> ssl.SSLContext:
    """Loading the certificates takes a moment: once is enough."""
    return httpx.create_ssl_context()


def _reason(error: httpx.HTTPError) -> str:
    # Their own words may quote the address.
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "cannot be reached: its certificate is not trusted here"
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return "cannot be reached: nobody answers there"
    return f"broke off while it answered ({type(error).__name__})"


async def _follow(url: httpx.URL, way: _Way) -> Fetched:
    first = url
    async with httpx.AsyncClient(verify=_trusted(), trust_env=False, timeout=None) as client:
        for _ in range(_REDIRECTS + 1):
            _check_scheme(url, insecure=way.insecure)
            # What a server says is not what the roster chose: it leads to nothing private but
            # to itself.
            private = way.private and _origin(url) == _origin(first)
            response = await _ask(client, url, way.known, private=private)
            try:
                if not response.has_redirect_location:
                    return await _answer(response, way.limits)
                url = url.join(response.headers["Location"])
            finally:
                await response.aclose()
    raise Trouble(f"redirects more than {_REDIRECTS} times")


def _check_scheme(url: httpx.URL, *, insecure: bool) -> None:
    if not url.host or url.scheme not in ("https", "http"):
        raise Trouble("leads to something that is no web address")
    if url.scheme == "http" and not insecure:
        raise Trouble("leads to http, which everybody on the way can read")


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, _port(url)


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


async def _ask(
    client: httpx.AsyncClient, url: httpx.URL, known: Copy | None, *, private: bool
) -> httpx.Response:
    """The head of the answer, from the very address that was checked."""
    addresses = await resolve(url.host, _port(url), private=private)
    headers = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "gzip"}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.modified:
        headers["If-Modified-Since"] = known.modified
    for number, address in enumerate(addresses, 1):
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers=headers,
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        try:
            return await client.send(request, stream=True)
        except httpx.ConnectError:
            if number == len(addresses):
                raise
    raise Trouble("cannot be found: its name leads nowhere")


async def _answer(response: httpx.Response, limits: Limits) -> Fetched:
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(b"", unchanged=True)
    if response.status_code != httpx.codes.OK:
        said = _SAID.get(response.status_code, f"answered with error {response.status_code}")
        raise Trouble(said)
    content = await _body(response, limits.bytes)
    headers = response.headers
    return Fetched(content, headers.get("ETag", ""), headers.get("Last-Modified", ""))


async def _body(response: httpx.Response, most: int) -> bytes:
    """The body, unpacked no further than it may be long."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise Trouble("is packed in a way that nobody asked for")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in packing else None
    body, came = bytearray(), 0
    async for chunk in response.aiter_raw():
        came += len(chunk)
        try:
            body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise Trouble("is packed, and cannot be unpacked") from error
        if max(len(body), came) > most:
            raise Trouble(f"is larger than {most // 1_000_000} MB")
    return bytes(body)
