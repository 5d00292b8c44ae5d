"""Which days a calendar makes days away, by calendars small enough to read."""

from datetime import date, time

import pytest

from scheduler.calendars.incoming.days import days_away
from scheduler.calendars.incoming.trouble import Trouble
from scheduler.domain.people import Hours
from scheduler.domain.time_away import CalendarSource, Counts
from tests.calendars.incoming.ics import WINDOW, day, ics

NINE_TO_FIVE = Hours(time(9), time(17))


def read(content: bytes, zone: str = "Europe/Berlin", **choice: object) -> list[str]:
    """The days of February 2027 and after, as month-day."""
    hours = choice.pop("hours", NINE_TO_FIVE)
    assert hours is None or isinstance(hours, Hours)
    counts = Counts(**choice)  # type: ignore[arg-type]  # each test writes a right one
    days, _ = days_away(content, CalendarSource("ana", "a.ics", zone, hours, counts), WINDOW)
    return sorted(f"{found:%m-%d}" for found in days)


def notes(content: bytes) -> list[str]:
    return days_away(content, CalendarSource("ana", "a.ics"), WINDOW)[1]


def timed(start: str, end: str, *lines: str, zone: str = ";TZID=Europe/Berlin") -> str:
    return "|".join([f"UID:{start}", f"DTSTART{zone}:{start}", f"DTEND{zone}:{end}", *lines])


# ------------------------------------------------------------------------------------- whole days


def test_the_end_of_a_whole_day_event_is_no_day_of_it() -> None:
    assert read(ics(day(1, "DTEND;VALUE=DATE:20270203"))) == ["02-01", "02-02"]


def test_a_date_without_an_end_is_one_day() -> None:
    assert read(ics(day(1)), "Asia/Tokyo") == ["02-01"]


def test_days_outside_the_window_are_left_out() -> None:
    early = "UID:a|DTSTART;VALUE=DATE:20261220|DTEND;VALUE=DATE:20270103"
    assert read(ics(early)) == ["01-01", "01-02"]


def test_an_event_of_ages_is_cut_to_the_window() -> None:
    days = read(ics("UID:a|DTSTART;VALUE=DATE:19900101|DTEND;VALUE=DATE:20900101"))
    assert len(days) == WINDOW.days


# ------------------------------------------------------------------------------------ timed events


@pytest.mark.parametrize(
    ("start", "end", "away"),
    [
        ("20270201T090000", "20270201T130000", []),  # four of eight hours are not most
        ("20270201T090000", "20270201T130100", ["02-01"]),
        ("20270201T170000", "20270202T090000", []),  # a night
        ("20270201T120000", "20270203T120000", ["02-01", "02-02"]),
        ("20270201T000000", "20270202T000000", ["02-01"]),
    ],
)
def test_most_of_the_working_hours_make_a_day_away(start: str, end: str, away: list[str]) -> None:
    assert read(ics(timed(start, end))) == away


def test_events_of_a_day_count_together_and_overlaps_once() -> None:
    morning = timed("20270201T090000", "20270201T120000")
    noon = timed("20270201T110000", "20270201T123000")
    late = timed("20270201T140000", "20270201T160000")
    assert read(ics(morning, noon)) == []
    assert read(ics(morning, noon, late)) == ["02-01"]


def test_who_states_no_hours_works_from_eight_to_six() -> None:
    assert read(ics(timed("20270201T080000", "20270201T130000")), hours=None) == []
    assert read(ics(timed("20270201T080000", "20270201T130100")), hours=None) == ["02-01"]


def test_hours_past_midnight_belong_to_the_day_on_which_they_begin() -> None:
    event = ics(timed("20270202T000000", "20270202T060000"))
    assert read(event, hours=Hours(time(22), time(6))) == ["02-01"]


def test_the_clock_is_the_members_own() -> None:
    event = ics(timed("20270201T230000Z", "20270202T050000Z", zone=""))
    assert read(event, "Asia/Tokyo") == ["02-02"]  # 08:00 to 14:00
    assert read(event, "America/Los_Angeles") == []  # 15:00 to 21:00


def test_a_time_without_a_zone_is_on_the_members_clock() -> None:
    assert read(ics(timed("20270201T090000", "20270201T160000", zone="")), "Asia/Tokyo") == [
        "02-01"
    ]


def test_a_zone_that_nobody_knows_is_told() -> None:
    event = ics(timed("20270201T090000", "20270201T160000", zone=";TZID=Mars/Olympus"))
    assert read(event) == ["02-01"]
    assert notes(event) == [
        "one event has a time zone that is not known, and is read on the member's clock"
    ]


def test_zones_that_outlook_names_are_known() -> None:
    zone = ";TZID=Pacific Standard Time"
    event = ics(timed("20270201T090000", "20270201T170000", zone=zone))
    assert read(event, "America/Los_Angeles") == ["02-01"]
    assert read(event, "Europe/Berlin") == []  # 18:00 to 02:00
    assert notes(event) == []


# -------------------------------------------------------------------------------------- repetition


def test_repetitions_with_exceptions_moved_and_cancelled_dates() -> None:
    weekly = day(1, "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;VALUE=DATE:20270208", "SUMMARY:Free")
    moved = "UID:2-1|RECURRENCE-ID;VALUE=DATE:20270215|DTSTART;VALUE=DATE:20270217"
    cancelled = (
        "UID:2-1|RECURRENCE-ID;VALUE=DATE:20270222|DTSTART;VALUE=DATE:20270222|STATUS:CANCELLED"
    )
    assert read(ics(weekly, moved, cancelled)) == ["02-01", "02-17", "03-01"]


