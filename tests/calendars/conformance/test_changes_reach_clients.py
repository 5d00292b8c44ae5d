"""A client that had the old feeds shows the new ones: after a swap, an undo, a cover, a replan and
the next quarter, without a duplicate and without a stale turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from icalendar import Calendar, Event

from scheduler.actions.alter import Wish
from scheduler.actions.cover import cover
from scheduler.actions.feeds import feeds
from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.replan import Request, replan
from scheduler.actions.swap import swap
from scheduler.actions.undo import undo
from tests.actions.published import TRIAGE, published
from tests.actions.roster import FEBRUARY, change, request, roster
from tests.calendars.conformance import clients
from tests.calendars.conformance.seen import Seen

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
WRITE = Wish(write=True)
SERVED = ("members/ana", "members/ben", "members/chi", "team")
DAYS = date(2026, 12, 1), date(2027, 4, 30)
Feeds = dict[str, bytes]
Step = Callable[[Path, datetime], object]


def next_month(folder: Path, now: datetime) -> None:
    """Plan and publish February."""
    plan(folder, request(FEBRUARY))
    publish(folder, FEBRUARY, now)


def without_ben(folder: Path, now: datetime) -> None:
    """Plan the rest anew after Ben has left."""
    change(folder, "roster.yaml", "name: Ben Okafor", "name: Ben Okafor\n    left: 2027-01-10")
    replan(folder, Request(now.date(), now, write=True, force=True))


STEPS: dict[str, Step] = {
    "swap": lambda folder, now: swap(folder, TRIAGE[2], now, WRITE, partners=[TRIAGE[3]]),
    "undo": lambda folder, now: undo(folder, now, WRITE),
    "cover": lambda folder, now: cover(folder, TRIAGE[1], now, WRITE, to="ana"),
    "next month": next_month,
    "replan": without_ben,
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> list[Feeds]:
    """All feeds after publication and after each step."""
    work = tmp_path_factory.mktemp("life")
    folder = roster(work / "moons")
    published(folder, t4="ana", t11="chi", t18="ben", t25="chi", release="ana")
    states = [written(folder, work / "out")]
    for number, step in enumerate(STEPS.values(), 1):
        step(folder, NOW + timedelta(minutes=number))
        states.append(written(folder, work / "out"))
    return states


def written(folder: Path, out: Path) -> Feeds:
    """The feeds in a folder after ``rota feeds``, which touches none that did not change."""
    before = {path: path.read_bytes() for path in out.rglob("*.ics")}
    done = feeds(folder, out)
    assert all(before.get(path) != path.read_bytes() for path in done.written)
    assert feeds(folder, out).written == ()
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.ics")}


# ------------------------------------------------------------------------------------ revisions


def by_uid(feed: bytes) -> dict[str, Event]:
    calendar = Calendar.from_ical(feed)
    assert isinstance(calendar, Calendar)
    found = {str(event["UID"]): event for event in calendar.events}
    assert len(found) == len(calendar.events)
    return found


def shown(event: Event) -> str:
    """All of an event but its revision."""
    text = event.to_ical().decode()
    return re.sub(r"(SEQUENCE|LAST-MODIFIED|DTSTAMP):.*\r\n", "", text)


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1), ids=list(STEPS))
def test_a_revision_is_counted_where_something_changed_and_nowhere_else(
    lived: list[Feeds], number: int
) -> None:
    old, new = lived[number - 1], lived[number]
    moved = 0
    for path in old.keys() & new.keys():
        before, after = by_uid(old[path]), by_uid(new[path])
        for uid in before.keys() & after.keys():
            was, now = before[uid], after[uid]
            if shown(was) == shown(now):
                assert was.to_ical() == now.to_ical()
                continue
            moved += 1
            assert now.decoded("SEQUENCE") > was.decoded("SEQUENCE")
            for stamp in ("LAST-MODIFIED", "DTSTAMP"):
                assert now.decoded(stamp) == NOW + timedelta(minutes=number)
    assert moved


def test_a_turn_keeps_its_uid_whoever_holds_it(lived: list[Feeds]) -> None:
    january = set(by_uid(lived[0]["team.ics"]))
    for state in lived[1:4]:
        assert set(by_uid(state["team.ics"])) == january
    assert set(by_uid(lived[-1]["team.ics"])) > january


def test_what_a_swap_does_not_concern_stays_byte_for_byte(lived: list[Feeds]) -> None:
    same = {path for path in lived[0] if lived[0][path] == lived[1][path]}
    assert same == {"members/ana.ics", "duties/release.ics"}


# -------------------------------------------------------------------------------------- clients


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the log is no part of what a test tells."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that is served on the loopback, and its address."""
    folder = tmp_path / "site"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield folder, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def subscribe(work: Path, address: str) -> dict[str, Path]:
    """Set vdirsyncer up to follow the served feeds; the folders that it keeps."""
    kept = {f"{feed}.ics": work / "kept" / feed.replace("/", "-") for feed in SERVED}
    pairs = "".join(
        f'[pair f{n}]\na = "f{n}_there"\nb = "f{n}_here"\ncollections = null\n'
        f'[storage f{n}_there]\ntype = "http"\nurl = "{address}/{path}"\n'
        f'[storage f{n}_here]\ntype = "filesystem"\npath = "{folder}"\nfileext = ".ics"\n'
        for n, (path, folder) in enumerate(kept.items())
    )
    work.joinpath("vdirsyncer.conf").write_text(
        f'[general]\nstatus_path = "{work}/status"\n{pairs}', encoding="utf-8"
    )
    return kept


def but_uid(events: Counter[Seen]) -> Counter[tuple[str, ...]]:
    """vdirsyncer gives what it fetches over HTTP its own UIDs."""
    return Counter((e.start, e.end, e.status, e.title) for e in events.elements())


def test_a_client_that_had_the_old_feeds_shows_the_new_ones(
    lived: list[Feeds], site: tuple[Path, str], tmp_path: Path
) -> None:
    folder, address = site
    kept = subscribe(tmp_path, address)
    for state in lived:
        for path in kept:
            folder.joinpath(path).parent.mkdir(exist_ok=True)
            folder.joinpath(path).write_bytes(state[path])
        clients.vdirsyncer(tmp_path)
        seen = clients.with_khal(kept, tmp_path, DAYS)
        truth = clients.with_icalendar({path: state[path] for path in kept})
        for path in kept:
            assert but_uid(seen[path]) == but_uid(truth[path])
