"""Every client sees the same events: those that the rotation file holds, and no other."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from uuid import uuid5

import pytest

from scheduler.calendars.text import line
from scheduler.domain.rotation import Placed
from tests.calendars.conformance import clients
from tests.calendars.conformance.seen import Calendars, Seen, told
from tests.calendars.conformance.worlds import HARD, ROSTERS, World, backslashes, of_roster

DAYS = date(2026, 6, 1), date(2027, 12, 31)


@pytest.fixture(scope="module", params=[*ROSTERS, *HARD])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    name = str(request.param)
    if name in HARD:
        return HARD[name]()
    return of_roster(name, tmp_path_factory.mktemp("roster"))


@pytest.fixture(scope="module")
def feeds(world: World) -> dict[str, bytes]:
    return world.feeds()


@pytest.fixture(scope="module")
def seen(feeds: dict[str, bytes]) -> Calendars:
    return clients.with_icalendar(feeds)


@pytest.fixture(scope="module")
def kept(feeds: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return clients.kept_by_vdirsyncer(feeds, tmp_path_factory.mktemp("vdirsyncer"))


def planned(world: World, placed: Placed) -> Seen:
    """An assignment of the rotation file, as a calendar should show it."""
    names = world.directory
    return Seen(
        str(uuid5(names.installation, f"{placed.shift}/{placed.seat}")),
        told(placed.start or placed.span.first),
        told(placed.end or placed.span.end),
        "CONFIRMED",
        line(f"{names.duty(placed.duty)} ({placed.seat}): {names.member(placed.member)}"),
    )


def alive(events: Counter[Seen]) -> Counter[Seen]:
    """Without tombstones and the word that there is nothing."""
    gone = {event for event in events if event.status == "CANCELLED"}
    nothing = {event for event in events if event.title == "Nothing assigned"}
    return Counter({event: n for event, n in events.items() if event not in gone | nothing})


def test_icalendar_sees_what_the_rotation_holds(world: World, seen: Calendars) -> None:
    turns = [turn for found in world.rotations for turn in found.assignments]
    assert len(turns) > 1
    assert alive(seen["team.ics"]) == Counter(planned(world, turn) for turn in turns)
    for member in world.directory.members:
        own = Counter(planned(world, turn) for turn in turns if turn.member == member)
        assert alive(seen[f"members/{member}.ics"]) == own


def test_no_feed_is_empty(seen: Calendars) -> None:
    assert all(seen.values())


@pytest.mark.parametrize("library", ["ical.js", "node-ical"])
def test_javascript_sees_the_same(library: str, feeds: dict[str, bytes], seen: Calendars) -> None:
    assert clients.with_node(library, feeds) == seen


def test_libical_finds_no_fault_and_sees_the_same(
    feeds: dict[str, bytes], seen: Calendars, tmp_path: Path
) -> None:
    assert clients.with_libical(feeds, tmp_path) == seen


def test_vdirsyncer_keeps_a_file_for_every_event(kept: dict[str, Path], seen: Calendars) -> None:
    for path, folder in kept.items():
        files = {file.name: file.read_bytes() for file in folder.iterdir()}
        assert len(files) == seen[path].total()
        alone = clients.with_icalendar(files).values()
        assert sum(alone, Counter[Seen]()) == seen[path]


def test_khal_sees_the_same(kept: dict[str, Path], seen: Calendars, tmp_path: Path) -> None:
    assert clients.with_khal(kept, tmp_path, DAYS) == seen


def test_backslashes_come_through_where_a_client_reads_them_right(tmp_path: Path) -> None:
    feeds = backslashes().feeds()
    seen = clients.with_icalendar(feeds)
    assert all(r"back\slash \n \N \, \; end\\" in event.title for event in seen["team.ics"])
    assert clients.with_node("ical.js", feeds) == clients.with_libical(feeds, tmp_path) == seen


def test_a_fault_is_found(feeds: dict[str, bytes], tmp_path: Path) -> None:
    # Else the tests above could not fail.
    broken = {"x.ics": feeds["team.ics"].replace(b"SEQUENCE:", b"SEQUENCE:0\r\nSEQUENCE:")}
    with pytest.raises(AssertionError, match="broken"):
        clients.with_libical(broken, tmp_path)
