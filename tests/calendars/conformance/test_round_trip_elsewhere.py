"""Any rotation, read back from its feeds by a library that did not write them, holds the same
assignments, and no text of a roster becomes anything but text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars import feeds
from scheduler.calendars.text import line
from scheduler.domain.rotation import Placed
from tests.calendars.conformance import clients
from tests.calendars.conformance.node import Node
from tests.calendars.conformance.seen import told
from tests.calendars.making import directory, rotation
from tests.calendars.test_round_trip import MEMBERS, known, seats

PIECES = (
    "\r\n", "\n", "\r", "\x85", "\u2028", "\x00", "\\", "\\n", "\\N", ",", ";", ":", '"', "^n",
    " ", "\t", "END:VEVENT", "BEGIN:VEVENT", "END:VCALENDAR", "UID:evil", "RRULE:FREQ=SECONDLY",
    "é", "😀", "ש",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=9), max_size=40).map("".join)


@pytest.fixture(scope="module")
def ical_js() -> Iterator[Node]:
    with Node("ical.js") as node:
        yield node


# ical.js needs milliseconds a feed; what takes time is making hundreds of rosters.
@settings(max_examples=60)
@given(
    st.lists(seats(), unique_by=lambda placed: placed.key, min_size=1, max_size=6),
    st.lists(HOSTILE, min_size=len(MEMBERS), max_size=len(MEMBERS)),
)
def test_another_library_reads_the_same_assignments(
    ical_js: Node, placed: list[Placed], names: list[str]
) -> None:
    world = directory(members=dict(zip(MEMBERS, names, strict=True)))
    turns = [turn for turn in placed if turn.member]
    feed = feeds([rotation(*placed)], world)["team.ics"]
    seen = ical_js.read(feed)
    assert clients.with_icalendar({"team.ics": feed}) == {"team.ics": seen}
    if not turns:
        assert [event.title for event in seen] == ["Nothing assigned"]
        return
    planned: Counter[tuple[str, ...]] = Counter()
    for turn in turns:
        uid = known(turn)[0]
        start, end = turn.start or turn.span.first, turn.end or turn.span.end
        title = line(f"{world.duty(turn.duty)} ({turn.seat}): {world.member(turn.member)}")
        planned[uid, told(start), told(end), title] += 1
    assert Counter((e.uid, e.start, e.end, e.title) for e in seen.elements()) == planned


@settings(max_examples=60)
@given(seats().filter(lambda placed: bool(placed.member)), HOSTILE)
def test_no_text_injects_an_event_or_a_property(ical_js: Node, placed: Placed, evil: str) -> None:
    quiet, loud = (
        directory(),
        directory(
            team=evil,
            timezone=evil,
            members=dict.fromkeys(MEMBERS, evil),
            upstreams={"jupyterhub": evil},
        ),
    )
    told_by = [feeds([rotation(placed)], world)["team.ics"] for world in (quiet, loud)]
    calm, alarmed = (ical_js.properties(feed) for feed in told_by)
    # A name that is nothing but breaks leaves nothing to show; no property appears or goes.
    assert alarmed == calm
