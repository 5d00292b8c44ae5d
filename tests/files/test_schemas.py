"""The published schemas are those of the code, and know what the code knows."""

from typing import Any

import pytest

from scheduler.files import schemas
from scheduler.files.schemas import FOLDER, texts
from scheduler.rules.book import RULES


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
