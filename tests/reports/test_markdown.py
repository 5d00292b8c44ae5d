"""The page for a wiki."""

from dataclasses import replace

from scheduler.domain.people import Member
from scheduler.reports.markdown import as_list, as_markdown
from tests.reports.sample import ROSTER, rotation


def test_the_weeks_are_a_table() -> None:
    lines = as_markdown(rotation(), ROSTER).splitlines()
    assert "| Week of | Issue triage |" in lines
    assert "|  4 Jan | Ana |" in lines
    assert "| 11 Jan | – |" in lines


def test_gaps_and_shares_are_there() -> None:
    text = as_markdown(rotation(), ROSTER)
    assert "- Issue triage, lead (11–17 Jan, must): Ana is away then; Ben has not" in text
    assert "| Ana Silva | 12.0 | 9.0 | 1.33 |" in text
    learning = "2 of 3 shadow turns, 0 of 1 turn in the lead |"
    assert f"| Ben Okafor | triage: leads by 31 Mar 2027 | {learning}" in text


def test_a_name_cannot_break_out_of_its_cell() -> None:
    people = (Member(id="ana", name="A | <b>B</b> [x](y) `z`"),)
    line = as_list(rotation().placed[:1], replace(ROSTER, members=people)).splitlines()[2]
    assert r"A \| \<b\>B\</b\> \[x\](y) \`z\`" in line
