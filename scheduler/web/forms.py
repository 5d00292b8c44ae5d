"""A member's own page and its forms: what they look at, and what they send.

Every form carries the session's token and an id of its own: sent twice, it counts once. All of it
works without JavaScript; htmx only saves the reload.
"""

from __future__ import annotations

import logging
import secrets
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from scheduler.errors import BadFiles, BadRequest, Refused, RotaError
from scheduler.web import whatif_form
from scheduler.web.csrf import Forged, form_of
from scheduler.web.desk import Desk
from scheduler.web.mine import mine, offers
from scheduler.web.rendering import page, seen
from scheduler.web.signin import Visitor
from scheduler.web.verbs import VERBS, Deed

HOME = "/mine"
_SAID = "said"
_STATUS: dict[type[RotaError], int] = {BadRequest: 400, Refused: 409, BadFiles: 503}

log = logging.getLogger("rota.web")


def routes(desk: Desk) -> list[BaseRoute]:
    """The routes of members' own pages, of their forms and of what these load."""
    found = Forms(desk)
    return [
        Route(HOME, found.home),
        Route(f"{HOME}/swap", found.swap, methods=["GET"]),
        Route("/whatif", found.suppose, methods=["GET", "POST"]),
        Route(f"{HOME}/{{verb}}", found.act, methods=["POST"]),
        Mount("/static", StaticFiles(directory=str(files("scheduler.web") / "static"))),
    ]


class Forms:
    """The handlers."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def home(self, request: Request) -> Response:
        """A member's own page; a lead may look at another's with ``?for=ana``."""
        visitor = self.desk.signin.visitor(request)
        if visitor is None:
            return self.desk.signin.to_sign_in(HOME)
        said = request.session.pop(_SAID, "") if _SAID in request.session else ""
        return await self._home(request, visitor, said=said)

    async def swap(self, request: Request) -> Response:
        """The turns that one could be exchanged for."""
        visitor = self.desk.signin.visitor(request)
        if visitor is None:
            return self.desk.signin.to_sign_in(HOME)
        try:
            found = await offers(self.desk, visitor, request.query_params.get("turn", ""))
        except RotaError as error:
            return await self._home(request, visitor, wrong=str(error), status=_status(error))
        return self._page("swap", visitor, **found)

    async def suppose(self, request: Request) -> Response:
        """What if."""
        visitor = self.desk.signin.visitor(request)
        if visitor is None:
            return self.desk.signin.to_sign_in("/whatif")
        if request.method == "GET":
            return self._page("whatif", visitor, **whatif_form.empty(self.desk))
        try:
            form = await form_of(request, self.desk.signin.origins(request))
        except Forged as forged:
            return await self._home(request, visitor, wrong=str(forged), status=403)
        found, status = await whatif_form.answered(self.desk, form)
        return self._page("whatif", visitor, status, **found)

    async def act(self, request: Request) -> Response:
        """Do what a form asks for, once, and go on to the page that says so."""
        desk = self.desk
        visitor = desk.signin.visitor(request)
        if visitor is None:
            return desk.signin.to_sign_in(HOME)
        try:
            form = await form_of(request, desk.signin.origins(request))
        except Forged as forged:
            return await self._home(request, visitor, wrong=str(forged), status=403)
        verb = VERBS.get(request.path_params["verb"])
        if verb is None:
            return await self._home(request, visitor, wrong="There is no such form.", status=404)
        deed = Deed(desk, visitor, form, desk.live.clock())
        try:
            said = await verb(deed) if await self._is_new(deed) else ""
        except RotaError as error:
            return await self._home(request, visitor, wrong=_sentence(error), status=_status(error))
        if said:
            request.session[_SAID] = said
        return RedirectResponse(HOME, 303)

    async def _is_new(self, deed: Deed) -> bool:
        """Whether this form comes for the first time."""
        from scheduler.actions.remember import first_time

        id = deed.field("id")
        if not id:
            raise BadRequest("This form has no id: load the page again.")
        event = f"web:{deed.visitor.id[:80]}:{id[:64]}"
        return await self.desk.do(first_time, self.desk.journal, event, deed.now)

    async def _home(
        self, request: Request, visitor: Visitor, *, said: str = "", wrong: str = "",
        status: int = 200,
    ) -> Response:  # fmt: skip
        try:
            found = await mine(self.desk, visitor, request.query_params.get("for", ""))
        except RotaError as error:
            found, wrong, status = {"desk": None}, _sentence(error), _status(error)
        return self._page("mine", visitor, status, said=said, wrong=wrong, **found)

    def _page(self, template: str, visitor: Visitor, status: int = 200, **values: Any) -> Response:
        site = self.desk.live.state.site
        if site is None or site.view is None:
            return page("unpublished", 503 if site is None else 200)
        more = {"said": "", "wrong": "", **values}
        return seen(
            template, site.view, status,
            visitor=visitor, new_id=lambda: secrets.token_urlsafe(16), **more,
        )  # fmt: skip


def _status(error: RotaError) -> int:
    return _STATUS.get(type(error), 400 if isinstance(error, BadRequest) else 409)


def _sentence(error: RotaError) -> str:
    """What a visitor reads. Mistakes of files may quote what is private."""
    if isinstance(error, BadFiles):
        log.warning("a form met files with mistakes")
        return "The roster has a mistake just now, and nothing was done. A lead can see it."
    return str(error)
