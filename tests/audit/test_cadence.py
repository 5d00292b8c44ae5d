"""Shifts by cadence, counted on a calendar by hand."""

from datetime import date

import pytest

from tests.audit.dock import Dock

DUTY = "duties: [{id: work, kind: ci, effort: 1h, cadence: %s}]"


@pytest.mark.parametrize(
    ("cadence", "first_days"),
    [
        ("weekdays", "01-01 01-04 01-05 01-06 01-07 01-08 01-11 01-12 01-13 01-14 01-15"),
        ("{every: [tue, thu]}", "01-05 01-07 01-12 01-14"),
        ("weekly", "01-04 01-11"),
        ("weekly, handoff: {on: wednesday}", "01-06 01-13"),
        ("{every: week, on: friday}", "01-01 01-08 01-15"),
        ("{every: 2 weeks, on: wednesday, from: 2027-01-06}", "01-06"),
        ("{every: 2 weeks, on: wednesday, from: 2026-12-30}", "01-13"),
        ("{every: 2 weeks, from: 2027-02-05}", "01-08"),
        ("monthly", "01-01"),
        ("{every: month, on: second tuesday}", "01-12"),
        ("{every: month, on: 15}", "01-15"),
        ("{every: month, on: last day}", ""),
        ("{every: 3 months, on: first monday, from: 2026-10-01}", "01-04"),
        ("{every: 3 months, on: first monday, from: 2026-11-01}", ""),
        ("{dates: [2027-01-12, {first: 2027-01-02, last: 2027-02-28}]}", "01-02 01-12"),
        ("{once: {first: 2027-01-11, last: 2027-01-29}}", "01-11"),
        ("{rrule: FREQ=WEEKLY;INTERVAL=2, from: 2026-12-23}", "01-06"),
        ("{rrule: FREQ=DAILY;COUNT=2, from: 2027-01-07}", "01-07 01-08"),
        ("weekly, from: 2027-01-05", "01-11"),
        ("weekly, until: 2027-01-10", "01-04"),
    ],
)
def test_first_days(dock: Dock, cadence: str, first_days: str) -> None:
    dock.write(duties=DUTY % cadence)
    report = dock.table(name="2027-01-01_2027-01-15")
    assert report.left_out == tuple(f"work@2027-{day}/lead" for day in first_days.split())


@pytest.mark.parametrize(
    ("cadence", "first", "end"),
    [
        ("{every: [tue]}", "2027-01-05", "2027-01-06"),
        ("{every: 3 weeks, from: 2027-01-04}", "2027-01-04", "2027-01-25"),
        ("weekly, term: 2w", "2027-01-04", "2027-01-18"),
        ("monthly", "2027-01-01", "2027-02-01"),
        ("{every: month, on: last day}", "2027-01-31", "2027-02-28"),
        ("{every: month, on: fifth friday}", "2027-01-29", "2027-04-30"),
        ("{every: month, on: last sunday}", "2027-01-31", "2027-02-28"),
        ("{every: month, on: 31}", "2027-02-28", "2027-03-31"),
        ("{dates: [{first: 2027-01-02, last: 2027-02-28}]}", "2027-01-02", "2027-03-01"),
        ("{rrule: FREQ=MONTHLY;COUNT=3, from: 2026-12-05}", "2027-01-05", "2027-02-05"),
        ("{rrule: FREQ=MONTHLY;COUNT=3, from: 2026-12-05}", "2027-02-05", "2027-03-08"),
        ("{dates: [{first: 2027-01-02, last: 2027-02-28}], term: 3d", "2027-01-02", "2027-01-05"),
    ],
)
def test_a_shift_lasts_until_the_next_one_unless_it_says_so(
    dock: Dock, cadence: str, first: str, end: str
) -> None:
    closing = "}" if cadence.count("{") > cadence.count("}") else ""
    dock.write(duties=DUTY % (cadence.replace("], term", f"]{closing}, term")))
    row = f"work@{first},work,lead,{first},{end},dee"
    assert {b.rule for b in dock.table(row, name="2027-Q1").broken} <= {"membership"}
    late = date.fromisoformat(end).replace(day=date.fromisoformat(end).day % 27 + 1)
    wrong = dock.table(row.replace(f",{end},", f",{late},"), name="2027-Q1")
    assert "dates" in {breach.rule for breach in wrong.broken}


@pytest.mark.parametrize(
    ("cadence", "upstream", "shifts"),
    [
        ("{milestones: hub, before: 1w, after: 2d}", "", "01-05"),
        ("{milestones: hub}", "book", "01-12"),
        ("{milestones: [4.1]}", "", "01-12 01-20"),
        ("{milestones: [4.1]}", "book", "01-20"),
    ],
)
def test_shifts_around_milestones(dock: Dock, cadence: str, upstream: str, shifts: str) -> None:
    named = "{name: 4.1, date: 2027-01-%s}"
    known = f"[{{id: hub, milestones: [{named % 12}]}}, {{id: book, milestones: [{named % 20}]}}]"
    dock.write(duties=f"upstreams: {known}\n{DUTY % f'{cadence}, upstream: {upstream}'}")
    report = dock.table(name="2027-01-01_2027-01-31")
    assert report.left_out == tuple(f"work@2027-{day}/lead" for day in shifts.split())


def test_a_quiet_period_may_leave_out_what_matters_least(dock: Dock) -> None:
    quiet = "quiet: [{first: 2027-01-04, last: 2027-01-11, reduced: %s}]"
    for reduced, shifts in ((3, ["01-18"]), (4, ["01-04", "01-11", "01-18"])):
        dock.write(duties=DUTY % "weekly", policy=quiet % reduced)
        report = dock.table(name="2027-01-01_2027-01-24")
        assert report.left_out == tuple(f"work@2027-{day}/lead" for day in shifts)


def test_counts_roles_and_must(dock: Dock) -> None:
    dock.write(
        duties=DUTY % "{dates: [2027-01-05]}, skill: triage, seats: [{seat: reviewer, count: 1-3,"
        " must: true}, {seat: guide, role: shadow, must: true}, {seat: solo, count: 0-1}]"
    )
    report = dock.table(name="2027-Q1")
    assert report.empty == ("work@2027-01-05/reviewer-1",)
    assert report.left_out == tuple(
        f"work@2027-01-05/{seat}" for seat in ("reviewer-2", "reviewer-3", "solo")
    )
