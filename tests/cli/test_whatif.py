"""`rota whatif` as a person types it."""

import json
from pathlib import Path

from tests.actions.published import published
from tests.cli.conftest import Rota


def standing(folder: Path) -> Path:
    published(folder, t4="ana", t11="chi", t18="ben", t25="ana", release="ana")
    return folder


def test_it_shows_the_plans_side_by_side(rota: Rota, folder: Path) -> None:
    done = rota("whatif", standing(folder), "--without", "ana", "--quiet")
    assert done.code == 0
    assert "Today   Fewest moves   Planned anew" in done.out
    assert "Ana Silva" in done.out
    assert "Nothing was written." in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_json_says_what_the_table_says(rota: Rota, folder: Path) -> None:
    told = json.loads(rota("whatif", standing(folder), "--without", "ana", "--json").out)
    assert set(told["plans"]) == {"today", "kept", "anew"}
    kept = told["plans"]["kept"]
    assert kept["moved"] == [
        {"shift": "triage@2027-01-25", "seat": "lead", "was": "ana", "now": kept["moved"][0]["now"]}
    ]
    assert kept["moved"][0]["now"] in {"ben", "chi"}
    assert {member["id"] for member in kept["members"]} == {"ana", "ben", "chi"}
    assert "honeymoon" not in json.dumps(told)


def test_everybody_in_turn(rota: Rota, folder: Path) -> None:
    told = json.loads(rota("whatif", standing(folder), "--each-without", "-j", "2", "--json").out)
    assert {line["member"] for line in told["without"]} == {"ana", "ben"}
    alone = rota("whatif", folder, "--each-without", "-j", "1", "--json").out
    assert json.loads(alone) == told
    assert "Ben Okafor" in rota("whatif", folder, "--each-without", "-j", "1").out


def test_nobody_has_a_turn_to_come(rota: Rota, folder: Path) -> None:
    done = rota("whatif", standing(folder), "--each-without", "--on", "2027-02-20", "-j", "1")
    assert "Nobody has a turn to come." in done.out


def test_a_mistake_is_one_sentence_and_code_2(rota: Rota, folder: Path) -> None:
    done = rota("whatif", standing(folder), "--budget", "ann=3h")
    assert done.code == 2
    assert done.err == 'There is no member "ann"; did you mean "ana"?\n'
