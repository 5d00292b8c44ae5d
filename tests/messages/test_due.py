"""What is due when: laws over any team, and days counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.change import Kind
from scheduler.domain.duties import Handoff
from scheduler.domain.people import Hours
from scheduler.domain.reminding import Chat, Reminding
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.span import Span
from scheduler.messages.directory import Directory
from scheduler.messages.due import due
from scheduler.messages.message import validate
from scheduler.messages.reminder import AHEAD, CHANGED, HANDOVER, MORNING, Reminder
from tests.messages.making import (
    LATER,
    LONG_AGO,
    PUBLISHED,
    call,
    directory,
    duty,
    entry,
    person,
    rotation,
    teams,
    turn,
)


def everything(known: Directory, *rotations: Rotation) -> tuple[Reminder, ...]:
    return due(known, rotations, LONG_AGO, LATER)


def of(kind: str, reminders: tuple[Reminder, ...]) -> list[tuple[str, str]]:
    """To whom and when (UTC)."""
    return [(r.to, f"{r.at:%Y-%m-%d %H:%M}") for r in reminders if r.kind == kind]


def only(kind: str, **more: object) -> Directory:
    """A team that is reminded in one way alone."""
    ahead = (7, 1) if kind == AHEAD else ()
    chat = Chat(digest=None, duties={"triage": Reminding(ahead, kind == MORNING)})
    return directory(**{"chat": chat, **more})


# ----------------------------------------------------------------------------------------- laws


@given(teams())
def test_every_reminder_is_one_that_slack_takes(team: tuple[Directory, Rotation]) -> None:
    for reminder in everything(*team):
        validate(reminder.message)


@given(teams())
def test_each_key_is_there_once_in_order_and_before_it_no_longer_matters(
    team: tuple[Directory, Rotation],
) -> None:
    found = everything(*team)
    assert len({r.key for r in found}) == len(found)
    assert list(found) == sorted(found, key=lambda r: (r.at, r.key))
    assert all(r.at < r.until and r.at.utcoffset() == timedelta() for r in found)


@given(teams(), st.lists(st.datetimes(datetime(2026, 11, 1), datetime(2027, 5, 1)), max_size=5))
def test_stretches_that_adjoin_give_together_what_the_whole_gives(
    team: tuple[Directory, Rotation], cuts: list[datetime]
) -> None:
    known, planned = team
    edges = [LONG_AGO, *sorted(cut.replace(tzinfo=UTC) for cut in cuts), LATER]
    pieces = [
        reminder for since, now in pairwise(edges) for reminder in due(known, [planned], since, now)
    ]
    assert sorted(pieces, key=lambda r: r.order) == list(everything(known, planned))


@given(teams())
def test_announcements_come_on_the_holders_own_working_mornings(
    team: tuple[Directory, Rotation],
) -> None:
    known, planned = team
    first_day = {placed.key: placed.span.first for placed in planned.placed}
    for reminder in everything(known, planned):
        if reminder.kind != AHEAD:
            continue
        holder = known.person(reminder.to)
        local = reminder.at.astimezone(ZoneInfo(holder.timezone))
        begins = holder.hours.start if holder.hours else time(9)
        wanted = datetime.combine(local.date(), begins, tzinfo=local.tzinfo).astimezone(UTC)
        assert reminder.at == wanted
        month = [local.date() + timedelta(days=n) for n in range(-31, 1)]
        assert holder.works_on(local.date()) or not any(holder.works_on(day) for day in month[1:])
        assert local.date() <= first_day[reminder.subject[0]] + timedelta(days=1)


@given(teams())
def test_a_draft_reminds_nobody(team: tuple[Directory, Rotation]) -> None:
    known, planned = team
    draft = rotation(*planned.placed, published=None)
    assert everything(known, draft) == ()


@settings(max_examples=30)
@given(teams())
def test_who_does_not_hold_a_seat_hears_nothing_of_it(team: tuple[Directory, Rotation]) -> None:
    known, planned = team
    holder = {placed.key: placed.member for placed in planned.placed}
    for reminder in everything(known, planned):
        if reminder.kind in {AHEAD, MORNING}:
            assert [holder[key] for key in reminder.subject] == [reminder.to]


# --------------------------------------------------------------------------- ahead and mornings


def test_a_day_that_is_no_working_day_moves_to_the_one_before() -> None:
    # Monday: seven days ahead is a Monday, one day ahead a Sunday, hence Friday.
    found = everything(only(AHEAD), rotation(turn("2027-01-18", "ana")))
    assert of(AHEAD, found) == [("ana", "2027-01-11 09:00"), ("ana", "2027-01-15 09:00")]


def test_somebody_on_leave_hears_before_the_leave() -> None:
    away = person("ana", off=(Span(date(2027, 1, 6), date(2027, 1, 18)),))
    found = everything(only(AHEAD, people={"ana": away}), rotation(turn("2027-01-18", "ana")))
    # Both announcements fall on the last day before the leave: only the nearer one is sent.
    assert of(AHEAD, found) == [("ana", "2027-01-05 09:00")]
    assert found[-1].key.split("/")[-2] == "1"


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("Europe/Berlin", "2027-03-22", "2027-03-22 07:00"),
        ("Europe/Berlin", "2027-03-29", "2027-03-29 06:00"),
        ("America/New_York", "2027-03-08", "2027-03-08 13:00"),
        ("America/New_York", "2027-03-15", "2027-03-15 12:00"),
        ("Pacific/Kiritimati", "2027-01-18", "2027-01-17 18:00"),
    ],
)
def test_mornings_keep_to_the_clock_of_the_holder(zone: str, day: str, instant: str) -> None:
    early = person("ana", timezone=zone, hours=Hours(time(8), time(16)))
    known = only(MORNING, people={"ana": early})
    assert of(MORNING, everything(known, rotation(turn(day, "ana")))) == [("ana", instant)]


def test_a_public_holiday_is_no_working_day() -> None:
    resting = person("ana", holidays=frozenset({date(2027, 1, 15), date(2027, 1, 18)}))
    planned = rotation(turn("2027-01-18", "ana"))
    ahead = everything(only(AHEAD, people={"ana": resting}), planned)
    assert of(AHEAD, ahead) == [("ana", "2027-01-11 09:00"), ("ana", "2027-01-14 09:00")]
    morning = everything(only(MORNING, people={"ana": resting}), planned)
    assert of(MORNING, morning) == [("ana", "2027-01-19 09:00")]


def test_the_first_morning_waits_for_the_first_working_day() -> None:
    part_time = person("ana", days=frozenset({2, 3}))
    known = only(MORNING, people={"ana": part_time})
    found = everything(known, rotation(turn("2027-01-18", "ana")))
    assert of(MORNING, found) == [("ana", "2027-01-20 09:00")]


def test_before_a_call_at_dawn_the_reminder_comes_an_hour_before() -> None:
    start = datetime(2027, 1, 20, 13, tzinfo=UTC)
    western = person("ana", timezone="America/Los_Angeles")  # five in the morning
    known = only(MORNING, people={"ana": western})
    found = everything(known, rotation(call(start, "ana")))
    assert of(MORNING, found) == [("ana", "2027-01-20 12:00")]
    assert found[-1].until == start + timedelta(hours=1)


def test_what_was_due_before_somebody_got_the_turn_is_not_said() -> None:
    swapped = datetime(2027, 1, 12, 12, tzinfo=UTC)
    change = entry(1, Kind.cover, swapped, ("triage@2027-01-18", "ana", "ben"))
    found = everything(only(AHEAD), rotation(turn("2027-01-18", "ben"), changes=(change,)))
    assert of(AHEAD, found) == [("ben", "2027-01-15 09:00")]


def test_of_two_rotations_that_hold_a_seat_the_later_one_has_the_word() -> None:
    old = rotation(turn("2027-01-18", "ana"), name="old")
    new = rotation(turn("2027-01-18", "ben"), published=PUBLISHED + timedelta(days=1))
    assert {who for who, _ in of(AHEAD, everything(only(AHEAD), new, old))} == {"ben"}


# ------------------------------------------------------------------------------------ hand-over


def test_both_hear_of_a_hand_over_on_its_morning_and_once_only() -> None:
    known = directory(duties={"triage": duty(handoff=Handoff(0, time(15)))})
    weeks = rotation(turn("2027-01-04", "ana"), turn("2027-01-11", "ben"))
    found = everything(known, weeks)
    assert of(HANDOVER, found) == [("ana", "2027-01-11 09:00"), ("ben", "2027-01-11 09:00")]
    assert of(MORNING, found) == [("ana", "2027-01-04 09:00")]


def test_without_a_stated_day_whoever_goes_hears_on_their_last_working_day() -> None:
    weeks = rotation(turn("2027-01-04", "ana"), turn("2027-01-11", "ben"))
    found = of(HANDOVER, everything(directory(), weeks))
    assert found == [("ana", "2027-01-08 09:00"), ("ben", "2027-01-11 09:00")]


@pytest.mark.parametrize(
    "second",
    [turn("2027-01-11", "ana"), turn("2027-01-11", ""), turn("2027-01-18", "ben")],
    ids=["the same person", "nobody", "a week later"],
)
def test_no_hand_over_where_there_is_nobody_to_meet(second: Placed) -> None:
    weeks = rotation(turn("2027-01-04", "ana"), second)
    assert of(HANDOVER, everything(directory(), weeks)) == []


# -------------------------------------------------------------------------------------- changes


def test_everybody_concerned_hears_of_a_change_once_with_its_note() -> None:
    at = datetime(2027, 1, 5, 12, tzinfo=UTC)
    swap = entry(
        3,
        Kind.swap,
        at,
        ("triage@2027-01-11", "ana", "ben"),
        ("triage@2027-01-18", "ben", "ana"),
        note="Dentist <!channel>",
    )
    weeks = rotation(turn("2027-01-11", "ben"), turn("2027-01-18", "ana"), changes=(swap,))
    found = [r for r in everything(directory(), weeks) if r.kind == CHANGED]
    assert [r.to for r in found] == ["ana", "ben"]
    assert all("/3/" in r.key for r in found)
    assert all("Dentist &lt;!channel&gt;" in str(r.message.blocks) for r in found)


def test_who_got_a_turn_that_a_later_change_moved_on_hears_of_that_one_alone() -> None:
    first, second = datetime(2027, 1, 5, 12, tzinfo=UTC), datetime(2027, 1, 6, 12, tzinfo=UTC)
    changes = (
        entry(1, Kind.override, first, ("triage@2027-01-11", "ana", "ben")),
        entry(2, Kind.override, second, ("triage@2027-01-11", "ben", "chi")),
    )
    found = everything(directory(), rotation(turn("2027-01-11", "chi"), changes=changes))
    told = {r.key.split("/", 3)[-1]: r for r in found if r.kind == CHANGED}
    assert told.keys() == {"1/ana", "1/ben", "2/ben", "2/chi"}
    assert told["1/ben"].until == second
    assert all(told[key].until > second for key in ("1/ana", "2/ben", "2/chi"))
    assert f"now with {directory().mention('chi')}" in str(told["1/ana"].message.blocks)


def test_who_lost_a_turn_and_has_it_back_hears_of_the_return_alone() -> None:
    first, second = datetime(2027, 1, 5, 12, tzinfo=UTC), datetime(2027, 1, 6, 12, tzinfo=UTC)
    changes = (
        entry(1, Kind.cover, first, ("triage@2027-01-11", "ana", "ben")),
        entry(2, Kind.override, second, ("triage@2027-01-11", "ben", "ana")),
    )
    found = everything(directory(), rotation(turn("2027-01-11", "ana"), changes=changes))
    until = {r.key.split("/", 3)[-1]: r.until for r in found if r.kind == CHANGED}
    assert until["1/ana"] == until["1/ben"] == second
    assert min(until["2/ana"], until["2/ben"]) > second


def test_of_two_turns_given_and_one_come_back_nobody_is_told_that_it_is_with_themselves() -> None:
    first, second = datetime(2027, 1, 5, 12, tzinfo=UTC), datetime(2027, 1, 6, 12, tzinfo=UTC)
    weeks = ("triage@2027-01-11", "triage@2027-01-18")
    changes = (
        entry(1, Kind.override, first, *((week, "ana", "ben") for week in weeks)),
        entry(2, Kind.override, second, (weeks[0], "ben", "ana")),
    )
    held = (turn("2027-01-11", "ana"), turn("2027-01-18", "ben"))
    found = everything(directory(), rotation(*held, changes=changes))
    told = next(r for r in found if r.kind == CHANGED and r.key.endswith("/1/ana"))
    assert told.until > second
    assert f"now with {directory().mention('ana')}" not in str(told.message.blocks)


def test_a_turn_that_was_over_is_not_news() -> None:
    late = datetime(2027, 2, 5, 12, tzinfo=UTC)
    change = entry(1, Kind.override, late, ("triage@2027-01-11", "ana", "ben"))
    found = everything(directory(), rotation(turn("2027-01-11", "ben"), changes=(change,)))
    assert of(CHANGED, found) == []


def test_whoever_held_a_turn_that_a_replan_dropped_hears_that_nobody_asks_for_it() -> None:
    at = datetime(2027, 1, 5, 12, tzinfo=UTC)
    change = entry(1, Kind.replan, at, ("triage@2027-01-11", "ana", ""))
    left = replace(rotation(turn("2027-01-18", "ben")), changes=(change,))
    left = replace(left, dropped=(turn("2027-01-11", ""),))
    [told] = [r for r in everything(directory(), left) if r.kind == CHANGED]
    assert told.to == "ana"
    assert "January, which is no longer asked for" in str(told.message.blocks)
