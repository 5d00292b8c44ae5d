"""Forms that only our own pages may send: a token of the session, and the browser's own word."""

from __future__ import annotations

import secrets
from collections.abc import Collection, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import ClientDisconnect, Request

FIELD = "csrf"
_LARGEST = 64 * 1024
"""Bytes; no form here is a tenth of that."""
_MOST_FIELDS = 60
_USUAL_PORTS = {"http": ":80", "https": ":443"}

Form = dict[str, list[str]]


class Forged(Exception):
    """A form that did not come from our own page; the text is for the person."""


def token_of(session: MutableMapping[str, Any]) -> str:
    """The token of a session, made when it is first asked for."""
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(32)
    return str(session[FIELD])


async def form_of(request: Request, origins: Collection[str]) -> Form:
    """The fields of a form that was sent from a page of ours; ``origins`` are ours, such as
    ``https://rota.example.org``.

    Raises:
        Forged: it came from elsewhere, without the session's token, or is no form of ours.
    """
    _same_origin(request, origins)
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Forged("This is no form of ours.")
    form = _fields(await _body(request))
    sent, mine = form.pop(FIELD, [""])[0], str(request.session.get(FIELD, ""))
    if not mine or not secrets.compare_digest(sent.encode(), mine.encode()):
        raise Forged("This page is too old to act on. Load it again, and then press once more.")
    return form


def origin_of(address: str) -> str:
    """Scheme, host and port of an address, as browsers write them: without the usual port."""
    parts = urlsplit(address.lower())
    usual = _USUAL_PORTS.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"


def _same_origin(request: Request, origins: Collection[str]) -> None:
    """Believe the browser where it says that another site has sent this."""
    said = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site != "same-origin" or (said is not None and said.lower() not in origins):
        raise Forged("Another site has sent this form, so nothing was done.")


async def _body(request: Request) -> bytes:
    received = bytearray()
    try:
        async for chunk in request.stream():
            received += chunk
            if len(received) > _LARGEST:
                raise Forged("This form is too large.")
    except ClientDisconnect:
        raise Forged("The connection was cut.") from None
    return bytes(received)


def _fields(body: bytes) -> Form:
    try:
        text = body.decode("utf-8")
        return parse_qs(text, max_num_fields=_MOST_FIELDS, keep_blank_values=True)
    except ValueError:
        raise Forged("This is no form of ours.") from None
