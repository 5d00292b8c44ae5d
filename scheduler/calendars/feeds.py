"""Feeds: one calendar for each member, duty and upstream, and one for the team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid5

from icalendar import Calendar, Component

from scheduler.calendars.directory import Directory
from scheduler.calendars.events import event_of, not_yet, nothing, tombstone
from scheduler.calendars.text import Text, link, plain
from scheduler.calendars.turns import Turn, dropped_of, former_holders, published, turns_of
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey
from scheduler.errors import Refused

PRODID = "-//Rota//Rota//EN"
TEAM = "team.ics"
KINDS = ("members", "duties", "upstreams")
_END = b"END:VCALENDAR\r\n"
_HOUR = timedelta(hours=1)
_COLORS = (
    "royalblue", "seagreen", "darkorange", "mediumpurple", "firebrick", "teal",
    "goldenrod", "slategray", "hotpink", "olivedrab", "sienna", "steelblue",
)  # fmt: skip
"""Names of CSS, the only colours that iCalendar knows, which read well on white and on black."""


def feeds(
    rotations: Iterable[Rotation],
    directory: Directory,
    base_url: str = "",
    *,
    alarms: Iterable[timedelta] = (),
    tombstones: bool = False,
    addresses: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Every feed by its path: ``members/ana.ics``, ``duties/…``, ``upstreams/…``, ``team.ics``.

    Drafts are passed over. The bytes follow from the arguments alone. ``base_url`` is where the
    feeds will be served, if that is known; each then names its own address, which ``addresses``
    has by path where it is another than the base and the path. ``alarms`` are how
    long before a turn its holder is reminded, in the feeds of members alone. With ``tombstones`` a
    turn that somebody lost since publication stays in their feed, as cancelled.

    Raises:
        Refused: no rotation is published.
    """
    final = published(rotations)
    if not final:
        raise Refused("Nothing is published yet, and feeds show only what is: run `rota publish`.")
    turns = turns_of(final)
    shown = titles(final, directory, tombstones=tombstones)
    events: dict[str, list[bytes]] = {path: [] for path in shown}
    for path, event in _events(turns, directory, tuple(alarms)):
        events[path].append(event)
    for path, title in shown.items():
        events[path] = events[path] or [_written(nothing(path, title, final[-1], directory))]
    if tombstones:
        lost = (*turns, *dropped_of(final))
        for path, event in _tombstones(lost, former_holders(final), directory):
            events[path].append(event)
    return {
        path: _bytes(
            _calendar(path, title, directory, base_url, (addresses or {}).get(path, "")),
            events[path],
        )
        for path, title in shown.items()
    }


def waiting(
    directory: Directory, base_url: str = "", *, addresses: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """The feeds of a team that has published nothing yet, by path as in ``feeds``: whoever
    subscribes now sees the first turns when they come."""
    return {
        path: _bytes(
            _calendar(path, title, directory, base_url, (addresses or {}).get(path, "")),
            [_written(not_yet(path, title, directory))],
        )
        for path, title in titles((), directory).items()
    }


def titles(
    rotations: Iterable[Rotation], directory: Directory, *, tombstones: bool = False
) -> dict[str, str]:
    """Whom or what each feed is about, by its path, for all that the roster or a published turn
    names; the team's own comes last."""
    final = published(rotations)
    former = former_holders(final) if tombstones else {}
    turns = (*turns_of(final), *dropped_of(final)) if final else ()
    placed = [turn.placed for turn in turns]
    placed = [p for p in placed if p.member or former.get(p.key)]
    members = {*directory.members, *(p.member for p in placed if p.member)}
    members |= {member for p in placed for member in former.get(p.key, ())}
    duties = {*directory.duties, *(p.duty for p in placed)}
    upstreams = {*directory.upstreams, *(p.upstream for p in placed if p.upstream)}
    found = {_path("members", name): directory.member(name) for name in members}
    found |= {_path("duties", name): directory.duty(name) for name in duties}
    found |= {_path("upstreams", name): directory.upstream(name) for name in upstreams}
    return {**dict(sorted(found.items())), TEAM: directory.team}


def is_ours(path: str, content: bytes) -> bool:
    """Whether a file, at its path below the folder of feeds, was written by this module."""
    kind, _, name = path.rpartition("/")
    known = path == TEAM or (kind in KINDS and name.endswith(".ics"))
    return known and f"PRODID:{PRODID}\r\n".encode() in content.partition(b"BEGIN:VEVENT")[0]


def _events(
    turns: Iterable[Turn], directory: Directory, alarms: tuple[timedelta, ...]
) -> Iterator[tuple[str, bytes]]:
    """The filled turns, each with every feed that shows it."""
    for turn in (turn for turn in turns if turn.placed.member):
        event = _written(event_of(turn, directory))
        own = _written(event_of(turn, directory, alarms)) if alarms else event
        yield _path("members", turn.placed.member), own
        yield from ((path, event) for path in _paths(turn.placed))


def _tombstones(
    turns: Iterable[Turn], former: Mapping[SeatKey, tuple[str, ...]], directory: Directory
) -> Iterator[tuple[str, bytes]]:
    """What left a feed: a turn leaves the feed of its holder, and all others if nobody took it."""
    for turn in turns:
        holders = former.get(turn.placed.key, ())
        for holder in holders:
            yield _path("members", holder), _written(tombstone(turn, holder, directory))
        if holders and not turn.placed.member:
            event = _written(tombstone(turn, holders[-1], directory))
            yield from ((path, event) for path in _paths(turn.placed))


def _paths(placed: Placed) -> Iterator[str]:
    """The feeds that show a seat, whoever holds it."""
    yield _path("duties", placed.duty)
    if placed.upstream:
        yield _path("upstreams", placed.upstream)
    yield TEAM


def _path(kind: str, name: str) -> str:
    """Ids are safe as file names; a rotation file edited by hand may hold others."""
    return f"{kind}/{quote(name, safe='')}.ics"


def _bytes(calendar: Calendar, events: Iterable[bytes]) -> bytes:
    return b"".join((_written(calendar).removesuffix(_END), *events, _END))


def _written(part: Component) -> bytes:
    """Writing takes the most time of all, and several feeds show the same event."""
    written: bytes = part.to_ical()
    return written


def _calendar(path: str, title: str, directory: Directory, base_url: str, address: str) -> Calendar:
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
        source = link(address) or f"{base}/{quote(path)}"
        calendar.add("SOURCE", source, parameters={"VALUE": "URI"})
    return calendar


def _color(path: str, directory: Directory) -> str:
    return _COLORS[uuid5(directory.installation, path).int % len(_COLORS)]
