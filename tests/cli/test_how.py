"""``rota plan --how``."""

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from scheduler.actions import plan
from scheduler.solver import Limits
from tests.cli.conftest import Rota

DAYS = ("--from", "2027-01-04", "--to", "2027-01-31")
MANUAL = Path(__file__).parents[2] / "docs" / "json.md"


def test_the_table_names_the_means_and_fits_80_columns(rota: Rota, folder: Path) -> None:
    out = rota("plan", folder, *DAYS, "--how").out
    lines = out[out.index("How the plan came about") :].splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.startswith("fairness ") and " start " in line]


def test_without_it_nothing_is_said_and_the_file_is_the_same(rota: Rota, folder: Path) -> None:
    assert "came about" not in rota("plan", folder, *DAYS, "--write").out
    (file,) = folder.joinpath("rotations").glob("*.yaml")
    plain = file.read_bytes()
    file.unlink()
    assert rota("plan", folder, *DAYS, "--write", "--how").code == 0
    assert file.read_bytes() == plain


def test_json_has_every_step_as_documented(rota: Rota, folder: Path) -> None:
    assert "how" not in json.loads(rota("plan", folder, *DAYS, "--json").out)
    said = json.loads(rota("plan", folder, *DAYS, "--json", "--how").out)
    manual = MANUAL.read_text(encoding="utf-8")
    assert {name["name"] for name in said["tiers"]} == {step["tier"] for step in said["how"]}
    assert said["how"][0]["means"] == "start"
    assert said["how"][0]["price"][0] is None
    for step in said["how"]:
        assert all(f"`{key}`" in manual for key in (*step, step["means"]))


def test_a_draft_that_stands_was_not_planned(rota: Rota, folder: Path) -> None:
    rota("plan", folder, *DAYS, "--write")
    assert "--fresh" in rota("plan", folder, *DAYS, "--how").out
    assert json.loads(rota("plan", folder, *DAYS, "--how", "--json").out)["how"] == []


def test_it_tells_of_one_roster_only(rota: Rota, folder: Path) -> None:
    done = rota("plan", folder, folder, *DAYS, "--how")
    assert done.code == 2
    assert "--how" in done.err


def test_the_work_asked_for_is_what_may_be_spent(
    rota: Rota, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Mock(wraps=plan.make)
    monkeypatch.setattr(plan, "make", make)
    for more in ((), ("--work", "0.5")):
        assert rota("plan", folder, *DAYS, *more).code == 0
    assert [call.args[0].request.work for call in make.mock_calls] == [Limits().work, 0.5]


def test_no_work_at_all_is_refused(rota: Rota, folder: Path) -> None:
    refused = rota("plan", folder, *DAYS, "--work", "0")
    assert refused.code == 2
    assert "--work" in refused.err
