"""What the audit says of the changes in a rotation file, and of turns that were missed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.audit import Report, audit

ROSTER = "team: Dock\nmembers: [{id: ana, budget: 8h}, {id: ben, budget: 8h}]\n"
DUTIES = """
duties:
  - {id: triage, kind: triage, cadence: weekly, effort: 4h, seats: [{seat: lead, must: true}]}
"""
ROTATION = """
name: january
first: 2027-01-04
last: 2027-01-17
published: 2026-12-20T09:00:00Z
tiers: [{name: must, price: 0, bound: 0, proved: true}]
shifts:
  - {id: triage@2027-01-04, duty: triage, first: 2027-01-04, last: 2027-01-10, seats: [
      {seat: lead, must: true, effort: 240, member: ben}]}
  - {id: triage@2027-01-11, duty: triage, first: 2027-01-11, last: 2027-01-17, seats: [
      {seat: lead, must: true, effort: 240, member: ana}]}
"""
Said = Callable[..., Report]
FIRST = "seats: [{shift: triage@2027-01-04, seat: lead, from: ana, to: ben}]"
SAME = "seats: [{shift: triage@2027-01-04, seat: lead, from: ben, to: ben}]"


@pytest.fixture
def said(tmp_path: Path) -> Said:
    def of(*changes: str, rotation: str = ROTATION) -> Report:
        (tmp_path / "roster.yaml").write_text(ROSTER)
        (tmp_path / "duties.yaml").write_text(DUTIES)
        path = tmp_path / "january.yaml"
        lines = "".join(f"  - {{{change}}}\n" for change in changes)
        path.write_text(rotation + (f"changes:\n{lines}" if lines else ""))
        return audit(tmp_path, path)

    return of


def test_changes_that_follow_one_another_are_fine(said: Said) -> None:
    report = said(f"id: 1, kind: cover, {FIRST}", f"id: 2, kind: done, {SAME}")
    assert report.broken == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((f"id: 2, kind: cover, {FIRST}", f"id: 2, kind: done, {SAME}"), "2 comes after change 2"),
        ((f"id: 1, kind: undo, {FIRST}, undoes: 4",), "undoes change 4, which is not there"),
        (
            (f"id: 1, kind: swap, {FIRST.replace('to: ben', 'to: ana')}",),
            "gives triage@2027-01-04/lead to ana, and it is held by ben",
        ),
    ],
)
def test_changes_that_do_not_fit_are_told(
    said: Said, changes: tuple[str, ...], sentence: str
) -> None:
    (breach,) = said(*changes).broken
    assert breach.rule == "changes"
    assert sentence in breach.sentence


def test_a_missed_turn_counts_for_nobody_until_it_is_taken_back(said: Said) -> None:
    missed, undone = f"id: 1, kind: missed, {SAME}", f"id: 2, kind: undo, {SAME}, undoes: 1"
    right = ROTATION.replace("price: 0", "price: 1")
    for changes, rotation, unfilled in (
        ((), ROTATION, ()),
        ((missed,), right, ("triage@2027-01-04/lead",)),
        ((missed, undone), ROTATION, ()),
        ((missed, f"id: 2, kind: done, {SAME}"), ROTATION, ()),
    ):
        report = said(*changes, rotation=rotation)
        assert (report.empty, report.false_figures, report.broken) == (unfilled, (), ())
        loads = {share.member: share.load for share in report.shares}
        assert loads == {"ana": 240, "ben": 0 if unfilled else 240}


GONE = """
dropped:
  - {id: triage@2027-01-18, duty: triage, first: 2027-01-18, last: 2027-01-24, seats: [
      {seat: lead, must: true, effort: 240, revision: 1, revised: 2027-01-05T09:00:00Z}]}
"""
DROPPED = "id: 1, kind: replan, seats: [{shift: triage@2027-01-18, seat: lead, from: ana}]"


def test_a_turn_that_was_dropped_stands_apart_and_counts_for_nobody(said: Said) -> None:
    report = said(DROPPED, rotation=ROTATION + GONE)
    assert (report.broken, report.turns) == ((), 2)


@pytest.mark.parametrize(
    ("rotation", "change", "sentence"),
    [
        (ROTATION, DROPPED, "is about triage@2027-01-18/lead, which is not there"),
        (ROTATION + GONE, DROPPED.replace("from:", "to:"), "to ana, and it is held by nobody"),
    ],
)
def test_a_change_about_a_turn_that_is_not_there_is_told(
    said: Said, rotation: str, change: str, sentence: str
) -> None:
    (breach,) = said(change, rotation=rotation).broken
    assert sentence in breach.sentence
