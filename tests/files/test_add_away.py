"""Days of absence are added to a roster as a person would add them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.span import Span
from scheduler.errors import BadFiles, BadRequest, RotaError
from scheduler.files import read_team
from scheduler.files.add_away import add_away
from tests.actions.roster import roster

SPAN = Span(date(2027, 2, 1), date(2027, 2, 6))
HEAD = "team: Moons\ninstallation: 0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f10\nmembers:\n"
DAYS = "{first: 2027-02-01, last: 2027-02-05}"
BEN = "  - {id: ben, name: Ben, budget: 8h, skills: [triage, release]}\n"
OTHER = "{first: 2027-01-04, last: 2027-01-05}"


def budgeted(text: str) -> str:
    """With the budget that everybody states."""
    text = text.replace("id: ana,", "id: ana, budget: 8h,")
    return text.replace("id: ana\n", "id: ana\n    budget: 8h\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  - {id: ana, name: Ana, skills: [triage]}  # why\n",
            f"  - {{id: ana, name: Ana, skills: [triage], away: [{DAYS}]}}  # why\n",
        ),
        (
            f"  - {{id: ana, name: Ana, away: [{OTHER}], skills: [triage]}}\n",
            f"  - {{id: ana, name: Ana, away: [{OTHER}, {DAYS}], skills: [triage]}}\n",
        ),
        (
            "  - {id: ana, name: Ana, away: [], skills: [triage]}\n",
            f"  - {{id: ana, name: Ana, away: [{DAYS}], skills: [triage]}}\n",
        ),
        (
            "  - id: ana\n    name: Ana  # chosen\n    skills: [triage]\n\n  # Ben is new.\n",
            "  - id: ana\n    name: Ana  # chosen\n    skills: [triage]\n"
            f"    away: [{DAYS}]\n\n  # Ben is new.\n",
        ),
        (
            f"  - id: ana\n    away:\n      - {OTHER}  # skiing\n    name: Ana\n",
            f"  - id: ana\n    away:\n      - {OTHER}  # skiing\n      - {DAYS}\n    name: Ana\n",
        ),
        (
            "  - id: ana\n    away:\n    - first: 2027-01-04\n      last: 2027-01-05\n"
            "    name: Ana",
            "  - id: ana\n    away:\n    - first: 2027-01-04\n      last: 2027-01-05\n"
            f"    - {DAYS}\n    name: Ana",
        ),
        ("  - id: ana\n    name: Ana", f"  - id: ana\n    name: Ana\n    away: [{DAYS}]\n"),
    ],
)
def test_only_the_days_are_added(tmp_path: Path, before: str, after: str) -> None:
    roster(tmp_path)
    path = tmp_path / "roster.yaml"
    path.write_text(HEAD + BEN + budgeted(before), encoding="utf-8")
    add_away(tmp_path, "ana", SPAN)
    assert path.read_text(encoding="utf-8") == HEAD + BEN + budgeted(after)
    ana = next(member for member in read_team(tmp_path).members if member.id == "ana")
    assert SPAN in ana.away


def test_nobody_else_is_touched_and_nobody_unknown_is_added(tmp_path: Path) -> None:
    roster(tmp_path)
    with pytest.raises(BadRequest, match="no member zoe"):
        add_away(tmp_path, "zoe", SPAN)


def test_what_cannot_be_added_to_safely_is_left_alone(tmp_path: Path) -> None:
    roster(tmp_path)
    path = tmp_path / "roster.yaml"
    # The same list for two members: adding to one would send both away.
    text = (
        f"{HEAD}  - {{id: ana, name: Ana, budget: 8h, away: &both [{OTHER}], skills: [release]}}\n"
        "  - {id: ben, name: Ben, budget: 8h, away: *both, skills: [triage]}\n"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RotaError) as refused:
        add_away(tmp_path, "ben", SPAN)
    assert "cannot be added to safely" in str(refused.value)
    assert path.read_text(encoding="utf-8") == text


def test_a_mistake_is_told_at_the_roster(tmp_path: Path) -> None:
    roster(tmp_path)
    with pytest.raises(BadFiles) as bad:
        add_away(tmp_path, "ben", Span(date(9027, 1, 1), date(9027, 1, 2)))
    assert str(bad.value).startswith(f"{tmp_path / 'roster.yaml'}:")
