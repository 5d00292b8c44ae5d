"""Pages for the browser: HTML without a build step, for a folder of files or for a server.

Every page is a pure function of a ``View``. Nothing here needs JavaScript, and nothing is inline
that a strict Content-Security-Policy (``default-src 'self'``) would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import quote, unquote

from scheduler.reports.pages import (
    backlog,
    changes,
    fairness,
    handovers,
    member,
    people,
    quarter,
    rules,
    training,
    upstream,
    upstreams,
)
from scheduler.reports.pages.view import SECTIONS, Links, View, place

__all__ = ["ASSETS", "GENERATOR", "Links", "View", "assets", "pages", "paths", "render"]

ASSETS = ("rota.css", "rota.js", "rota.svg")
GENERATOR = '<meta name="generator" content="Rota">'
"""What stands in the head of every page that was made here."""

_BY_SECTION: Mapping[str, Callable[[View], str]] = MappingProxyType(
    {
        "index": quarter.page,
        "handovers": handovers.page,
        "backlog": backlog.page,
        "changes": changes.page,
        "training": training.page,
        "upstreams": upstreams.page,
        "people": people.page,
        "fairness": fairness.page,
        "rules": rules.page,
    }
)
_BY_ID: Mapping[str, Callable[[View, str], str]] = MappingProxyType(
    {"members": member.page, "upstreams": upstream.page}
)


def pages(view: View) -> dict[str, str | bytes]:
    """The whole site by file name: pages end in ``.html``, and what they need is beside them."""
    site: dict[str, str | bytes] = {f"{path}.html": render(view, path) for path in paths(view)}
    return {**site, **assets()}


def paths(view: View) -> tuple[str, ...]:
    """The path of every page there is, without ending."""
    return (
        *_BY_SECTION,
        *(f"members/{quote(id, safe='')}" for id in people.known(view)),
        *(f"upstreams/{quote(id, safe='')}" for id in upstream.known(view)),
        *(place(rotation, section) for rotation in view.rotations for section in SECTIONS),
    )


def render(view: View, path: str) -> str:
    """One page.

    Raises:
        LookupError: there is no such page.
    """
    parts = path.split("/")
    seen = view.at(path)
    if parts[0] in _BY_ID and len(parts) == 2:
        return _BY_ID[parts[0]](seen, unquote(parts[1]))
    if parts[0] == "rotations" and len(parts) in {2, 3} and seen.section in SECTIONS:
        return _BY_SECTION[seen.section](seen)
    return _BY_SECTION[path](seen)


def assets() -> dict[str, bytes]:
    """The style sheet, the few lines of JavaScript and the icon, by file name."""
    folder = files(__name__) / "assets"
    return {f"assets/{name}": folder.joinpath(name).read_bytes() for name in ASSETS}
