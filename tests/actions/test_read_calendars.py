"""From the calendars that a roster names to days that plans are made from."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.actions.audit import audit
from scheduler.actions.check import check
from scheduler.actions.plan import plan
from scheduler.actions.read_calendars import CalendarsRead, Outside, read_calendars, window_at
from scheduler.domain.span import Span
from scheduler.files import LOCK_FILE, read_team
from tests.actions.roster import change, request, roster
from tests.calendars.incoming.ics import ics

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
ANA = "{id: ana, name: Ana Silva, "
LEAVE = "UID:1|DTSTART;VALUE=DATE:20270111|DTEND;VALUE=DATE:20270116|SUMMARY:Divorce hearing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small roster, with a calendar of Ana's that makes her leave in the second week."""
    folder = roster(tmp_path / "moons")
    change(folder, "roster.yaml", ANA, f"{ANA}away: [{{calendar: ana.ics}}], ")
    folder.joinpath("ana.ics").write_bytes(ics(LEAVE))
    return folder


def read(folder: Path, now: datetime = NOW, *, write: bool = True) -> CalendarsRead:
    return read_calendars(folder, now, Outside(folder / "copies"), write=write)


def doubts(folder: Path, now: datetime = NOW) -> list[str]:
    warnings = check(folder, now, "2027-Q1").warnings
    return [f"{Path(w.file).name}:{w.line} {w.sentence}" for w in warnings]


def lock(folder: Path) -> str:
    return folder.joinpath(LOCK_FILE).read_text(encoding="utf-8")


def away(folder: Path, member: str = "ana") -> tuple[Span, ...]:
    return next(one.away for one in read_team(folder).members if one.id == member)


WEEK = Span(date(2027, 1, 11), date(2027, 1, 16))


def test_days_count_once_they_are_written(folder: Path) -> None:
    shown = read(folder, write=False)
    assert [reading.away for reading in shown.readings] == [(WEEK,)]
    assert shown.changed
    assert away(folder) == ()
    assert read(folder).written
    assert away(folder) == (WEEK,)
    assert not read(folder).changed


def test_nothing_but_days_is_kept(folder: Path) -> None:
    read(folder)
    assert "2027-01-11" in lock(folder)
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "ana.ics":
            assert "Divorce" not in path.read_text(encoding="utf-8")


def test_a_plan_is_made_from_the_days_and_from_nothing_else_of_the_calendar(folder: Path) -> None:
    before = read_team(folder).inputs
    read(folder)
    locked = read_team(folder).inputs
    assert locked != before
    read(folder, NOW + timedelta(days=2))
    assert read_team(folder).inputs == locked  # another moment, the same days
    folder.joinpath("ana.ics").unlink()
    assert read_team(folder).inputs == locked


def test_nobody_is_planned_while_away_and_the_audit_agrees(folder: Path) -> None:
    unknowing = plan(folder, request())
    read(folder)
    assert "away" in {breach.rule for breach in audit(folder, unknowing.path).broken}
    planned = plan(folder, request())
    held = [p for p in planned.rotation.assignments if p.member == "ana"]
    assert held
    assert not any(seat.span.overlaps(WEEK) for seat in held)
    assert audit(folder, planned.path).broken == ()


def test_check_tells_what_was_read_as_dates_only(folder: Path) -> None:
    read(folder)
    (told,) = check(folder, NOW + timedelta(days=2), "2027-Q1").away
    assert told == "Ana Silva is away 11–15 Jan 2027 (ana.ics, read 2 days ago)"


def test_check_warns_of_what_was_not_read_or_not_lately(folder: Path) -> None:
    assert doubts(folder) == [
        "roster.yaml:4 ana.ics was not read yet, so its days do not count; run `rota calendars"
        " --write`"
    ]
    read(folder)
    assert doubts(folder) == []
    assert "was read 8 days ago" in doubts(folder, NOW + timedelta(days=8))[0]


def test_days_stay_when_the_roster_asks_otherwise_until_it_is_read_again(folder: Path) -> None:
    read(folder)
    change(folder, "roster.yaml", "calendar: ana.ics", "calendar: ana.ics, busy: true")
    assert away(folder) == (WEEK,)
    assert "before the roster was changed" in doubts(folder)[0]
    read(folder)
    assert doubts(folder) == []


def test_days_of_a_calendar_that_nobody_names_stay_until_it_is_read_again(folder: Path) -> None:
    read(folder)
    change(folder, "roster.yaml", "away: [{calendar: ana.ics}], ", "")
    assert away(folder) == (WEEK,)
    assert doubts(folder)[0].startswith("away.lock.yaml:1 the days of ana.ics still count for ana")
    read(folder)
    assert away(folder) == ()
    assert doubts(folder) == []


def test_what_cannot_be_read_keeps_its_days_and_says_how_old_they_are(folder: Path) -> None:
    read(folder)
    folder.joinpath("ana.ics").write_text("<html>Log in</html>", encoding="utf-8")
    later = NOW + timedelta(days=3)
    told = read(folder, later)
    assert told.troubles == (
        "ana.ics of ana is a web page, no calendar: take the address that gives the .ics itself;"
        " what it said on 2027-01-04 counts",
    )
    assert away(folder) == (WEEK,)
    assert (
        "could not be read on 7 Jan 2027; what it said 3 days ago counts"
        in (doubts(folder, later)[0])
    )


def test_the_teams_choice_holds_where_a_calendar_chooses_nothing(folder: Path) -> None:
    change(folder, "roster.yaml", "members:", 'counts_as_away: {title: "(?i)leave"}\nmembers:')
    assert read(folder).readings[0].away == ()
    change(folder, "roster.yaml", "calendar: ana.ics", "calendar: ana.ics, title: Divorce")
    assert read(folder).readings[0].away == (WEEK,)


def test_two_entries_with_one_calendar_are_either_or(folder: Path) -> None:
    change(
        folder,
        "roster.yaml",
        "{calendar: ana.ics}",
        "{calendar: ana.ics, title: Divorce}, {calendar: ana.ics, title: Moon}",
    )
    second = "UID:2|DTSTART;VALUE=DATE:20270201|SUMMARY:Moon landing"
    folder.joinpath("ana.ics").write_bytes(ics(LEAVE, second, "UID:3|DTSTART:20270301"))
    read(folder)
    assert away(folder) == (WEEK, Span(date(2027, 2, 1), date(2027, 2, 2)))


@pytest.mark.parametrize(
    ("today", "first", "end"),
    [
        (date(2027, 1, 1), date(2027, 1, 1), date(2028, 4, 1)),
        (date(2027, 3, 31), date(2027, 1, 1), date(2028, 4, 1)),
        (date(2027, 12, 31), date(2027, 10, 1), date(2029, 1, 1)),
    ],
)
def test_the_window_moves_with_the_quarter(today: date, first: date, end: date) -> None:
    assert window_at(today) == Span(first, end)
