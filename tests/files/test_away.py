"""Calendars among the time away of roster.yaml, and away.lock.yaml."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.domain.span import Span
from scheduler.domain.time_away import CalendarSource, Counts, Reading
from scheduler.files import LOCK_FILE, read_team, write_away_lock
from tests.files.rosters import ROSTER, told, write

READING = Reading(
    "ana",
    "example.org/…-3f9a",
    "0123456789ab",
    datetime(2027, 1, 4, 9, tzinfo=UTC),
    (Span(date(2027, 2, 1), date(2027, 2, 6)), Span(date(2027, 3, 1), date(2027, 3, 2))),
)


def with_away(entry: str) -> str:
    return ROSTER.replace("{id: ana,", f"{{id: ana, away: [{entry}],")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{calendar: a.ics, titel: x}", 'unknown key "titel"; did you mean "title"?'),
        ("{calendar: a.ics, first: 2027-01-01}", "make two entries of this"),
        ('{calendar: "http://example.org/a"}', "add insecure: true"),
        ('{calendar: "file:///etc/passwd"}', "only https addresses and files"),
        ('{calendar: "https://"}', "this is no web address"),
        ('{calendar: "https://[::1/a"}', "this is no web address"),
        ("{calendar: /home/ana/a.ics}", "by its path from the folder of roster.yaml"),
        ('{calendar: "$ANA"}', "as ${NAME}"),
        ('{calendar: a.ics, title: "((("}', "is no regular expression"),
        (f"{{calendar: a.ics, title: {'x' * 201}}}", "longer than 200 characters"),
        ("{calendar: a.ics, busy: maybe}", "should be true or false"),
        ("{calendar: a.ics, at_least: 9000h}", "longer than a year"),
    ],
)
def test_slips_are_told_at_their_line(tmp_path: Path, entry: str, said: str) -> None:
    (mistake,) = told(write(tmp_path, with_away(entry)))
    assert mistake.line == 4
    assert said in mistake.sentence


@pytest.mark.parametrize("address", ["http://h.example/SECRET", "ftp://h.example/SECRET"])
def test_an_address_is_not_said_back(tmp_path: Path, address: str) -> None:
    (mistake,) = told(write(tmp_path, with_away(f'{{calendar: "{address}"}}')))
    assert "SECRET" not in mistake.sentence


def test_a_calendar_as_the_roster_states_it(tmp_path: Path) -> None:
    entry = (
        '2027-01-01, {calendar: "webcal://h.example/SECRET", categories: [Leave], busy: true,'
        " at_least: 4h, private: true}"
    )
    ((source, place),) = read_team(write(tmp_path, with_away(entry))).calendars
    assert source.member == "ana"
    assert source.counts == Counts(categories=("Leave",), busy=True, at_least=240)
    assert source.private
    assert not source.insecure
    assert place[1:] == (4, 34)
    assert source.name.startswith("h.example/…-")


def test_what_was_asked_changes_with_whatever_changes_the_days() -> None:
    asked = {
        CalendarSource("ana", "a.ics").asked,
        CalendarSource("ana", "b.ics").asked,
        CalendarSource("ana", "a.ics", "Europe/Berlin").asked,
        CalendarSource("ana", "a.ics", counts=Counts(busy=True)).asked,
    }
    assert len(asked) == 4
    assert CalendarSource("ana", "a.ics", private=True).asked in asked


def test_a_lock_written_is_the_lock_read(tmp_path: Path) -> None:
    folder = write(tmp_path)
    other = Reading("ben", "a: b #c", "x", READING.read, (), datetime(2027, 1, 5, tzinfo=UTC))
    assert write_away_lock(folder, [other, READING])
    assert not write_away_lock(folder, [READING, other])  # in whatever order
    team = read_team(folder)
    assert team.readings == (READING, other)
    assert [member.away for member in team.members] == [READING.away, ()]


def test_days_that_stand_in_both_places_are_there_once(tmp_path: Path) -> None:
    folder = write(tmp_path, with_away("{first: 2027-02-01, last: 2027-02-05}"))
    write_away_lock(folder, [READING])
    assert read_team(folder).members[0].away == READING.away


def test_a_lock_that_git_could_not_merge_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path)
    folder.joinpath(LOCK_FILE).write_text("schema: 1\n<<<<<<< ours\n", encoding="utf-8")
    (mistake,) = told(folder)
    assert (mistake.file, mistake.line) == (LOCK_FILE, 2)
    assert "git could not merge" in mistake.sentence


def test_a_roster_without_calendars_has_the_inputs_it_always_had(tmp_path: Path) -> None:
    folder = write(tmp_path)
    before = read_team(folder).inputs
    write_away_lock(folder, [])
    assert read_team(folder).inputs == before
