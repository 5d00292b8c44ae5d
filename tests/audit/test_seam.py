"""Turns of the last rotation that reach into the one that is judged."""

import pytest

from tests.audit.dock import Dock, rules, said

LAST = """\
name: 2026-Q4
first: 2026-10-01
last: 2027-01-03
{said}
shares: []
shifts:
  - {{id: {duty}@2026-12-30, duty: {duty}, first: 2026-12-30, last: {last}, seats: [
      {{seat: lead, effort: {effort}, member: ana}}]}}
"""
MISSED = (
    "changes: [{id: 1, kind: missed, seats: "
    "[{shift: triage@2026-12-30, seat: lead, from: ana, to: ana}]}]\n"
)
PUBLISHED = "published: 2026-09-01T00:00:00Z"


def reach(
    dock: Dock,
    duty: str = "triage",
    last: str = "2027-01-04",
    *,
    effort: int = 0,
    told: str = PUBLISHED,
    more: str = "",
) -> None:
    """Ana's turn from 30 December on, in the rotation before."""
    dock.folder.joinpath("rotations").mkdir()
    text = LAST.format(said=told, duty=duty, last=last, effort=effort) + more
    dock.folder.joinpath("rotations", "2026-Q4.yaml").write_text(text, encoding="utf-8")


def test_nobody_starts_a_turn_while_the_last_one_of_the_duty_lasts(dock: Dock) -> None:
    reach(dock)
    assert said(dock.week("triage", 4, "lead:ana"), "distinct_seats") == (
        "Ana still has triage@2026-12-30/lead of an earlier rotation on triage@2027-01-04/lead, "
        "of the same duty"
    )
    assert rules(dock.week("triage", 4, "lead:dee")) == set()
    assert rules(dock.week("triage", 11, "lead:ana")) == set()


def test_exclusive_duties_do_not_overlap_across_rotations(dock: Dock) -> None:
    reach(dock, "watch")
    assert rules(dock.week("triage", 4, "lead:ana")) == {"exclusive_duties"}
    assert rules(dock.week("review", 4, "lead:ana")) == set()


@pytest.mark.parametrize(
    ("last", "told", "more"),
    [("2027-01-03", PUBLISHED, ""), ("2027-01-04", "", ""), ("2027-01-04", PUBLISHED, MISSED)],
    ids=["over", "a draft", "missed"],
)
def test_what_does_not_reach_over_is_in_nobodys_way(
    dock: Dock, last: str, told: str, more: str
) -> None:
    reach(dock, last=last, told=told, more=more)
    assert rules(dock.week("triage", 4, "lead:ana")) == set()


@pytest.mark.parametrize(("effort", "broken"), [(960, set()), (964, {"weekly_budget"})])
def test_what_the_last_rotation_takes_of_a_week_is_gone(
    dock: Dock, effort: int, broken: set[str]
) -> None:
    # Four working days, of which Monday, a quarter of the effort, is in the first week; Ana has
    # eight hours a week, and triage takes four.
    reach(dock, "notes", effort=effort)
    report = dock.week("triage", 4, "lead:ana")
    assert rules(report) == broken
    if broken:
        assert "4.0 of 4.0 hours left by earlier rotations in week 1" in said(
            report, "weekly_budget"
        )