def test_dates_that_are_added_one_by_one() -> None:
    assert read(ics(day(1, "RDATE;VALUE=DATE:20270305,20270308"))) == ["02-01", "03-05", "03-08"]


def test_a_weekly_morning_keeps_its_time_when_the_clocks_change() -> None:
    event = timed("20270322T090000", "20270322T131500", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert read(ics(event)) == ["03-22", "03-29"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=5",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=0,10,20,30,40,50",
        "FREQ=WEEKLY;INTERVAL=0",
    ],
)
def test_what_repeats_within_the_day_is_passed_over(rule: str) -> None:
    content = ics(timed("20270201T090000", "20270201T170000", f"RRULE:{rule}"), day(5))
    assert read(content) == ["02-05"]
    assert notes(content) == ["one event repeats more often than daily"]


@pytest.mark.parametrize(
    "event",
    [
        "UID:x|SUMMARY:no start",
        "UID:x|DTSTART:soon",
        "UID:x|DTSTART;VALUE=DATE:20270230",
        "UID:x|DTSTART;VALUE=DATE:20270201|RRULE:FREQ=DAILY;UNTIL=20271399",
        "UID:x|DTSTART;VALUE=DATE:20270201|RRULE:FREQ=SOMETIMES",
    ],
)
def test_an_event_without_sense_is_counted_and_the_others_are_read(event: str) -> None:
    content = ics(event, day(5))
    assert read(content) == ["02-05"]
    assert notes(content) == ["one event cannot be understood"]


def test_an_event_with_two_names_is_one_event() -> None:
    assert read(ics(day(1, "UID:again"), day(5))) == ["02-01", "02-05"]


# ------------------------------------------------------------------------------------ what counts


def test_cancelled_events_never_count_and_tentative_ones_do() -> None:
    assert read(ics(day(1, "STATUS:CANCELLED"), day(2, "STATUS:TENTATIVE"))) == ["02-02"]


def test_categories_in_any_case() -> None:
    content = ics(
        day(1, "CATEGORIES:Work,VACATION"), day(2, "CATEGORIES:Work"), day(3, "SUMMARY:Vacation")
    )
    assert read(content, categories=("Vacation", "Sick")) == ["02-01"]


def test_a_pattern_in_the_title() -> None:
    content = ics(day(1, "SUMMARY:Annual Leave"), day(2, "SUMMARY:Birthday"), day(3))
    assert read(content, title="(?i)leave|pto") == ["02-01"]


def test_busy_is_what_both_ways_of_saying_it_say() -> None:
    free = [day(1, "TRANSP:TRANSPARENT"), day(2, "X-MICROSOFT-CDO-BUSYSTATUS:FREE")]
    assert read(ics(*free, day(3), day(4, "TRANSP:OPAQUE")), busy=True) == ["02-03", "02-04"]


def test_out_of_office_as_outlook_says_it() -> None:
    content = ics(day(1, "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), day(2))
    assert read(content, out_of_office=True) == ["02-01"]


def test_whole_days_only_midnight_to_midnight_among_them() -> None:
    content = ics(
        day(1),
        timed("20270202T000000", "20270203T000000"),
        timed("20270203T080000", "20270203T190000"),
    )
    assert read(content, all_day=True) == ["02-01", "02-02"]


def test_a_least_length_holds_for_each_event_alone() -> None:
    two = [
        timed("20270201T090000", "20270201T120000"),
        timed("20270201T120000", "20270201T150000"),
    ]
    assert read(ics(*two)) == ["02-01"]
    assert read(ics(*two), at_least=240) == []


def test_all_that_is_stated_must_hold() -> None:
    content = ics(day(1, "CATEGORIES:Leave", "TRANSP:TRANSPARENT"), day(2, "CATEGORIES:Leave"))
    assert read(content, categories=("Leave",), busy=True) == ["02-02"]


# ------------------------------------------------------------------------------------ no calendars


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"<!doctype html><p>Log in", "web page"),
        (b"Hello", "does not begin with BEGIN:VCALENDAR"),
        (ics(day(1)).replace(b"UID:", b"\0UID:"), "NUL bytes"),
        (b"BEGIN:VCALENDAR\r\n" * 5000, "nested too deeply"),
        (ics(day(1, "CATEGORIES;VALUE=DATE:x")), "lines that no calendar has"),
        (ics(day(1), head="PRODID:-//Rota//Rota//EN").replace(b"PRODID:-//Somebody//EN\r\n", b""),
         "a feed of Rota"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_told(content: bytes, said: str) -> None:
    with pytest.raises(Trouble, match=said):
        days_away(content, CalendarSource("ana", "a.ics"), WINDOW)


def test_a_byte_order_mark_and_old_letters_are_no_trouble() -> None:
    content = b"\xef\xbb\xbf" + ics(day(1, "SUMMARY:Müll")).replace("ü".encode(), b"\xfc")
    assert read(content) == ["02-01"]
    assert notes(content) == ["it is not all UTF-8: some titles may not fit"]


def test_days_are_dates() -> None:
    assert days_away(ics(day(1)), CalendarSource("ana", "a.ics"), WINDOW)[0] == {date(2027, 2, 1)}
