"""docs/files.md names every key there is, and its example is a roster without mistakes."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, TypeAdapter

from scheduler.domain.duties import FOUNDATIONAL_KINDS
from scheduler.files import read_team, schemas
from scheduler.files.cadences import CadenceShape
from scheduler.files.located import parse_yaml
from scheduler.files.shape import check
from scheduler.files.words import LEVELS, WISHES
from tests.files.rosters import told, write

MANUAL = Path(__file__).parents[2].joinpath("docs", "files.md").read_text(encoding="utf-8")
EXAMPLES = dict(
    re.findall(r"^(\w+)\.yaml:\n\n```yaml\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
)


def test_the_full_example_has_no_mistakes(tmp_path: Path) -> None:
    assert told(write(tmp_path, EXAMPLES["roster"], EXAMPLES["duties"], EXAMPLES["policy"])) == []
    assert len(read_team(tmp_path).duties) == 7


@pytest.mark.parametrize(
    "name", ["roster", "duties", "policy", "rotation", "contributions", "away.lock"]
)
def test_every_key_is_in_the_manual(name: str) -> None:
    shapes = [schemas()[name], *schemas()[name]["$defs"].values()]
    keys = {
        key
        for shape in shapes
        # The options of rules are in docs/rules.md, from the rules themselves.
        if shape.get("title") != "RulesShape" and not str(shape.get("title")).endswith("options")
        for key in shape.get("properties", {})
    }
    coded = " ".join(re.findall(r"`[^`]+`", MANUAL.replace("```", "")))
    assert {key for key in keys if not re.search(rf"\b{key}\b", coded)} == set()


@pytest.mark.parametrize("word", [*LEVELS, *WISHES, *FOUNDATIONAL_KINDS])
def test_every_word_of_a_list_is_in_the_manual(word: str) -> None:
    assert f"`{word}`" in MANUAL


def test_every_cadence_of_the_manual_is_understood() -> None:
    table = MANUAL.partition("### Cadences")[2].partition("The id of a shift")[0]
    written = [
        cadence
        for row in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
        for cadence in re.findall("`([^`]+)`", row)
    ]
    assert len(written) > 10
    shape: TypeAdapter[BaseModel] = TypeAdapter(CadenceShape)
    for cadence in written:
        check(shape, parse_yaml(cadence, "manual"), "manual")
