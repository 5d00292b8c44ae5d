"""Whatever stands in the files of a roster, the answer is a team or sentences, no traceback."""

import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from scheduler.files.located import parse_yaml
from tests.files.rosters import told
from tests.files.test_manual import EXAMPLES

FILES = sorted(EXAMPLES)
ODD: list[Any] = [
    *(None, True, -1, 0, 7, 10**17, 1.5, "", "x", "-", "off", "2027-01-04", "99999h", "9999w"),
    *("1-99", "Europe", "\t", "<<", "5%", "0001-01-01", "9999-12-31", "x@2027-01-04", [], {}),
    *([None], [[]], {"first": "2027-01-04"}, {"x": {}}, ["x", "x"], {"every": 3}, {"dates": [1]}),
]


def read(texts: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in texts.items():
            folder.joinpath(f"{file}.yaml").write_text(text, encoding="utf-8")
        for mistake in told(folder):
            lines = texts[Path(mistake.file).stem].split("\n")
            # What is missing at the end may be told in the line after it.
            assert 1 <= mistake.line <= len(lines) + 1
            assert "\n" not in mistake.sentence
            assert " object at 0x" not in mistake.sentence


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    match data:
        case dict():
            below = list(data.items())
        case list():
            below = list(enumerate(data))
        case _:
            below = []
    return [path, *(found for key, value in below for found in places(value, (*path, key)))]


def changed(data: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> None:
    for step in path[:-1]:
        data = data[step]
    change(data, path[-1])


@given(st.data())
def test_values_that_nobody_expects(data: st.DataObject) -> None:
    trees = {name: parse_yaml(text, name).data for name, text in EXAMPLES.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        tree = trees[data.draw(st.sampled_from(FILES))]
        options = places(tree)[1:]
        if not options:
            continue
        path = data.draw(st.sampled_from(options))
        if data.draw(st.booleans()):
            changed(tree, path, lambda parent, key: parent.pop(key))
        else:
            odd = deepcopy(data.draw(st.sampled_from(ODD)))
            # mypy cannot infer a lambda with a default.
            changed(tree, path, lambda parent, key, odd=odd: parent.__setitem__(key, odd))  # type: ignore[misc]
    read({name: yaml.safe_dump(tree) for name, tree in trees.items()})


@given(st.sampled_from(FILES), st.data())
def test_text_that_is_cut_and_pasted(name: str, data: st.DataObject) -> None:
    lines = EXAMPLES[name].split("\n")
    start = data.draw(st.integers(0, len(lines)))
    end = data.draw(st.integers(start, len(lines)))
    target = data.draw(st.integers(0, len(lines)))
    pasted = lines[:target] + lines[start:end] + lines[target:]
    kept = pasted if data.draw(st.booleans()) else lines[:start] + lines[end:]
    read({**EXAMPLES, name: "\n".join(kept)})
