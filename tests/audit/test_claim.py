"""The three kinds of file say the same, and a table made by hand may say less."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from scheduler.audit import Report, as_data, audit
from scheduler.errors import BadRequest
from tests.audit.dock import HEADER, Dock, rules, said, week

YAML = """
name: 2027-01-04_2027-01-17
first: 2027-01-04
last: 2027-01-17
shifts:
  - {id: triage@2027-01-04, duty: triage, first: 2027-01-04, last: 2027-01-10, seats: [
      {seat: lead, effort: 240, member: ben}]}
  - {id: triage@2027-01-11, duty: triage, first: 2027-01-11, last: 2027-01-17, seats: [
      {seat: lead, effort: 240, member: ben}]}
  - {id: call@2027-01-05, duty: call, first: 2027-01-05, last: 2027-01-05,
     start: 2027-01-05T15:00:00Z, end: 2027-01-05T16:00:00Z, seats: [
      {seat: lead, effort: 60, member: ana}]}
  - {id: call@2027-01-12, duty: call, first: 2027-01-12, last: 2027-01-12,
     start: 2027-01-12T15:00:00Z, end: 2027-01-12T16:00:00Z, seats: [
      {seat: lead, effort: 60, empty: ["Ben is away then"]}]}
"""
ROWS = (
    ("triage@2027-01-04", "triage", "2027-01-04", "2027-01-11", "ben", 4),
    ("triage@2027-01-11", "triage", "2027-01-11", "2027-01-18", "ben", 4),
    ("call@2027-01-05", "call", "2027-01-05T16:00+01:00", "2027-01-05T17:00+01:00", "ana", 1),
    ("call@2027-01-12", "call", "2027-01-12T15:00:00Z", "2027-01-12T16:00:00Z", "", 1),
)
DUTIES = """
duties:
  - {id: triage, kind: triage, cadence: weekly, effort: 4h, skill: triage}
  - {id: call, kind: meetings, cadence: {every: week, on: tuesday}, at: "16:00", lasts: 1h,
     effort: 1h}
"""


def in_json() -> str:
    entries = [
        {"shift": shift, "duty": duty, "seat": "lead", "start": start, "end": end,
         "member": member, "effort_hours": hours}
        for shift, duty, start, end, member, hours in ROWS
    ]  # fmt: skip
    return json.dumps(
        {
            "schema": 1,
            "name": "2027-01-04_2027-01-17",
            "from": "2027-01-04",
            "to": "2027-01-17",
            "tiers": [],
            "assignments": [entry for entry in entries if entry["member"]],
            "unfilled": [{**e, "reasons": []} for e in entries if not e["member"]],
            "members": [],
        }
    )


def in_csv() -> str:
    lines = [
        f"{shift},{duty},lead,{start},{end},{member}" for shift, duty, start, end, member, _ in ROWS
    ]
    return "\r\n".join([HEADER, *lines])


def test_all_three_kinds_agree(dock: Dock) -> None:
    dock.write(duties=DUTIES)
    reports: list[Report] = [
        dock.judge("2027-01-04_2027-01-17.yaml", YAML),
        dock.judge("rotation.json", in_json()),
        dock.judge("2027-01-04_2027-01-17.csv", "\N{BYTE ORDER MARK}" + in_csv()),
    ]
    plain = [{**as_data(report), "notes": ()} for report in reports]
    assert plain[0] == plain[1] == plain[2]
    assert rules(reports[0]) == {"away"}
    assert reports[0].left_out == ("call@2027-01-12/lead",)
    assert len(reports[0].shares) == 4
    json.dumps(plain[0])


def test_a_table_may_leave_out_the_shift_and_add_columns(dock: Dock) -> None:
    text = f"{HEADER},note\n,triage,lead,2027-01-11,2027-01-18,ben,fine by me\n"
    report = dock.judge("mine.csv", text)
    assert rules(report) == {"away"}
    assert "triage@2027-01-11/lead" in said(report, "away")


def test_a_table_without_a_name_covers_its_turns(dock: Dock) -> None:
    report = dock.table(week("watch", 4, "lead:ana"), week("watch", 18, "lead:ana"), name="mine")
    assert (str(report.horizon.first), str(report.horizon.last)) == ("2027-01-04", "2027-01-18")
    assert "watch@2027-01-11/lead" in report.left_out


def test_the_name_of_a_table_may_be_a_quarter(dock: Dock) -> None:
    report = dock.table(week("watch", 4, "lead:ana"), name="2027-Q1")
    assert (str(report.horizon.first), str(report.horizon.last)) == ("2027-01-01", "2027-03-31")


def test_an_empty_table_says_nothing_to_audit(dock: Dock) -> None:
    with pytest.raises(BadRequest, match="holds no turn"):
        dock.table(name="mine")


def test_other_files_are_no_rotations(dock: Dock, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=r"must end in \.yaml, \.json or \.csv"):
        dock.judge("rotation.txt", "")


def test_figures_of_the_json_are_checked(dock: Dock) -> None:
    content = json.loads(in_json())
    line = {"id": "ana", "load_hours": 1.0, "available_hours": 16.0}
    content["members"] = [line, {"id": "ben"}, {"id": "chi"}, {"id": "dee"}]
    dock.write(duties=DUTIES)
    assert dock.document(content).false_figures == ()
    content["members"][0]["share_index"] = 5.0
    (told,) = dock.document(content).false_figures
    assert "Ana: the share index is stated as 5.00" in told


def test_published_rotas_give_the_published_figures(tmp_path: Path) -> None:
    # Fact: two or more at once on 154 of 243 days, three on 33, as the rotas were published.
    example = Path(__file__).parents[2] / "examples" / "firefox-triage"
    with example.joinpath("published.csv").open(encoding="utf-8") as file:
        published = [row for row in csv.DictReader(file) if row["end_inclusive"] >= "2026-01-01"]
    rows = [
        f",{row['rota']},lead,{row['start']},"
        f"{date.fromisoformat(row['end_inclusive']) + timedelta(days=1)},{row['person']}"
        for row in published
        if row["start"] <= "2026-08-31"
    ]
    path = tmp_path / "2026-01-01_2026-08-31.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    report = audit(example, path)
    assert (len(report.horizon), report.days_with_two, report.days_with_three) == (243, 154, 33)
