"""The published schemas are those of the code, and know what the code knows."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from scheduler.files import schemas
from scheduler.files.schemas import FOLDER, texts
from scheduler.rules.book import RULES
from tests.files.rosters import DUTIES, told, write


@pytest.mark.parametrize("name", ["roster", "duties", "policy", "rotation"])
def test_published_schemas_are_those_of_the_code(name: str) -> None:
    file = f"{name}.schema.json"
    assert FOLDER.joinpath(file).read_text(encoding="utf-8") == texts()[file], (
        "run python -m scheduler.files.schemas"
    )


def test_nothing_else_is_published() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(texts())


def found(schema: Any, key: str) -> list[Any]:
    """Every value under a key, wherever it is."""
    match schema:
        case dict():
            here = [schema[key]] if key in schema else []
            return here + [value for child in schema.values() for value in found(child, key)]
        case list():
            return [value for child in schema for value in found(child, key)]
        case _:
            return []


def test_editors_complete_every_rule_with_its_options_and_manual() -> None:
    policy = schemas()["policy"]
    (rules,) = [p for p in found(policy, "properties") if "weekly_budget" in p]
    assert list(rules) == [rule.id() for rule in RULES]
    assert "stays close to the draft" in rules["keep_draft"]["description"]
    options = policy["$defs"]["rest_options"]["properties"]
    assert set(options) == {"weight", "tier", "days"}
    assert options["days"]["default"] == 7


@pytest.mark.parametrize("name", ["roster", "duties", "policy", "rotation"])
def test_no_key_is_allowed_that_is_not_known(name: str) -> None:
    shapes = [schemas()[name], *schemas()[name]["$defs"].values()]
    closed = [shape for shape in shapes if shape.get("type") == "object"]
    assert closed
    assert all(shape["additionalProperties"] is False for shape in closed)


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ("cadence: weekly\n    term: 1w", True),
        ("cadence: weekly\n    term: 010d", True),
        ("cadence: weekly\n    term: 0d", False),
        ("cadence: weekly\n    term: 0", False),
        ("cadence: weekly\n    term: 1.5", False),
        ("cadence: weekly\n    term: -1w", False),
        ("cadence: weekly\n    rest: 0d", True),
        ("cadence: weekly\n    rest: -1d", False),
        ("cadence: weekly\n    seats: [{seat: lead, effort: -4}]", False),
        ("cadence: weekly\n    seats: [{seat: lead, offset: -1w}]", True),
        ("cadence: weekly\n    seats: [{seat: lead, offset: -3}]", True),
        ("cadence: weekly\n    seats: [{seat: lead, offset: soon}]", False),
        ("cadence: {milestones: hub, before: 12w, after: 0}", True),
        ("cadence: {milestones: hub, before: -1w}", False),
        ("cadence: {milestones: hub, after: -3}", False),
    ],
)
def test_editors_allow_a_length_where_check_does(tmp_path: Path, line: str, fine: bool) -> None:
    duties = DUTIES.replace("cadence: weekly", line)
    errors = [m for m in told(write(tmp_path, duties=duties)) if m.severity == "error"]
    assert (errors == []) is fine
    assert Draft202012Validator(schemas()["duties"]).is_valid(yaml.safe_load(duties)) is fine
