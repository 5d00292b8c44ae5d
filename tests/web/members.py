"""A small team that signs in and acts, without a network: providers answer in this process."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scheduler.actions.remember import journal_of
from scheduler.web import Live, build
from scheduler.web.desk import Desk
from scheduler.web.forms import routes
from scheduler.web.providers import Provider, github, slack
from scheduler.web.signin import LocalLink, SignIn
from tests.actions.roster import change
from tests.web.serving import SECRET, Clock, team

BASE = "https://rota.example.org"
VOUCHER = "https://voucher.example"
WORKSPACE = "T01"


def linked(folder: Path) -> Path:
    """The team with ids at Slack and GitHub; Chi leads."""
    found = team(folder)
    change(found, "roster.yaml", "{id: ana,", "{id: ana, slack: U0ANA, github: Ana-Silva,")
    change(found, "roster.yaml", "    name: Ben", "    slack: U0BEN\n    name: Ben")
    change(found, "roster.yaml", "{id: chi,", "{id: chi, slack: U0CHI, lead: true,")
    return found


@dataclass
class Voucher:
    """A provider that vouches for whoever ``who`` names: OpenID Connect, and GitHub's way."""

    who: str = "U0ANA"
    workspace: str = WORKSPACE
    nonce: str = ""
    spoil: str = ""
    """Which claim of the id token to make wrong."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/keys", self._keys),
                Route("/token", self._token, methods=["POST"]),
                Route("/login/oauth/access_token", self._bare_token, methods=["POST"]),
                Route("/user", self._user),
            ]
        )

    @property
    def transport(self) -> httpx.ASGITransport:
        return httpx.ASGITransport(self.app)

    async def _metadata(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": VOUCHER,
                "authorization_endpoint": f"{VOUCHER}/authorize",
                "token_endpoint": f"{VOUCHER}/token",
                "jwks_uri": f"{VOUCHER}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def _keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _token(self, request: Request) -> Response:
        claims: dict[str, Any] = {
            "iss": VOUCHER,
            "aud": "client",
            "sub": self.who,
            "exp": 4_000_000_000,
            "iat": 1_700_000_000,
            "nonce": self.nonce,
            "https://slack.com/team_id": self.workspace,
        }
        if self.spoil:
            claims[self.spoil] = "wrong"
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": signed})

    async def _bare_token(self, request: Request) -> Response:
        return JSONResponse({"access_token": "a", "token_type": "bearer"})

    async def _user(self, request: Request) -> Response:
        return JSONResponse({"login": self.who})


@dataclass
class Server:
    """A server over a folder where people sign in."""

    folder: Path
    voucher: Voucher = field(default_factory=Voucher)
    local: LocalLink | None = None
    open_pages: bool = False
    clock: Clock = field(default_factory=Clock)
    journal_at: str = ""

    def __post_init__(self) -> None:
        self.live = Live(self.folder, SECRET, BASE, self.clock)
        self.live.start()
        self.signin = SignIn(
            self.live, self._providers(), local=self.local, open_pages=self.open_pages
        )
        self.journal = journal_of(self.folder, self.journal_at)
        self.desk = Desk(self.live, self.signin, self.journal)
        self.app = build(
            self.live,
            guard=self.signin.guard,
            routes=[*self.signin.routes, *routes(self.desk)],
            layers=self.signin.layers,
        )

    def _providers(self) -> tuple[Provider, ...]:
        at = {"transport": self.voucher.transport}
        return (
            slack("client", "secret", site=VOUCHER, workspace=WORKSPACE, **at),
            github("client", "secret", site=VOUCHER, api=VOUCHER, **at),
        )

    def visitor(self) -> Visitor:
        """Somebody with a browser who is not signed in."""
        return Visitor(self)

    async def member(self, slack_id: str) -> Visitor:
        """Somebody who is signed in."""
        found = self.visitor()
        answer = await found.sign_in(slack_id)
        assert answer.status_code == 303, answer.text
        return found


@dataclass
class Visitor:
    """A browser as far as the server can tell: it keeps cookies and says where forms come from."""

    server: Server
    page: str = ""
    """What the last answer showed."""

    def __post_init__(self) -> None:
        transport = httpx.ASGITransport(self.server.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=BASE)

    async def get(self, path: str) -> httpx.Response:
        answer = await self.client.get(path)
        self.page = answer.text
        return answer

    async def post(self, path: str, origin: str | None = BASE, **fields: str) -> httpx.Response:
        """Send a form with the token of the page that is shown, unless the fields say another."""
        sent = {"csrf": self.hidden("csrf"), "id": self.hidden("id"), **fields}
        headers = {} if origin is None else {"origin": origin}
        answer = await self.client.post(path, data=sent, headers=headers)
        if answer.status_code != 303:
            self.page = answer.text
        return answer

    def hidden(self, name: str) -> str:
        found = re.search(f'name="{name}" value="([^"]*)"', self.page)
        return unescape(found[1]) if found else ""

    async def act(self, verb: str, **fields: str) -> str:
        """Load the own page, send a form of it, and give what the next page says."""
        await self.get("/mine")
        answer = await self.post(f"/mine/{verb}", **fields)
        if answer.status_code == 303:
            answer = await self.get(answer.headers["location"])
        found = re.search(r'<p class="notice[^>]*>(.*?)</p>', answer.text)
        return unescape(found[1]) if found else ""

    async def sign_in(self, who: str, provider: str = "slack") -> httpx.Response:
        """Go to the provider, who vouches for ``who``, and come back."""
        sent = await self.client.get(f"/signin/{provider}")
        assert sent.status_code == 302, sent.text
        asked = parse_qs(urlsplit(sent.headers["location"]).query)
        voucher = self.server.voucher
        voucher.who, voucher.nonce = who, asked.get("nonce", [""])[0]
        return await self.get(f"/signin/{provider}/back?code=c&state={asked['state'][0]}")
