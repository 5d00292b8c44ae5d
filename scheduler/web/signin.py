"""Signing in: who a visitor is, and that pages are for members.

The cookie holds who vouched for whom, signed. Whether that is a member is looked up in the roster
each time, so that who leaves the roster is out at once.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from httpx import HTTPError
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from scheduler.domain.people import Member
from scheduler.web.csrf import Forged, form_of, origin_of, token_of
from scheduler.web.live import Live
from scheduler.web.providers import Provider
from scheduler.web.rendering import page

LOCAL = "local"
_DAYS = 14
_WHO = "who"
_NEXT = "next"

log = logging.getLogger("rota.web")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in; ``csrf`` is the token that their forms carry."""

    member: Member
    is_lead: bool
    csrf: str

    @property
    def id(self) -> str:
        return self.member.id


class LocalLink:
    """A link that signs one member in, once: for whoever starts the server on their own machine."""

    def __init__(self, member: str) -> None:
        self.member = member
        self._token = secrets.token_urlsafe(32)

    @property
    def path(self) -> str:
        """The path of the link, to be printed and never logged."""
        return f"/signin/local?token={self._token}"

    def spend(self, token: str) -> bool:
        """Whether this is the token, for the first time."""
        fits = bool(self._token) and hmac.compare_digest(token.encode(), self._token.encode())
        if fits:
            self._token = ""
        return fits


