"""Which feeds there are, what they show and what they leave out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from scheduler.calendars import feeds
from scheduler.domain.rotation import Placed
from scheduler.errors import Refused
from tests.calendars.making import (
    DECEMBER,
    MARCH,
    TRIAGE,
    call,
    directory,
    events,
    rotation,
    texts,
    turn,
)

FIRST = turn("2027-01-04", "ana", "2027-01-10")
SECOND = turn("2027-01-11", "ben", "2027-01-17")


def test_one_feed_a_member_duty_and_upstream_and_one_for_the_team() -> None:
    assert list(feeds([rotation(FIRST, SECOND)], directory())) == [
        "duties/triage.ics",
        "members/ana.ics",
        "members/ben.ics",
        "members/cleo.ics",
        "upstreams/jupyterhub.ics",
        "team.ics",
    ]


def test_each_feed_shows_its_own_turns() -> None:
    found = feeds([rotation(FIRST, SECOND)], directory())
    ana, ben = "JupyterHub triage (lead): Ana Silva", "JupyterHub triage (lead): Ben Okafor"
    assert texts(events(found["members/ana.ics"]), "SUMMARY") == [ana]
    for path in ("duties/triage.ics", "upstreams/jupyterhub.ics", "team.ics"):
        assert texts(events(found[path]), "SUMMARY") == [ana, ben]


def test_a_day_duty_is_free_time_in_whole_days() -> None:
    [event] = events(feeds([rotation(FIRST)], directory())["members/ana.ics"])
    assert event.decoded("DTSTART") == date(2027, 1, 4)
    assert event.decoded("DTEND") == date(2027, 1, 11)
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2027, 3, 27), 8),
        (date(2027, 3, 28), 7),
        (date(2027, 10, 30), 7),
        (date(2027, 10, 31), 8),
    ],
)
def test_a_timed_duty_is_an_instant_on_both_sides_of_a_clock_change(
    day: date, utc_hour: int
) -> None:
    start = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    end = datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    feed = feeds([rotation(call(start, end, "ana"))], directory())["duties/call.ics"]
    assert f"DTSTART:{day:%Y%m%d}T{utc_hour:02}0000Z\r\n".encode() in feed
    assert f"DTEND:{day:%Y%m%d}T{utc_hour + 1:02}0000Z\r\n".encode() in feed
    assert b"TRANSP:OPAQUE" in feed


def test_a_week_over_a_clock_change_keeps_its_days() -> None:
    [event] = events(
        feeds([rotation(turn("2027-03-22", "ana", "2027-03-28"))], directory())["team.ics"]
    )
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=7)


def test_the_description_says_why_who_hands_over_and_what_to_do() -> None:
    third = turn("2027-01-18", "cleo", "2027-01-24")
    [event] = events(feeds([rotation(FIRST, SECOND, third)], directory())["members/ben.ics"])
    assert str(event["DESCRIPTION"]).splitlines() == [
        "It is the turn of ben.",
        "Takes over from Ana Silva.",
        "Hands over to Cleo Ito.",
        "Hand-over: Monday at 10:00 (UTC).",
        "Checklist: https://example.org/triage",
    ]
    assert event["URL"] == "https://example.org/triage"


@pytest.mark.parametrize(
    ("after", "sentence"),
    [("ana", "Keeps the seat for the turn after this one."), ("", "Nobody holds the turn after")],
)
def test_the_description_tells_a_longer_turn_and_a_gap(after: str, sentence: str) -> None:
    second = replace(SECOND, member=after, reasons=("Ben Okafor is away then",))
    feed = feeds([rotation(FIRST, second)], directory())["team.ics"]
    assert sentence in str(events(feed)[0]["DESCRIPTION"])
    assert b"away" not in feed


def test_nobody_takes_over_from_themselves() -> None:
    shown = events(feeds([rotation(FIRST, replace(SECOND, member="ana"))], directory())["team.ics"])
    assert len(shown) == 2
    assert not any("Takes over" in str(event["DESCRIPTION"]) for event in shown)


def test_who_learns_takes_nothing_over_and_hands_nothing_on() -> None:
    third = turn("2027-01-18", "")
    learning = [replace(seat, seat="shadow", role="shadow") for seat in (FIRST, SECOND, third)]
    shown = events(feeds([rotation(*learning)], directory())["team.ics"])
    assert [str(event["DESCRIPTION"]).splitlines()[:2] for event in shown] == [
        [f"It is the turn of {who}.", "Hand-over: Monday at 10:00 (UTC)."] for who in ("ana", "ben")
    ]


def test_partners_follow_the_instants_of_calls_in_any_zone() -> None:
    zone = ZoneInfo("Asia/Tokyo")
    early = datetime(2027, 1, 5, 8, tzinfo=zone)
    later = datetime(2027, 1, 5, 1, tzinfo=UTC)
    hour = timedelta(hours=1)
    calls = [
        replace(call(early, early + hour, "ana"), shift="call@early"),
        replace(call(later, later + hour, "ben"), shift="call@later"),
    ]
    [first, second] = events(feeds([rotation(*calls)], directory())["duties/call.ics"])
    assert "Hands over to Ben Okafor." in str(first["DESCRIPTION"])
    assert "Takes over from Ana Silva." in str(second["DESCRIPTION"])


def test_partners_are_found_across_rotations() -> None:
    later = rotation(turn("2027-04-05", "ben"), name="2027-Q2", published=MARCH)
    early = rotation(turn("2027-03-29", "ana", "2027-04-04"))
    [before, after] = events(feeds([later, early], directory())["team.ics"])
    assert "Hands over to Ben Okafor." in str(before["DESCRIPTION"])
    assert "Takes over from Ana Silva." in str(after["DESCRIPTION"])


def test_only_what_is_published_is_shown() -> None:
    draft = rotation(turn("2027-04-05", "ben"), name="2027-Q2", published=None)
    shown = events(feeds([rotation(FIRST), draft], directory())["team.ics"])
    assert texts(shown, "SUMMARY") == ["JupyterHub triage (lead): Ana Silva"]


def test_nothing_published_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="Nothing is published yet"):
        feeds([rotation(FIRST, published=None)], directory())


def test_a_feed_is_never_empty() -> None:
    feed = feeds([rotation(FIRST)], directory())["members/cleo.ics"]
    [event] = events(feed)
    assert event["SUMMARY"] == "Nothing assigned"
    assert event["DESCRIPTION"] == "Cleo Ito: no turn in 2027-Q1."
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.decoded("DTSTART") == date(2027, 1, 1)
    assert event.decoded("DTEND") == date(2027, 4, 1)
    assert event.decoded("DTSTAMP") == DECEMBER


def test_empty_feeds_have_uids_of_their_own() -> None:
    found = feeds([rotation()], directory())
    uids = [uid for feed in found.values() for uid in texts(events(feed), "UID")]
    assert len(set(uids)) == len(found)


def shown_days(*placed: Placed, published: datetime = DECEMBER) -> list[date]:
    """First days in the team's feed, once 2027-Q2 is published over the given turns of Q1."""
    newest = rotation(turn("2027-04-05", "ben"), name="2027-Q2", published=published)
    feed = feeds([rotation(*placed), newest], directory())["team.ics"]
    return [event.decoded("DTSTART") for event in events(feed)]


