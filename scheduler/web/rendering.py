"""Pages that are made for one visitor. What they have in common with all others is theirs."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.responses import HTMLResponse

from scheduler.reports.pages import View
from scheduler.reports.pages.shell import environment as of_pages

_FRESH = {"cache-control": "no-store"}


def page(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page from its template; nobody keeps it."""
    return HTMLResponse(filled(template, **values), status, _FRESH)


def seen(template: str, view: View, status: int = 200, **values: object) -> HTMLResponse:
    """A page that stands among those of a roster."""
    view = view.at(template)
    return page(template, status, view=view, roster=view.roster, rotation=view.rotation, **values)


def filled(template: str, **values: object) -> str:
    """The text of a page."""
    return _environment().get_template(f"{template}.html.j2").render(**values)


@lru_cache
def _environment() -> Environment:
    """The templates here, over those of all pages. Every value is escaped."""
    shared = of_pages()
    loader = ChoiceLoader(
        [PackageLoader("scheduler.web"), PackageLoader("scheduler.reports.pages")]
    )
    return shared.overlay(loader=loader)
