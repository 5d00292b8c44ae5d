"""contributions.yaml: a log beside the roster, with mistakes at their place."""

from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.contributions import Contribution
from scheduler.files import read_team
from tests.files.rosters import told, write

LOG = """\
contributions:
  - {member: ben, date: 2027-02-06, hours: 90m, what: A talk}
  - {member: ana, date: 2027-01-09, hours: 3h, upstream: hub, what: A patch}
"""


def logged(folder: Path, text: str = LOG) -> Path:
    write(folder)
    folder.joinpath("contributions.yaml").write_text(text, encoding="utf-8")
    return folder


def test_they_are_read_in_order_of_time(tmp_path: Path) -> None:
    assert read_team(logged(tmp_path)).contributions == (
        Contribution("ana", date(2027, 1, 9), 180, "A patch", "hub"),
        Contribution("ben", date(2027, 2, 6), 90, "A talk"),
    )


def test_no_plan_depends_on_them(tmp_path: Path) -> None:
    without = read_team(write(tmp_path))
    assert without.contributions == ()
    assert read_team(logged(tmp_path)).inputs == without.inputs


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("member: ana", "member: anna", 3, 14, 'there is no member "anna"; did you mean "ana"?'),
        ("upstream: hub", "upstream: hubb", 3, 58, 'did you mean "hub"?'),
        ("hours: 3h", "hours: 3x", 3, 44, "is not an amount of work"),
        ("hours: 3h", "hours: 0h", 3, 44, "write from 1m to 1000h"),
        (", what: A talk", "", 2, 5, '"what" is missing'),
        ("date: 2027-01-09", "date: 2207-01-09", 3, 25, "is clearly wrong"),
    ],
)
def test_mistakes_are_told_at_their_place(
    tmp_path: Path, old: str, new: str, line: int, column: int, words: str
) -> None:
    (mistake,) = told(logged(tmp_path, LOG.replace(old, new)))
    assert (mistake.file, mistake.line, mistake.column) == ("contributions.yaml", line, column)
    assert words in mistake.sentence
