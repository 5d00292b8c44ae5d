"""Feeds before anything is published: whole calendars, so that subscribing works already."""

from scheduler.calendars import feeds, waiting
from tests.calendars.making import directory, events, rotation, texts, turn

FIRST = turn("2027-01-04", "ana")
BASE = "https://example.org/feeds"


def test_everybody_and_everything_of_the_roster_has_a_feed_that_is_not_empty() -> None:
    found = waiting(directory(), BASE)
    assert found.keys() <= feeds([rotation(FIRST)], directory(), BASE).keys()
    assert {"members/ana.ics", "team.ics"} <= found.keys()
    for feed in found.values():
        shown = events(feed)
        assert texts(shown, "SUMMARY") == ["Nothing published yet"]
        assert texts(shown, "TRANSP") == ["TRANSPARENT"]
        assert b"DTSTART;VALUE=DATE:20000101" in feed  # in nobody's way


def test_no_two_feeds_share_an_event_and_the_bytes_stay() -> None:
    found = waiting(directory(), BASE)
    ids = {id for feed in found.values() for id in texts(events(feed), "UID")}
    assert len(ids) == len(found)
    assert waiting(directory(), BASE) == found


def test_the_calendar_is_the_one_that_the_first_turns_come_into() -> None:
    before = waiting(directory(), BASE)["members/ana.ics"].partition(b"BEGIN:VEVENT")[0]
    after = feeds([rotation(FIRST)], directory(), BASE)["members/ana.ics"]
    assert after.startswith(before)