class SignIn:
    """How people sign in at a server, with what ``web.build`` needs for it: a ``guard`` of the
    pages, ``routes`` and ``layers``. ``open_pages`` shows pages to everybody; forms still ask."""

    def __init__(
        self,
        live: Live,
        providers: Sequence[Provider] = (),
        *,
        local: LocalLink | None = None,
        open_pages: bool = False,
    ) -> None:
        self.live = live
        self.local = local
        self.open_pages = open_pages
        self.providers = {provider.name: provider for provider in providers}
        self._clients: dict[str, Any] = {}

    # ------------------------------------------------------------------------------ who is there

    def visitor(self, request: Request) -> Visitor | None:
        """Who is signed in, as the roster knows them now."""
        who = request.session.get(_WHO)
        if not isinstance(who, list) or len(who) != 2:
            return None
        member = self._member(str(who[0]), str(who[1]))
        if member is None:
            return None
        site = self.live.state.site
        leads = site.snapshot.team.leads if site else ()
        return Visitor(member, member.id in leads, token_of(request.session))

    async def guard(self, request: Request) -> Response | None:
        """Let members in, and show others where to sign in."""
        if self.open_pages or self.visitor(request) is not None:
            return None
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": "Sign in first."}, 401)
        return self.to_sign_in(request.url.path)

    def to_sign_in(self, path: str) -> Response:
        """The way to the page where one signs in, and back to a path."""
        return RedirectResponse(f"/signin?next={quote(path)}", 303)

    def origin(self, request: Request) -> str:
        """Where the world reaches this server, as browsers write it."""
        return origin_of(self.live.base_url or str(request.base_url))

    def origins(self, request: Request) -> frozenset[str]:
        """From where our forms come: that address, and the one that was asked, since a server on
        one's own machine has several names. Under a name of somebody else's there is no session."""
        return frozenset({self.origin(request), origin_of(str(request.base_url))})

    def _member(self, by: str, id: str) -> Member | None:
        site = self.live.state.site
        if site is None or not id:
            return None
        today = site.snapshot.today
        there = [m for m in site.snapshot.team.members if not m.has_left(today)]
        if by == LOCAL:
            mine = self.local is not None and self.local.member == id
            return next((m for m in there if mine and m.id == id), None)
        provider = self.providers.get(by)
        if provider is None:
            return None
        wanted = id.casefold()
        return next((m for m in there if provider.known_as(m).casefold() == wanted), None)

    # -------------------------------------------------------------------------------- the routes

    @property
    def can_sign_in(self) -> bool:
        """Whether there is any way to."""
        return bool(self.providers) or self.local is not None

    @property
    def layers(self) -> list[Middleware]:
        """The layer that reads and signs the cookie."""
        key = hmac.digest(self.live.secret, b"rota sessions", "sha256").hex()
        return [
            Middleware(
                SessionMiddleware,
                secret_key=key,
                session_cookie="rota_session",
                max_age=_DAYS * 24 * 60 * 60,
                same_site="lax",
                https_only=self.live.base_url.startswith("https://"),
            )
        ]

    @property
    def routes(self) -> list[Route]:
        """Everything under ``/signin``, and ``/signout``."""
        return [
            Route("/signin", self._choose),
            Route("/signin/local", self._by_link),
            Route("/signin/{provider}", self._leave),
            Route("/signin/{provider}/back", self._back),
            Route("/signout", self._sign_out, methods=["POST"]),
        ]

    async def _choose(self, request: Request) -> Response:
        wanted = request.query_params.get("next", "")
        if wanted:
            request.session[_NEXT] = _own(wanted)
        return self._page(request)

    async def _leave(self, request: Request) -> Response:
        """Off to the provider; by a link, since a form may lead nowhere but here."""
        name = request.path_params["provider"]
        if name not in self.providers:
            return self._page(request, "Nobody signs in that way here.", 404)
        back = f"{self.origin(request)}/signin/{name}/back"
        try:
            sent: Response = await self._client(name).authorize_redirect(request, back)
        except HTTPError as error:
            return self._unreachable(request, name, error)
        return sent

    async def _back(self, request: Request) -> Response:
        """Back from the provider, who says who it is."""
        from authlib.common.errors import AuthlibBaseError
        from joserfc.errors import JoseError

        name = request.path_params["provider"]
        if name not in self.providers:
            return self._page(request, "Nobody signs in that way here.", 404)
        client, provider = self._client(name), self.providers[name]
        try:
            token = await client.authorize_access_token(request)
            id = await provider.identity(client, token)
        except (AuthlibBaseError, JoseError, ValueError) as error:
            log.warning("%s did not vouch for somebody: %s", name, type(error).__name__)
            return self._page(request, f"{provider.title} did not say who you are. Try again.", 400)
        except HTTPError as error:
            return self._unreachable(request, name, error)
        if self._member(name, id) is None:
            return self._page(request, _unknown(provider, id), 403)
        return self._enter(request, name, id)

    async def _by_link(self, request: Request) -> Response:
        given = request.query_params.get("token", "")
        if request.method == "HEAD":
            # Whoever only looks ahead, such as the preview of a link, does not spend it.
            return self._page(request)
        if self.local is None or not self.local.spend(given):
            said = "This link was used already, or is another server's. Start the server again."
            return self._page(request, said, 403)
        return self._enter(request, LOCAL, self.local.member)

    async def _sign_out(self, request: Request) -> Response:
        try:
            await form_of(request, self.origins(request))
        except Forged as forged:
            return self._page(request, str(forged), 403)
        request.session.clear()
        return RedirectResponse("/signin", 303)

    def _enter(self, request: Request, by: str, id: str) -> Response:
        wanted = _own(str(request.session.get(_NEXT, "")))
        # A new session: nothing that was known of the old one opens it.
        request.session.clear()
        request.session[_WHO] = [by, id]
        token_of(request.session)
        return RedirectResponse(wanted, 303)

    def _client(self, name: str) -> Any:
        if name not in self._clients:
            self._clients[name] = self.providers[name].client()
        return self._clients[name]

    def _page(self, request: Request, said: str = "", status: int = 200) -> Response:
        return page(
            "signin",
            status,
            said=said,
            providers=list(self.providers.values()),
            visitor=self.visitor(request),
        )

    def _unreachable(self, request: Request, name: str, error: HTTPError) -> Response:
        log.warning("%s cannot be reached: %s", name, type(error).__name__)
        title = self.providers[name].title
        return self._page(request, f"{title} does not answer just now. Try again later.", 502)


def _own(path: str) -> str:
    """A path of ours; the first page in the place of any other address."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe and not path.startswith("/signin") else "/mine"


def _unknown(provider: Provider, id: str) -> str:
    called = f" {id}" if id else ""
    return (
        f"{provider.title} knows you as{called or ' somebody of another workspace'}, and no member "
        "of this team has that name there. Ask a lead to write it into roster.yaml."
    )
