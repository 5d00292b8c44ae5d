"""Monthly calls in two time slots, over both clock changes of 2027: what scenario C asks for."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.actions.feeds import feeds
from scheduler.actions.plan import Planned, Request, plan
from scheduler.actions.publish import publish
from scheduler.audit import audit
from scheduler.domain.rotation import Placed
from scheduler.domain.shifts import shifts_of
from scheduler.domain.span import Span
from scheduler.files import read_team

FOLDER = Path(__file__).parents[2] / "examples" / "jupyterhub-calls"
HALF_YEAR = Span(date(2027, 1, 1), date(2027, 7, 1))
REQUEST = Request("2027-01-01_2027-06-30", HALF_YEAR, write=True)
NEWCOMERS = {"person-02", "person-03", "person-04", "person-05"}
EARLY, LATE = time(9), time(19)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calls")
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def planned(folder: Path) -> Planned:
    planned = plan(folder, REQUEST)
    assert all(tier.proved for tier in planned.rotation.tiers)
    return planned


def hosts(planned: Planned) -> list[Placed]:
    return [turn for turn in planned.rotation.assignments if turn.role == "lead"]


def test_six_calls_by_turns_early_and_late(planned: Planned, folder: Path) -> None:
    starts = [turn.start for turn in hosts(planned)]
    assert [start.time() for start in starts if start] == [LATE, EARLY] * 3
    assert [start.month for start in starts if start] == [1, 2, 3, 4, 5, 6]
    report = audit(folder, planned.path)
    assert (report.broken, report.false_figures, report.empty) == ((), (), ())


def test_nobody_is_outside_their_local_hours(planned: Planned) -> None:
    members = {member.id: member for member in planned.team.members}
    for turn in planned.rotation.assignments:
        member = members[turn.member]
        assert turn.start is not None
        assert turn.end is not None
        assert member.hours is not None
        zone = ZoneInfo(member.timezone)
        opens, closes = (moment.astimezone(zone) for moment in (turn.start, turn.end))
        assert opens.date() == closes.date()
        assert member.hours.start <= opens.time() < closes.time() <= member.hours.end


def test_only_early_and_only_some_late_ones(planned: Planned) -> None:
    slots: dict[str, set[str]] = {}
    for turn in planned.rotation.assignments:
        slots.setdefault(turn.member, set()).add(turn.duty)
    assert slots["person-02"] == {"call-early"}
    assert slots["person-03"] == {"call-late"}
    january = next(turn for turn in planned.rotation.placed if turn.duty == "call-late")
    assert january.start == datetime(2027, 1, 20, 19, tzinfo=UTC)
    # At 11:00 in Los Angeles; from 14 March on, the late call is at noon there.
    held = [turn for turn in planned.rotation.assignments if turn.shift == january.shift]
    assert "person-03" not in {turn.member for turn in held}


def test_who_did_nearly_all_hosts_a_third_at_most_and_the_late_slot_only_at_first(
    planned: Planned,
) -> None:
    theirs = [turn.shift for turn in hosts(planned) if turn.member == "person-01"]
    assert len(theirs) <= 2
    # In January nobody else knows how to host; the price says that it is the only late one.
    assert [shift for shift in theirs if shift.startswith("call-late")] == ["call-late@2027-01-20"]
    comfort = next(tier for tier in planned.rotation.tiers if tier.name == "comfort")
    assert (comfort.price, comfort.proved) == (5, True)


def test_each_new_host_has_been_a_co_host_once(planned: Planned) -> None:
    first: dict[tuple[str, str], datetime] = {}
    for turn in planned.rotation.assignments:
        assert turn.start is not None
        key = turn.member, turn.role
        first[key] = min(turn.start, first.get(key, turn.start))
    new = {turn.member for turn in hosts(planned)} & NEWCOMERS
    assert new == NEWCOMERS
    assert all(first[member, "shadow"] < first[member, "lead"] for member in new)


# ------------------------------------------------------------------------------ clock changes


def test_the_events_are_at_the_right_instants(planned: Planned, folder: Path) -> None:
    publish(folder, planned.rotation.name, datetime(2026, 12, 1, tzinfo=UTC))
    feeds(folder, folder / "feeds")
    text = (folder / "feeds" / "team.ics").read_text(encoding="utf-8")
    starts = {line.partition(":")[2].strip() for line in text.splitlines() if "DTSTART" in line}
    days = [("0120", 19), ("0217", 9), ("0317", 19), ("0421", 9), ("0519", 19), ("0616", 9)]
    assert starts == {f"2027{day}T{hour:02}0000Z" for day, hour in days}


def test_a_slot_on_american_clocks_moves_two_weeks_before_europe_follows(folder: Path) -> None:
    text = (folder / "duties.yaml").read_text(encoding="utf-8")
    text = text.replace('at: "19:00"', 'at: "14:00"\n    timezone: America/New_York')
    text = text.replace("every: 2 months, on: third wednesday", "every: week, on: wednesday")
    other = folder / "american"
    shutil.copytree(FOLDER, other)
    (other / "duties.yaml").write_text(text, encoding="utf-8")
    late = next(duty for duty in read_team(other).duties if duty.id == "call-late")
    march = Span(date(2027, 3, 10), date(2027, 4, 1))
    starts = [shift.start for shift in shifts_of(late, march) if shift.start]
    assert [start.hour for start in starts] == [19, 18, 18, 18]
    london = [start.astimezone(ZoneInfo("Europe/London")).hour for start in starts]
    assert london == [19, 18, 18, 19]


def test_the_table_of_local_times_is_true() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and "---" not in line
    ]
    cities = ["America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin"]
    assert [city.replace(" ", "_") for city in rows[0][1:]] == [c.partition("/")[2] for c in cities]
    days = [(1, 20), (3, 17), (5, 19)]
    assert len(rows) == 1 + len(days)
    for (month, day), (_, *told) in zip(days, rows[1:], strict=True):
        late = datetime(2027, month, day, 19, tzinfo=UTC)
        assert told == [f"{late.astimezone(ZoneInfo(city)):%H:%M}" for city in cities]
