"""Alarms: only for the holder, only when asked for, and the same bytes every time."""

from datetime import timedelta

from icalendar import Alarm, Event

from scheduler.calendars import feeds
from tests.calendars.making import directory, events, rotation, turn

FIRST = turn("2027-01-04", "ana", "2027-01-10")
DAY, HOURS = timedelta(days=1), timedelta(hours=2)


def alarms(event: Event) -> list[Alarm]:
    return [part for part in event.subcomponents if isinstance(part, Alarm)]


def test_the_holder_is_reminded_by_a_text_the_longest_time_before_first() -> None:
    found = feeds([rotation(FIRST)], directory(), alarms=[HOURS, DAY, HOURS])
    [event] = events(found["members/ana.ics"])
    told = [(alarm["ACTION"], alarm.decoded("TRIGGER")) for alarm in alarms(event)]
    assert told == [("DISPLAY", -DAY), ("DISPLAY", -HOURS)]
    assert {str(alarm["DESCRIPTION"]) for alarm in alarms(event)} == {event["SUMMARY"]}


def test_nobody_else_is_reminded() -> None:
    quiet = feeds([rotation(FIRST)], directory())
    loud = feeds([rotation(FIRST)], directory(), alarms=[DAY])
    assert {path for path in quiet if quiet[path] != loud[path]} == {"members/ana.ics"}
    assert b"VALARM" not in quiet["members/ana.ics"]


def test_alarms_have_uids_of_their_own_that_stay() -> None:
    second = turn("2027-01-11", "ana", "2027-01-17")
    found = feeds([rotation(FIRST, second)], directory(), alarms=[DAY, HOURS])
    uids = [str(a["UID"]) for event in events(found["members/ana.ics"]) for a in alarms(event)]
    assert len(set(uids)) == 4
    again = feeds([rotation(second, FIRST)], directory(), alarms=[HOURS, DAY])
    assert again == found
