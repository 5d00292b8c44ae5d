"""The index page: every feed with the links that subscribe to it, and how late clients are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from scheduler.calendars.subscribing import Subscription, subscription
from scheduler.calendars.text import link, plain

if TYPE_CHECKING:
    from jinja2 import Template

INDEX = "index.html"
_OURS = b'<meta name="generator" content="Rota feeds">'
_SECTIONS = (
    ("", "Team", "Everybody's turns."),
    ("members", "Members", "Your own turns, and nobody else's."),
    ("duties", "Duties", "Who has a duty, turn by turn."),
    ("upstreams", "Upstreams", "Who works for a community, turn by turn."),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A feed on the page; without an address there is only the file."""

    title: str
    href: str
    links: Subscription | None


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    about: str
    lines: tuple[_Line, ...]


def index(titles: Mapping[str, str], team: str, base_url: str = "") -> bytes:
    """The page for feeds by their paths (``members/ana.ics``) with whom or what each is about.

    With ``base_url``, where the feeds are served, it has links that subscribe to them; else it
    says how to import a file. It loads nothing from anywhere.
    """
    base = link(base_url).rstrip("/")
    page = _template().render(
        team=plain(team), served=bool(base), sections=tuple(_sections(titles, team, base))
    )
    return f"{page}\n".encode()


def is_our_index(content: bytes) -> bool:
    """Whether a page was written by this module."""
    return _OURS in content


def _sections(titles: Mapping[str, str], team: str, base: str) -> Iterator[_Section]:
    for kind, title, about in _SECTIONS:
        paths = [path for path in titles if path.rpartition("/")[0] == kind]
        paths.sort(key=lambda path: (titles[path].casefold(), path))
        if paths:
            yield _Section(title, about, tuple(_line(p, titles[p], team, base) for p in paths))


def _line(path: str, title: str, team: str, base: str) -> _Line:
    name = plain(title if title == team else f"{team}: {title}")
    links = subscription(f"{base}/{quote(path)}", name) if base else None
    return _Line(plain(title), quote(path), links)


@cache
def _template() -> Template:
    # Late, so that a feed alone does not load it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=PackageLoader("scheduler.calendars", "."),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("index.html.j2")
