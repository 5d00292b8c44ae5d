"""The secret addresses of calendars: a token says which feed it opens to the server alone."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from scheduler import calendars
from scheduler.domain.people import Member
from scheduler.errors import BadRequest
from scheduler.files import read_team
from scheduler.files.team import Team


def feed_address(team: Team, member: Member, secret: bytes, base_url: str) -> str:
    """Where a member subscribes to their own turns: ``https://…/feeds/<token>.ics``."""
    token = _token(team, "members", member.id, member.feed_generation, secret)
    return address_of(token, base_url)


def address_of(token: str, base_url: str) -> str:
    """The address that a token makes."""
    return f"{base_url.rstrip('/')}/feeds/{token}.ics"


def feed_tokens(team: Team, secret: bytes) -> dict[str, str]:
    """The token of each feed by the feed's path (``members/ana.ics``), the team's own last.

    Whom the roster no longer names has none: a generation that went with its member would let
    an old, revoked token in again.
    """
    return {path: _token(team, *named, secret) for path, named in _feeds(team)}


def _feeds(team: Team) -> Iterator[tuple[str, tuple[str, str, int]]]:
    """Path, and the kind, id and generation of every feed."""
    for member in team.members:
        yield _path("members", member.id), ("members", member.id, member.feed_generation)
    for duty in team.duties:
        yield _path("duties", duty.id), ("duties", duty.id, team.feed_generation)
    for upstream in team.upstreams:
        yield _path("upstreams", upstream.id), ("upstreams", upstream.id, team.feed_generation)
    yield "team.ics", ("team", "", team.feed_generation)


def _path(kind: str, name: str) -> str:
    return f"{kind}/{quote(name, safe='')}.ics"


def _token(team: Team, kind: str, name: str, generation: int, secret: bytes) -> str:
    """43 characters that go into a path. Ids hold no line break, so that no two feeds agree in
    what is signed; the team's generation is in it as well, so that raising it revokes all."""
    signed = "\n".join((team.installation, kind, name, str(generation), str(team.feed_generation)))
    digest = hmac.digest(secret, signed.encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed with its secret address. ``kind`` is members, duties, upstreams or team."""

    kind: str
    id: str
    name: str
    address: str


def feed_addresses(folder: Path, secret: bytes, base_url: str) -> tuple[FeedAddress, ...]:
    """Every secret address of a roster.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: ``base_url`` is no web address.
    """
    if not calendars.link(base_url):
        raise BadRequest(f'"{base_url}" is no web address such as https://rota.example.org.')
    team = read_team(folder)
    names = {
        **{("members", member.id): member.name for member in team.members},
        **{("duties", duty.id): duty.name for duty in team.duties},
        **{("upstreams", upstream.id): upstream.name for upstream in team.upstreams},
        ("team", ""): team.name,
    }
    return tuple(
        FeedAddress(
            kind, id, names[kind, id], address_of(_token(team, kind, id, at, secret), base_url)
        )
        for _, (kind, id, at) in _feeds(team)
    )
