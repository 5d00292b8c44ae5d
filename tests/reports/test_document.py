"""The JSON, held against its own documentation."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.rotation import Share
from scheduler.reports.document import document
from tests.reports.sample import ANA, BEN, REASONS, rotation

MANUAL = Path(__file__).parents[2].joinpath("docs/json.md").read_text(encoding="utf-8")
EXAMPLE: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", MANUAL, re.DOTALL)[0])


def documented(section: str) -> list[str]:
    """The keys in the table of a section of the manual."""
    text = MANUAL.split(f"## {section}\n")[1].split("\n## ")[0]
    rows = [row.split("|")[1] for row in text.splitlines() if row.startswith("| `")]
    return [key for row in rows for key in re.findall(r"`(\w+)`", row)]


def test_the_keys_are_those_of_the_manual() -> None:
    told = document(rotation())
    assert list(told) == documented("The rotation") == list(EXAMPLE)
    assert [list(tier) for tier in told["tiers"]] == [documented("A tier")] * 2
    assert list(told["members"][0]) == documented("A member") == list(EXAMPLE["members"][0])
    assert list(told["training"][0]) == documented("A training goal")
    assert told["training"] == EXAMPLE["training"]
    assert told["bus_factor"][:1] == EXAMPLE["bus_factor"]


@pytest.mark.parametrize("part", ["assignments", "unfilled"])
def test_the_keys_of_seats_are_those_of_the_manual(part: str) -> None:
    for seat in document(rotation())[part]:
        assert list(seat) == list(EXAMPLE[part][0])
        assert set(seat) <= set(documented("An assignment or an unfilled seat"))


def test_whole_days_are_dates_and_timed_duties_instants() -> None:
    first, _, call = document(rotation())["assignments"][:3]
    assert (first["start"], first["end"]) == ("2027-01-04", "2027-01-11")
    assert call["start"] == "2027-01-12T16:00:00+00:00"
    assert call["end"] == "2027-01-12T17:00:00+00:00"
    assert call["upstream"] is None


def test_an_empty_seat_has_its_reasons_and_an_empty_shadow_is_no_gap() -> None:
    (gap,) = document(rotation())["unfilled"]
    assert (gap["shift"], gap["seat"]) == ("triage@2027-01-11", "lead")
    assert gap["reasons"] == list(REASONS)


def test_share_indices_are_scaled_to_the_mean_of_the_team() -> None:
    # 810 minutes are held of 810 that are fair, so the mean is 1: 720/540 and 90/270.
    members = document(rotation())["members"]
    assert [(m["id"], m["share_index"]) for m in members] == [("ana", 1.333), ("ben", 0.333)]


def test_a_part_keeps_the_share_indices_of_the_whole() -> None:
    whole = rotation()
    part = replace(whole, shares=whole.shares[1:])
    assert document(part, whole)["members"][0]["share_index"] == 0.333


def test_who_can_hold_no_seat_has_no_share_index() -> None:
    shares = (*rotation().shares, Share("chi", 0, 0, 0, 0, 0))
    assert document(replace(rotation(), shares=shares))["members"][2]["share_index"] is None


def test_it_is_plain_data() -> None:
    told = document(rotation())
    assert json.loads(json.dumps(told)) == told
    assert {m["id"] for m in told["members"]} == {ANA.id, BEN.id}