def test_turns_that_ended_over_30_days_before_the_newest_rotation_leave() -> None:
    gone, stays = turn("2027-02-22", "ana", "2027-03-01"), turn("2027-02-23", "ana", "2027-03-02")
    late = datetime(2027, 4, 2, tzinfo=UTC)
    days = shown_days(gone, replace(stays, shift="triage@other"), published=late)
    assert days == [date(2027, 2, 23), date(2027, 4, 5)]


def test_publishing_ahead_hides_no_turn_of_the_running_rotation() -> None:
    running = turn("2027-01-18", "ana", "2027-01-24")
    ahead = datetime(2027, 1, 20, tzinfo=UTC)
    assert shown_days(running, published=ahead) == [date(2027, 1, 18), date(2027, 4, 5)]


def test_a_turn_that_runs_past_the_end_of_its_rotation_is_shown_whole() -> None:
    [event] = events(
        feeds([rotation(turn("2027-03-29", "ana", "2027-04-11"))], directory())["team.ics"]
    )
    assert event.decoded("DTEND") == date(2027, 4, 12)


def test_who_and_what_left_the_roster_is_shown_by_id() -> None:
    stranger = turn("2027-01-04", "dan", duty="old", upstream="gone")
    found = feeds([rotation(stranger)], directory())
    assert {"members/dan.ics", "duties/old.ics", "upstreams/gone.ics"} <= set(found)
    assert texts(events(found["members/dan.ics"]), "SUMMARY") == ["old (lead): dan"]


def test_an_id_that_is_no_file_name_stays_inside_its_folder() -> None:
    stranger = turn("2027-01-04", "../../dan/x", duty="..", upstream="a/b")
    for path in feeds([rotation(stranger)], directory(duties={}, upstreams={}, members={})):
        assert path.count("/") == (path != "team.ics")
        assert not path.rpartition("/")[2].startswith("../")


def test_the_calendar_names_itself_and_how_often_to_ask() -> None:
    feed = feeds([rotation(FIRST)], directory(team="2i2c, Inc.; \\o/"))["members/ana.ics"]
    assert b"NAME:2i2c Inc. o/: Ana Silva\r\n" in feed
    assert b"X-WR-CALNAME:2i2c Inc. o/: Ana Silva\r\n" in feed
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in feed
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in feed
    assert b"COLOR:" in feed
    assert b"SOURCE" not in feed


def test_a_served_feed_names_its_address() -> None:
    feed = feeds([rotation(FIRST)], directory(), "https://example.org/feeds/")["members/ana.ics"]
    assert b"SOURCE;VALUE=URI:https://example.org/feeds/members/ana.ics\r\n" in feed
    assert b"URL:https://example.org/feeds\r\n" in feed


def test_what_breaks_clients_is_left_out() -> None:
    start, end = datetime(2027, 1, 5, 9, tzinfo=UTC), datetime(2027, 1, 5, 10, tzinfo=UTC)
    feed = feeds([rotation(FIRST, call(start, end, "ben"))], directory())["team.ics"]
    calendar = Calendar.from_ical(feed)
    assert "UID" not in calendar
    for word in (b"VTIMEZONE", b"RRULE", b"METHOD", b"ORGANIZER", b"ATTENDEE", b"TZID"):
        assert word not in feed


def test_a_duty_without_checklist_or_hand_over_says_neither() -> None:
    bare = replace(TRIAGE, checklist="javascript:alert(1)", handoff=None)
    [event] = events(feeds([rotation(FIRST)], directory(duties={"triage": bare}))["team.ics"])
    assert event["DESCRIPTION"] == "It is the turn of ana."
    assert "URL" not in event
