"""Tombstones: a turn that somebody lost since publication shows as cancelled in their feed."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from icalendar import Event

from scheduler.calendars import feeds
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.rotation import Placed, Rotation
from tests.calendars.making import MARCH, directory, events, rotation, texts, turn

TOLD = datetime(2027, 1, 2, 8, 30, tzinfo=UTC)
FIRST = turn("2027-01-04", "ana", "2027-01-10")
TITLE = "Cancelled: JupyterHub triage (lead): Ana Silva"


def handed(*holders: str) -> Rotation:
    """Ana's turn, after it went from each holder to the next."""
    steps = list(pairwise(holders))
    entries = tuple(
        Entry(number, Kind.cover, TOLD, was or "ana", (Move(*FIRST.key, was, now),))
        for number, (was, now) in enumerate(steps, 1)
    )
    placed = replace(FIRST, member=holders[-1], revision=len(steps), revised=TOLD)
    return replace(rotation(placed), changes=entries)


def shown(path: str, *rotations: Rotation) -> list[Event]:
    return events(feeds(rotations, directory(), tombstones=True)[path])


def test_a_lost_turn_is_cancelled_for_whoever_lost_it_and_lives_for_whoever_took_it() -> None:
    [old] = events(feeds([rotation(FIRST)], directory())["members/ana.ics"])
    nothing, gone = shown("members/ana.ics", handed("ana", "ben"))
    assert nothing["SUMMARY"] == "Nothing assigned"
    assert (gone["STATUS"], gone["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert (gone["SUMMARY"], gone["UID"]) == (TITLE, old["UID"])
    assert gone.decoded("DTSTART") == old.decoded("DTSTART")
    assert gone.decoded("SEQUENCE") > old.decoded("SEQUENCE")
    assert gone.decoded("LAST-MODIFIED") == TOLD
    assert gone["DESCRIPTION"] == "Ana Silva no longer holds this turn. Ben Okafor holds it now."
    for path in ("members/ben.ics", "team.ics", "duties/triage.ics"):
        assert texts(shown(path, handed("ana", "ben")), "STATUS") == ["CONFIRMED"]


def test_a_seat_that_nobody_took_is_cancelled_in_every_feed_that_had_it() -> None:
    for path in ("team.ics", "duties/triage.ics", "upstreams/jupyterhub.ics"):
        [_, gone] = shown(path, handed("cleo", "ana", ""))
        assert (gone["STATUS"], gone["SUMMARY"]) == ("CANCELLED", TITLE)
        assert "Nobody holds it now." in str(gone["DESCRIPTION"])
    [_, gone] = shown("members/cleo.ics", handed("cleo", "ana", ""))
    assert gone["STATUS"] == "CANCELLED"


def test_a_turn_that_came_back_lives_again() -> None:
    assert texts(shown("members/ana.ics", handed("ana", "ben", "ana")), "STATUS") == ["CONFIRMED"]
    assert texts(shown("members/ben.ics", handed("ana", "ben", "ana")), "STATUS")[1:] == [
        "CANCELLED"
    ]


def test_a_turn_that_was_planned_anew_for_another_is_cancelled() -> None:
    anew = replace(rotation(replace(FIRST, member="ben")), name="new", published=MARCH)
    assert "CANCELLED" in texts(shown("members/ana.ics", rotation(FIRST), anew), "STATUS")
    assert texts(shown("members/ben.ics", rotation(FIRST), anew), "STATUS") == ["CONFIRMED"]


def test_without_asking_there_are_none() -> None:
    left = handed("ana", "dan", "ben")
    plain = feeds([left], directory())
    assert not any(b"CANCELLED" in feed for feed in plain.values())
    # Dan has left the roster: with tombstones there is a feed to tell him.
    more = feeds([left], directory(), tombstones=True)
    assert set(more) - set(plain) == {"members/dan.ics"}


def test_what_ended_before_the_window_is_not_dug_up() -> None:
    later = rotation(
        turn("2027-07-05", "cleo"), name="2027-Q3", published=datetime(2027, 7, 1, tzinfo=UTC)
    )
    assert texts(shown("members/ana.ics", handed("ana", "ben"), later), "STATUS") == ["CONFIRMED"]


def test_an_entry_that_moves_nobody_cancels_nothing() -> None:
    done = Entry(1, Kind.done, TOLD, "ana", (Move(*FIRST.key, "ana", "ana"),))
    [event] = shown("members/ana.ics", replace(rotation(FIRST), changes=(done,)))
    assert event["STATUS"] == "CONFIRMED"


def left_out(placed: Placed, former: str) -> Rotation:
    """A rotation out of which a replan left one turn, beside another that stays."""
    entry = Entry(1, Kind.replan, TOLD, "", (Move(*placed.key, former, ""),))
    gone = replace(placed, member="", why="", revision=placed.revision + 1, revised=TOLD)
    stays = rotation(turn("2027-01-18", "cleo"))
    return replace(stays, changes=(entry,), dropped=(gone,))


def test_a_turn_that_a_replan_drops_is_cancelled_in_every_feed_that_had_it() -> None:
    [old] = events(feeds([rotation(FIRST)], directory())["members/ana.ics"])
    for path in ("members/ana.ics", "team.ics", "duties/triage.ics", "upstreams/jupyterhub.ics"):
        gone = shown(path, left_out(FIRST, "ana"))[-1]
        assert (gone["STATUS"], gone["SUMMARY"], gone["UID"]) == ("CANCELLED", TITLE, old["UID"])
        assert gone.decoded("DTSTART") == old.decoded("DTSTART")
        assert (gone.decoded("SEQUENCE"), gone.decoded("LAST-MODIFIED")) == (1, TOLD)
    without = feeds([left_out(FIRST, "ana")], directory())
    assert not any(str(old["UID"]).encode() in feed for feed in without.values())
