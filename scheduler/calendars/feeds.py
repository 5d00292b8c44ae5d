"""Feeds: one calendar for each member, duty and upstream, and one for the team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid5

from icalendar import Calendar, Event

from scheduler.calendars.directory import Directory
from scheduler.calendars.events import event_of, nothing
from scheduler.calendars.text import Text, link, plain
from scheduler.calendars.turns import Turn, published, turns_of
from scheduler.domain.rotation import Placed, Rotation
from scheduler.errors import Refused

PRODID = "-//Rota//Rota//EN"
TEAM = "team.ics"
KINDS = ("members", "duties", "upstreams")
_HOUR = timedelta(hours=1)
_COLORS = (
    "royalblue", "seagreen", "darkorange", "mediumpurple", "firebrick", "teal",
    "goldenrod", "slategray", "hotpink", "olivedrab", "sienna", "steelblue",
)  # fmt: skip
"""Names of CSS, the only colours that iCalendar knows, which read well on white and on black."""


def feeds(
    rotations: Iterable[Rotation], directory: Directory, base_url: str = ""
) -> dict[str, bytes]:
    """Every feed by its path: ``members/ana.ics``, ``duties/…``, ``upstreams/…``, ``team.ics``.

    Drafts are passed over. The bytes follow from the arguments alone. ``base_url`` is where the
    feeds will be served, if that is known; each then names its own address.

    Raises:
        Refused: no rotation is published.
    """
    final = published(rotations)
    if not final:
        raise Refused("Nothing is published yet, and feeds show only what is: run `rota publish`.")
    turns = turns_of(final)
    titles = _titles(turns, directory)
    events: dict[str, list[Event]] = {path: [] for path in titles}
    for turn in turns:
        event = event_of(turn, directory)
        for path in _paths(turn.placed):
            events[path].append(event)
    for path, title in titles.items():
        events[path] = events[path] or [nothing(path, title, final[-1], directory)]
    return {
        path: _bytes(_calendar(path, title, directory, base_url), events[path])
        for path, title in titles.items()
    }


def is_ours(path: str, content: bytes) -> bool:
    """Whether a file, at its path below the folder of feeds, was written by this module."""
    kind, _, name = path.rpartition("/")
    known = path == TEAM or (kind in KINDS and name.endswith(".ics"))
    return known and f"PRODID:{PRODID}\r\n".encode() in content.partition(b"BEGIN:VEVENT")[0]


def _titles(turns: Iterable[Turn], directory: Directory) -> dict[str, str]:
    """Whom or what each feed is about, by its path, for all that the roster or a turn names."""
    placed = [turn.placed for turn in turns]
    members = {*directory.members, *(p.member for p in placed)}
    duties = {*directory.duties, *(p.duty for p in placed)}
    upstreams = {*directory.upstreams, *(p.upstream for p in placed if p.upstream)}
    titles = {_path("members", name): directory.member(name) for name in members}
    titles |= {_path("duties", name): directory.duty(name) for name in duties}
    titles |= {_path("upstreams", name): directory.upstream(name) for name in upstreams}
    return {**dict(sorted(titles.items())), TEAM: directory.team}


def _paths(placed: Placed) -> Iterator[str]:
    """The feeds that show a filled seat."""
    yield _path("members", placed.member)
    yield _path("duties", placed.duty)
    if placed.upstream:
        yield _path("upstreams", placed.upstream)
    yield TEAM


def _path(kind: str, name: str) -> str:
    """Ids are safe as file names; a rotation file edited by hand may hold others."""
    return f"{kind}/{quote(name, safe='')}.ics"


def _bytes(calendar: Calendar, events: Iterable[Event]) -> bytes:
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _calendar(path: str, title: str, directory: Directory, base_url: str) -> Calendar:
    name = plain(title if path == TEAM else f"{directory.team}: {title}")
    calendar = Calendar()
    calendar.pop("UID", None)  # icalendar may add a random one, and vdirsyncer merges by it
    calendar["PRODID"] = Text(PRODID)
    calendar["VERSION"] = Text("2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", Text(name))
    calendar.add("X-WR-CALNAME", Text(name))
    calendar.add("COLOR", _color(path, directory))
    calendar.add("REFRESH-INTERVAL", _HOUR, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", Text("PT1H"))
    base = link(base_url).rstrip("/")
    if base:
        calendar.add("URL", base)
        calendar.add("SOURCE", f"{base}/{quote(path)}", parameters={"VALUE": "URI"})
    return calendar


def _color(path: str, directory: Directory) -> str:
    return _COLORS[uuid5(directory.installation, path).int % len(_COLORS)]
