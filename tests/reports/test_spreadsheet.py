"""Rows for a spreadsheet."""

import csv
from io import StringIO

from scheduler.reports.spreadsheet import COLUMNS, as_csv
from tests.reports.sample import rotation


def test_a_row_for_each_seat_that_is_held_or_should_be() -> None:
    rows = list(csv.DictReader(StringIO(as_csv(rotation()))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["member"] for row in rows] == ["ana", "ben", "", "ben", "ana", "ana"]
    assert rows[0] | {"must": ""} == {
        "shift": "triage@2027-01-04",
        "duty": "triage",
        "seat": "lead",
        "start": "2027-01-04",
        "end": "2027-01-11",
        "member": "ana",
        "upstream": "hub",
        "role": "lead",
        "must": "",
        "effort_hours": "4.0",
    }
    assert rows[3]["end"] == "2027-01-12T17:00:00+00:00"
