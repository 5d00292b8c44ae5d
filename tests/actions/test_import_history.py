"""Turns of the past from a CSV: what they become, and every mistake at its line."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.actions.import_history import import_history
from scheduler.actions.plan import plan
from scheduler.domain.rotation import Rotation
from scheduler.domain.span import Span
from scheduler.errors import BadFiles
from scheduler.files import read_rotations
from tests.actions.roster import JANUARY, change, request, roster

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
HEAD = "date,duty,seat,member\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return roster(tmp_path / "moons")


def imported(folder: Path, *lines: str, now: datetime = NOW) -> tuple[Rotation, ...]:
    return import_history(folder, written(folder, *lines), now, write=True).rotations


def written(folder: Path, *lines: str) -> Path:
    path = folder.parent / "past.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def mistakes(folder: Path, *lines: str) -> list[str]:
    with pytest.raises(BadFiles) as caught:
        imported(folder, *lines)
    return [str(mistake).partition("past.csv:")[2] for mistake in caught.value.mistakes]


def test_each_quarter_becomes_a_published_rotation(folder: Path) -> None:
    made = imported(
        folder,
        "2026-12-28,triage,lead,chi",
        "2026-09-28,triage,lead,ana",
        "2026-10-05,triage,,ben",
        "2026-10-12,triage,lead,",
    )
    assert [rotation.name for rotation in made] == ["2026-Q3", "2026-Q4"]
    assert made == read_rotations(folder)
    assert all(rotation.published == NOW for rotation in made)
    assert made[1].horizon == Span(date(2026, 10, 1), date(2027, 1, 1))
    assert [(p.shift, p.span.days, p.effort, p.member) for p in made[1].placed] == [
        ("triage@2026-10-05", 7, 180, "ben"),
        ("triage@2026-10-12", 7, 180, ""),
        ("triage@2026-12-28", 7, 180, "chi"),
    ]


def test_the_shares_of_the_past_feed_the_next_plan(folder: Path) -> None:
    weeks = [f"2026-11-{day:02},triage,lead,ana" for day in (2, 9, 16, 23, 30)]
    (past,) = imported(folder, *weeks)
    lines = {share.member: share for share in past.shares}
    # 15 hours for budgets of 8, 8 and 4 hours a week.
    assert {m: line.fair for m, line in lines.items()} == {"ana": 360, "ben": 360, "chi": 180}
    assert lines["ana"].load == 900
    (triage,) = lines["ana"].ledgers
    assert (triage.name, triage.load, triage.fair) == ("triage", 900, 360)
    shares = {share.member: share for share in plan(folder, request(JANUARY)).rotation.shares}
    assert shares["ana"].carried == pytest.approx(540, abs=15)
    assert shares["ana"].entitlement < shares["chi"].entitlement


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    path = written(folder, "2026-11-02,triage,lead,ana")
    assert len(import_history(folder, path, NOW).rotations) == 1
    assert read_rotations(folder) == ()


def test_the_quarter_that_runs_ends_yesterday(folder: Path) -> None:
    now = datetime(2027, 1, 18, 9, tzinfo=UTC)
    (running,) = imported(folder, "2027-01-04,triage,lead,ana", now=now)
    assert running.name == "2027-01-01_2027-01-17"


def test_days_around_another_rotation_stay_apart(folder: Path) -> None:
    first = imported(folder, "2026-10-05,triage,lead,ana", now=datetime(2026, 10, 19, tzinfo=UTC))
    (rest,) = imported(folder, "2026-10-26,triage,lead,ben")
    assert [rotation.name for rotation in (*first, rest)] == [
        "2026-10-01_2026-10-18",
        "2026-10-19_2026-12-31",
    ]


def test_a_shift_off_its_cadence_lasts_as_usual_but_not_into_the_next(folder: Path) -> None:
    (past,) = imported(
        folder,
        "2026-11-04,triage,lead,ana",
        "2026-11-09,triage,lead,ben",
        "2026-11-18,triage,lead,chi",
    )
    assert [placed.span.days for placed in past.placed] == [5, 7, 7]


def test_a_staggered_seat_is_dated_by_its_own_first_day(folder: Path) -> None:
    change(folder, "duties.yaml", "[{seat: lead, must: true}]", "[lead, {seat: late, offset: 1w}]")
    (past,) = imported(folder, "2026-11-02,triage,lead,ana", "2026-11-09,triage,late,ben")
    assert [(p.shift, p.seat, p.span.first.day) for p in past.placed] == [
        ("triage@2026-11-02", "lead", 2),
        ("triage@2026-11-02", "late", 9),
    ]


def test_who_served_could_serve_whatever_the_roster_says_today(folder: Path) -> None:
    (past,) = imported(folder, "2026-11-02,release,lead,chi")
    lines = {share.member: share for share in past.shares}
    assert lines["chi"].fair > 0
    assert lines["ben"].fair == 0


def test_every_mistake_is_told_at_its_line(folder: Path) -> None:
    assert mistakes(
        folder,
        "2026-13-02,triage,lead,ana",
        "2026-11-02,triag,lead,ana",
        "2026-11-02,triage,lad,ana",
        "2026-11-02,triage,lead,anna",
        "2026-11-02,triage,lead,zoe",
        "1926-11-02,triage,lead,ana",
        "2027-01-04,triage,lead,ana",
        "2026-11-02,triage,lead",
        "2026-11-09,triage,lead,ana",
        "2026-11-09,triage,lead,ben",
        "2026-11-16,release,,ana",
    ) == [
        '2:1: "2026-13-02" is not a date such as 2027-01-04',
        '3:12: there is no duty "triag"; did you mean "triage"?',
        '4:19: there is no seat of triage "lad"; did you mean "lead"?',
        '5:24: there is no member "anna"; did you mean "ana"?',
        '6:24: there is no member "zoe"; who has left stays in roster.yaml, with the day as `left`',
        "7:1: the year of 1926-11-02 is clearly wrong; correct it",
        "8:1: 2027-01-04 is not past: history is what has been",
        "9:1: this line has 3 entries, the first one 4",
        "11:1: triage lead of 2026-11-09 stands in line 10 already",
        '12:20: there is no seat of release ""; there are lead, shadow',
    ]
    assert read_rotations(folder) == ()


def test_what_is_there_already_is_not_written_again(folder: Path) -> None:
    imported(folder, "2026-11-02,triage,lead,ana")
    assert mistakes(folder, "2026-12-07,triage,lead,ana") == [
        "2:1: 2026-12-07 lies in 2026-Q4, which is there already"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date,duty,member\n", "1:1: the first line must name date, duty, seat, member"),
        ("date,duty,seat,membr\n", '1:16: no column is called "membr"; did you mean "member"?'),
        ("date,duty,seat,member,date\n", "1:1: a column is here twice"),
        (HEAD, "1:1: there is no turn in this file"),
        ("", "1:1: the first line must name date, duty, seat, member"),
        (HEAD + '2026-11-02,"tri\n', "2:1: this is not CSV: unexpected end of data"),
    ],
)
def test_a_file_of_another_kind_is_told(folder: Path, text: str, told: str) -> None:
    path = folder.parent / "past.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFiles) as caught:
        import_history(folder, path, NOW)
    assert told in [str(m).partition("past.csv:")[2] for m in caught.value.mistakes]
