"""Keys of a roster about chat: read, refused with the remedy, and without a say in the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.reminding import Chat, Reminding
from scheduler.errors import BadFiles
from scheduler.files import read_team
from tests.actions.roster import change, roster


def test_without_a_word_about_it_everybody_hears_a_week_and_a_day_ahead(tmp_path: Path) -> None:
    chat = read_team(roster(tmp_path)).chat
    usual = Reminding(ahead=(7, 1), morning=True)
    assert chat == Chat("", 0, (), {"triage": usual, "release": usual})


def test_what_a_roster_settles_is_read_and_plans_stay_as_they_are(tmp_path: Path) -> None:
    before = read_team(roster(tmp_path)).inputs
    change(
        tmp_path,
        "roster.yaml",
        "members:",
        'slack: {channel: "#moons", digest: thu, group: "@on-duty"}\nmembers:',
    )
    change(
        tmp_path,
        "duties.yaml",
        "kind: triage",
        'kind: triage\n    remind: [1, 5, 3]\n    morning: false\n    group: ["@a", "@b"]',
    )
    team = read_team(tmp_path)
    assert team.chat.reminding("triage") == Reminding((5, 3, 1), False, ("@a", "@b"))
    assert (team.chat.channel, team.chat.digest, team.chat.groups) == ("#moons", 3, ("@on-duty",))
    assert team.inputs == before


def test_the_overview_can_be_switched_off(tmp_path: Path) -> None:
    change(roster(tmp_path), "roster.yaml", "members:", "slack: {digest: never}\nmembers:")
    assert read_team(tmp_path).chat.digest is None


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("slack: {digest: firday}", '"firday" is not a weekday; did you mean "friday"?'),
        ("slack: {channel: moons}", '"moons" is not a channel; write it in quotes'),
        ("slack: {group: moons}", '"moons" is not the handle of a user group'),
        ("slack: {chanel: x}", 'did you mean "channel"?'),
    ],
)
def test_slips_in_the_roster_are_told(tmp_path: Path, written: str, sentence: str) -> None:
    change(roster(tmp_path), "roster.yaml", "members:", f"{written}\nmembers:")
    with pytest.raises(BadFiles) as bad:
        read_team(tmp_path)
    assert sentence in str(bad.value)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("remind: [0]", "should be at least 1, not 0"),
        ("remind: [91]", "90"),
        ("remind: 7", "list"),
        ("group: [3]", "text"),
    ],
)
def test_slips_in_the_duties_are_told(tmp_path: Path, written: str, sentence: str) -> None:
    change(roster(tmp_path), "duties.yaml", "kind: triage", f"kind: triage\n    {written}")
    with pytest.raises(BadFiles) as bad:
        read_team(tmp_path)
    assert sentence in str(bad.value)
