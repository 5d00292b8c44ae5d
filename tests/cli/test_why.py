"""``rota why``, as a person and as a program calls it."""

import json
from pathlib import Path

import pytest

from tests.actions.roster import change
from tests.cli.conftest import Rota

DAYS = ("--from", "2027-01-04", "--to", "2027-01-31")


@pytest.fixture
def planned(rota: Rota, folder: Path) -> Path:
    assert rota("plan", folder, *DAYS, "--write").code == 0
    return folder


def test_who_alone_can_do_it(rota: Rota, planned: Path) -> None:
    done = rota("why", planned, "release@2027-01-11", "--seat", "lead")
    said = " ".join(done.out.split())
    assert done.code == 0
    assert said.startswith("Release, lead (11 Jan 2027): Ana Silva Without Ana Silva, the price of")
    assert "the price of backlog rises from 0 to 4; nobody holds it then" in said
    assert "release@2027-01-11/lead is left out, worth 4" in said
    assert "Ben Okafor is away on 5 of its 10 days." in said
    assert "Chi Nguyen has not reached the level leads in release." in said
    assert max(map(len, done.out.splitlines())) <= 80


def test_why_not_somebody_who_is_away_tells_no_reason_of_it(rota: Rota, planned: Path) -> None:
    done = rota("why", planned, "triage", "2027-01-13", "--not", "ben")
    said = " ".join(done.out.split())
    assert "In no plan does Ben Okafor hold it: Ben Okafor is away then." in said
    assert "honeymoon" not in done.out + done.err


def test_an_empty_seat_names_what_would_fill_it(rota: Rota, folder: Path) -> None:
    # Ana has the triage of the first of its two weeks: Ben is away, and Chi has too little time.
    change(folder, "duties.yaml", "effort: 6h", "effort: 16h")
    change(folder, "roster.yaml", "budget: 4h", "budget: 2h")
    assert rota("plan", folder, *DAYS, "--write").code == 0
    done = rota("why", folder, "release", "--seat", "lead")
    said = " ".join(done.out.split())
    assert "Release, lead (11 Jan 2027): nobody" in said
    assert "- give Ana Silva 3 more hours in week 2" in said


def test_json_holds_the_claims(rota: Rota, planned: Path) -> None:
    done = rota("why", planned, "release@2027-01-11", "--seat", "lead", "--json")
    told = json.loads(done.out)
    (answer,) = told["answers"]
    assert (told["schema"], told["broken"]) == (1, [])
    assert (answer["question"], answer["member"], answer["taker"]) == ("without", "ana", None)
    backlog = next(tier for tier in answer["tiers"] if tier["name"] == "backlog")
    assert backlog == {"name": "backlog", "before": 0, "after": 4, "bound": 4, "proved": True}
    assert {fact["members"][0] for fact in answer["facts"]} == {"ben", "chi"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), 'There is no shift "nothing" in this rotation'),
        (("triage",), '"triage" may be 4 shifts, such as triage@2027-01-04'),
        (("release", "--seat", "leed"), 'has no seat "leed"; did you mean "lead"?'),
        (("release", "--not", "bem"), 'There is no member "bem"; did you mean "ben"?'),
    ],
)
def test_a_wrong_call_says_what_there_is(
    rota: Rota, planned: Path, words: tuple[str, ...], said: str
) -> None:
    done = rota("why", planned, *words)
    assert done.code == 2
    assert said in done.err


def test_a_plan_changed_by_hand_is_judged_as_it_stands(rota: Rota, planned: Path) -> None:
    (path,) = planned.joinpath("rotations").glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    for other in ("ben", "chi"):
        text = text.replace(f"member: {other}", "member: ana")
    path.write_text(text, encoding="utf-8")
    done = rota("why", planned, "triage@2027-01-25", "--not", "chi")
    said = " ".join(done.out.split())
    assert "the highest share falls from" in said
    assert "So this plan is not the best one" in said
