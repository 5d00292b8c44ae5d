"""Every file gives either plain data with places, or sentences; never a traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.errors import BadFiles, Mistake
from scheduler.files import syntax
from scheduler.files.composer import MOST_MISTAKES, Limits
from scheduler.files.located import Data, Located, parse_yaml, read_yaml

ROOT = Path(__file__).parents[2]
IN_PYTHON = yaml.SafeLoader
PARSERS = [IN_PYTHON, yaml.CSafeLoader] if yaml.__with_libyaml__ else [IN_PYTHON]


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the test with each parser: which one is there depends on the platform."""
    monkeypatch.setattr(syntax, "PARSER", request.param)
    return request.param


both_parsers = pytest.mark.usefixtures("parser")


def mistakes_in(text: str, limits: Limits | None = None) -> list[Mistake]:
    with pytest.raises(BadFiles) as caught:
        parse_yaml(text, "f.yaml", limits or Limits())
    return list(caught.value.mistakes)


def only_mistake(text: str, limits: Limits | None = None) -> tuple[int, int, str]:
    (mistake,) = mistakes_in(text, limits)
    assert mistake.file == "f.yaml"
    return mistake.line, mistake.column, mistake.sentence


def read_bytes(folder: Path, content: bytes, limits: Limits | None = None) -> Located:
    path = folder / "f.yaml"
    path.write_bytes(content)
    return read_yaml(path, "f.yaml", limits or Limits())


def mistakes_in_bytes(
    folder: Path, content: bytes, limits: Limits | None = None
) -> tuple[Mistake, ...]:
    with pytest.raises(BadFiles) as caught:
        read_bytes(folder, content, limits)
    return caught.value.mistakes


def count(data: Data) -> int:
    """How many values there are, counted without recursion."""
    total, left = 0, [data]
    while left:
        value = left.pop()
        total += 1
        if isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
    return total


# ------------------------------------------------------------------------ what words mean


@both_parsers
@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("No", "No"),
        ("y", "y"),
        ("n", "n"),
        ("NO", "NO"),
        ("true", True),
        ("False", False),
        ("16:00", "16:00"),
        ("9:30", "9:30"),
        ("190:20:30", "190:20:30"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12e5", "12e5"),
        ("1.5e999", "1.5e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("8", 8),
        ("-3", -3),
        ("0", 0),
        ("6.5", 6.5),
        ("6.5h", "6.5h"),
        ("1" * 18, int("1" * 18)),
        ("1" * 5000, "1" * 5000),
        ("null", None),
        ("~", None),
        ("2027-01-04", date(2027, 1, 4)),
        ("2027-1-4", "2027-1-4"),
        ("2027-01-04 16:00", "2027-01-04 16:00"),
        ("2027-01-04T16:00:00Z", "2027-01-04T16:00:00Z"),
        ("'2027-01-04'", "2027-01-04"),
        ('"8"', "8"),
        ("!!str 8", "8"),
        ("! 8", "8"),
        ("!!int 8", 8),
        ("=", "="),
        ("+1", 1),
    ],
)
def test_a_word_means_what_it_looks_like(word: str, meaning: object) -> None:
    data = parse_yaml(f"value: {word}\n", "f.yaml").data
    assert data == {"value": meaning}
    assert isinstance(data, dict)
    assert type(data["value"]) is type(meaning)


@both_parsers
def test_keys_are_text_as_written() -> None:
    data = parse_yaml("on: monday\nno: 1\n1: a\n2027-01-04: b\ntrue: c\n~: d\n", "f").data
    assert data == {"on": "monday", "no": 1, "1": "a", "2027-01-04": "b", "true": "c", "~": "d"}


@both_parsers
def test_a_date_that_no_calendar_has() -> None:
    line, column, sentence = only_mistake("first: 2027-02-30\n")
    assert (line, column) == (1, 8)
    assert sentence.startswith("2027-02-30 is no date of any calendar; ")


# ---------------------------------------------------------------------------------- places

TEAM = """\
# a team
team: 2i2c
members:
  - id: ana
    skills: {triage: leads,
             release: learning}
  - id: ben
    away:
"""


@both_parsers
@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("team",), (2, 7), (2, 1)),
        (("members",), (4, 3), (3, 1)),
        (("members", 0), (4, 5), (4, 5)),
        (("members", 0, "id"), (4, 9), (4, 5)),
        (("members", 0, "skills"), (5, 13), (5, 5)),
        (("members", 0, "skills", "release"), (6, 23), (6, 14)),
        (("members", 1, "away"), (8, 10), (8, 5)),
    ],
)
def test_every_value_and_key_has_its_place(
    loc: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]
) -> None:
    located = parse_yaml(TEAM, "f.yaml")
    assert located.at(loc) == value
    assert located.at_key(loc) == key


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("nobody",), (2, 1)),
        (("members", 1, "name"), (7, 5)),
        (("members", 1, "name", 3, "deep"), (7, 5)),
        (("members", 9), (4, 3)),
        (("members", "ana"), (4, 3)),
        (("team", "name"), (2, 7)),
        (("members", -1), (4, 3)),
    ],
)
def test_what_is_not_there_stands_at_its_nearest_parent(
    loc: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    located = parse_yaml(TEAM, "f.yaml")
    assert located.at(loc) == place
    assert located.at_key(loc) == place


def test_a_value_can_be_shown_as_it_was_written() -> None:
    located = parse_yaml("a: 1.10\nb: '007'\nc: [1]\n", "f.yaml")
    assert located.written(("a",)) == "1.10"
    assert located.written(("b",)) == "007"
    assert located.written(("c",)) is None
    assert located.written(("d",)) is None


@both_parsers
def test_places_count_characters_and_any_line_end() -> None:
    located = parse_yaml("é: x\r\n日本: [ü, z]\r\n", "f.yaml")
    assert located.at(("é",)) == (1, 4)
    assert located.at(("日本", 1)) == (2, 9)


# ------------------------------------------------------------------------- anchors and merges


@both_parsers
def test_an_alias_stands_where_it_is_used_and_its_parts_where_they_are_written() -> None:
    located = parse_yaml("base: &b {hours: 8}\nana: *b\n", "f.yaml")
    assert located.data == {"base": {"hours": 8}, "ana": {"hours": 8}}
    assert located.at(("ana",)) == (2, 6)
    assert located.at(("ana", "hours")) == (1, 18)


def test_aliases_share_no_list_or_dict() -> None:
    data = parse_yaml("a: &x [1]\nb: *x\n", "f.yaml").data
    assert isinstance(data, dict)
    assert data["a"] == data["b"]
    assert data["a"] is not data["b"]


@both_parsers
def test_merge_keys_fill_in_what_is_not_written_and_the_first_counts() -> None:
    text = """\
one: &one {a: 1, b: 1}
two: &two {b: 2, c: 2}
both: {<<: [*one, *two], c: 3}
same: {c: 3, <<: *two}
quoted: {"<<": x}
"""
    data = parse_yaml(text, "f.yaml").data
    assert isinstance(data, dict)
    assert data["both"] == {"a": 1, "b": 1, "c": 3}
    assert data["same"] == {"b": 2, "c": 3}
    assert data["quoted"] == {"<<": "x"}


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("a: {<<: 3}\n", 1, 9, '"<<" merges mappings'),
        ("a: &a [1]\nb: {<<: *a}\n", 1, 8, '"<<" merges mappings'),
        ("a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a\n", 4, 3, "in line 3 and in line 4"),
        ("a: *b\n", 1, 4, "there is no anchor &b above"),
        ("a: &x 1\nb: &x 2\n", 2, 4, "&x is already in line 1"),
    ],
)
def test_wrong_anchors_and_merges(text: str, line: int, column: int, part: str) -> None:
    found = only_mistake(text)
    assert found[:2] == (line, column)
    assert part in found[2]


@both_parsers
@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]\n",
        "a: &a {b: *a}\n",
        "a: &a {<<: *a}\n",
        "&a a: &b\n  c: [d, {e: *b}]\n",
        "--- &root\na: [*root]\n",
    ],
)
def test_a_cycle_is_named(text: str) -> None:
    _, _, sentence = only_mistake(text)
    assert "is inside itself" in sentence


def bomb(levels: int, width: int, leaf: str = "lol") -> str:
    lines = [f"a0: &a0 [{', '.join([leaf] * width)}]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]")
    return "\n".join(lines) + "\n"


@both_parsers
@pytest.mark.parametrize(
    "text",
    [
        bomb(9, 9),
        bomb(40, 2),
        bomb(55, 50),
        "a0: &a0 {k: 1}\n"
        + "".join(
            f"a{n}: &a{n} {{x: {{<<: *a{n - 1}}}, y: *a{n - 1}, z: *a{n - 1}}}\n"
            for n in range(1, 25)
        ),
        "a: &a '" + "x" * 100_000 + "'\nb: [" + ", ".join(["*a"] * 200) + "]\n",
    ],
)
def test_a_bomb_is_refused_before_anything_grows(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grown(node: object) -> None:
        pytest.fail("data were made")

    monkeypatch.setattr("scheduler.files.located._plain", grown)
    _, _, sentence = only_mistake(text)
    assert sentence.startswith("up to here aliases repeat more than 100,000 values; ")


def test_the_bound_on_aliases_counts_what_they_grow_to() -> None:
    text = bomb(3, 4)  # 16 + 4 lists of 4 words each, and 4 lists of those
    copies = 4 * 5 + 4 * (1 + 4 * 5)
    data = parse_yaml(text, "f.yaml", Limits(copies=copies)).data
    assert count(data) == 1 + 5 + (1 + 4 * 5) + (1 + 4 * (1 + 4 * 5))
    only_mistake(text, Limits(copies=copies - 1))


def test_aliases_cannot_nest_deeper_than_lists() -> None:
    levels = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 70))
    line, _, sentence = only_mistake("a0: &a0 [x]\n" + levels)
    assert line == 60
    assert "inside one another" in sentence


# ------------------------------------------------------------------------------ hostile files


@both_parsers
@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 50_000, "[{a: " * 9_000, "&a [" * 61],
)
def test_deep_nesting_is_refused_where_it_gets_too_deep(text: str) -> None:
    *_, mistake = mistakes_in(text)
    assert mistake.line == 1
    assert "more than 60 lists or keys are inside one another" in mistake.sentence


@both_parsers
def test_the_deepest_nesting_that_is_allowed() -> None:
    assert count(parse_yaml("[" * 60 + "]" * 60, "f.yaml").data) == 60
    only_mistake("[" * 61 + "]" * 61)


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"a: bcdef", Limits(bytes=8)).data == {"a": "bcdef"}
    (mistake,) = mistakes_in_bytes(tmp_path, b"a: bcdefg", Limits(bytes=8))
    assert mistake.sentence == "this file is larger than 8 bytes; split it or shorten it"
    path = tmp_path / "sparse.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(BadFiles, match="this file is larger than 4 MiB"):
        read_yaml(path, "sparse.yaml")


def test_a_file_of_very_many_values_is_refused() -> None:
    assert parse_yaml("[1, 2, 3]", "f.yaml", Limits(values=4)).data == [1, 2, 3]
    _, column, sentence = only_mistake("[1, 2, 3, 4]", Limits(values=3))
    assert column == 11
    assert sentence == "this file holds more than 3 keys and values; split it"


@pytest.mark.parametrize(
    ("content", "line", "column", "part"),
    [
        (b"a: 1\nb: caf\xe9 x\n", 2, 7, "line 2 is not UTF-8: byte 0xE9 at offset 11"),
        (b"\xef\xbb\xbfa: \xff\n", 1, 4, "byte 0xFF at offset 6"),
        ("é: \n".encode() + b"\x80", 2, 1, "byte 0x80 at offset 5"),
        (b"a: \xed\xa0\x80\n", 1, 4, "byte 0xED at offset 3"),
        ("a: 1\n".encode("utf-16"), 1, 1, "this file is UTF-16; save it as UTF-8"),
    ],
)
def test_what_is_not_utf_8(
    tmp_path: Path, content: bytes, line: int, column: int, part: str
) -> None:
    (mistake,) = mistakes_in_bytes(tmp_path, content)
    assert (mistake.line, mistake.column) == (line, column)
    assert part in mistake.sentence


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    located = read_bytes(tmp_path, b"\xef\xbb\xbfteam: x\n")
    assert located.data == {"team": "x"}
    assert located.at(("team",)) == (1, 7)


def test_every_invisible_character_is_found(tmp_path: Path) -> None:
    content = "a: 1\x00\nb: \x1b[31m\r\nc: \u2028\x85 \ufeff\n".encode()
    found = mistakes_in_bytes(tmp_path, content)
    assert [(one.line, one.column) for one in found] == [(1, 5), (2, 4), (3, 4), (3, 5), (3, 7)]
    assert found[0].sentence == "an invisible character (U+0000) stands here; delete it"


@both_parsers
@pytest.mark.parametrize("escape", [r"\0", r"\x07", r"\uD800", r"\N", r"\U00110000"])
def test_escapes_cannot_smuggle_invisible_characters_in(escape: str) -> None:
    line, _, _ = only_mistake(f'a: "x{escape}y"\n')
    assert line == 1


@both_parsers
@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\n\tb: 2\n", 2), ("a:\n\t- x\n", 2), ("a:\n  b: 1\n\tc: 2\n", 3)]
)
def test_a_tab_for_indentation(text: str, line: int) -> None:
    assert only_mistake(text) == (line, 1, "this line is indented with a tab; use spaces")


@both_parsers
def test_all_tabs_are_counted_at_once() -> None:
    _, _, sentence = only_mistake("a:\n\tb: 1\n\tc: 2\n  \td: 3\ne: 4\n")
    assert sentence == "this line is indented with a tab; use spaces, also in 2 more lines below"


@both_parsers
@pytest.mark.parametrize(
    ("text", "column", "tag"),
    [
        ("a: !!python/object/apply:os.system [ls]\n", 4, "!!python/object/apply:os.system"),
        ("a: !foo bar\n", 4, "!foo"),
        ("a: !foo {b: 1}\n", 4, "!foo"),
        ("!!set {a}\n", 1, "!!set"),
        ("a: !!binary aGk=\n", 4, "!!binary"),
        ("a: !!map 3\n", 4, "!!map"),
        ("a: !!str [b]\n", 4, "!!str"),
    ],
)
def test_unknown_tags_are_refused(text: str, column: int, tag: str) -> None:
    assert only_mistake(text) == (1, column, f'the tag "{tag}" is not known here; delete it')


def test_a_tag_that_says_what_is_not_so() -> None:
    assert only_mistake("a: !!int x\n")[2] == "this is not what !!int says; delete !!int"


@both_parsers
@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "a: 1\n---\n", "a: 1\n...\n---\nb\n"])
def test_one_document_a_file(text: str) -> None:
    _, _, sentence = only_mistake(text)
    assert sentence.startswith("a second document starts here; ")


@both_parsers
@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n", "---\n", "--- # nothing\n...\n"])
def test_an_empty_file(text: str) -> None:
    _, _, sentence = only_mistake(text)
    assert sentence == "this file is empty; write something into it or delete it"


@both_parsers
def test_a_key_written_twice_names_both_lines() -> None:
    text = "a: 1\nb:\n  c: 1\n  'c': 2\na: 3\n"
    assert [(one.line, one.column, one.sentence) for one in mistakes_in(text)] == [
        (4, 3, '"c" is written twice, in line 3 and in line 4; keep one of them'),
        (5, 1, '"a" is written twice, in line 1 and in line 5; keep one of them'),
    ]


@both_parsers
def test_keys_must_be_text() -> None:
    assert only_mistake("[a, b]: 1\n")[:2] == (1, 1)
    assert only_mistake("? {a: 1}\n: 2\n")[2].startswith("a list or mapping cannot be a key")


@both_parsers
def test_mistakes_before_the_place_where_reading_ends_are_told_too() -> None:
    found = mistakes_in("a: 1\na: 2\nb: !foo 1\nc: 2027-13-01\nd: 'x\n")
    assert [one.line for one in found] == [2, 3, 4, 5]
    assert found[-1].sentence == "this quote is never closed; close it"


def test_the_list_of_mistakes_has_an_end() -> None:
    found = mistakes_in("a: 1\n" * 10_000)
    assert len(found) == MOST_MISTAKES + 1
    assert found[-1].line == MOST_MISTAKES + 1


@both_parsers
@pytest.mark.parametrize(
    ("text", "line", "column", "remedy"),
    [
        ("why: fix: it\n", 1, 9, "put the whole text in quotes"),
        ("slack: @ana\n", 1, 8, 'a text cannot start with "@"; put it in quotes'),
        ("a: `x`\n", 1, 4, 'a text cannot start with "`"; put it in quotes'),
        ("a: 50% x\nb: %x\n", 2, 4, 'a text cannot start with "%"; put it in quotes'),
        ("a: [1, 2\nb: 3\n", 2, 2, "the list that began in line 1 lacks"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "indent it exactly like its neighbours"),
        ("a: 1\n- b\n", 2, 1, "indent it exactly like its neighbours"),
        ("a: 'it's'\n", 1, 8, "the value before this has already ended"),
        ("* a\n* b\n", 1, 1, 'begin list entries with "- "'),
        ("a: - b\n", 1, 4, "a list cannot start here"),
        ("a: }\n", 1, 4, "a value is missing here"),
        ("a: !e!x 1\n", 1, 4, "tags (words that start with !) are not known here"),
        ("a: |x\n  b\n", 1, 4, "the text starts on the next line"),
        ("members:\n  ana\n  ben: 1\n", 3, 6, "see that the line above has its"),
    ],
)
def test_what_is_not_yaml_is_told_with_a_remedy(
    text: str, line: int, column: int, remedy: str
) -> None:
    found = only_mistake(text)
    assert found[:2] == (line, column)
    assert remedy in found[2]


def test_the_parser_in_c_may_be_absent() -> None:
    code = """
import sys
sys.modules["yaml._yaml"] = None
from scheduler.files.located import parse_yaml
from scheduler.files.syntax import PARSER
assert PARSER.__name__ == "SafeLoader"
assert parse_yaml("on: 16:00", "f.yaml").data == {"on": "16:00"}
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


# ----------------------------------------------------------------------- what is no plain file


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadFiles) as caught:
        read_yaml(tmp_path / "roster.yaml", "team/roster.yaml")
    sentence = "there is no such file; create it or correct the path"
    assert str(caught.value) == f"team/roster.yaml:1:1: {sentence}"


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadFiles, match="this is a folder, not a file"):
        read_yaml(tmp_path, "team")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(BadFiles, match="this is not a plain file"):
        read_yaml(pipe, "pipe")


def test_links_in_a_circle_and_impossible_names(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for path in (tmp_path / "a", tmp_path / ("x" * 5000), tmp_path / "a\0b"):
        with pytest.raises(BadFiles, match="cannot be read"):
            read_yaml(path, "a")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "f.yaml"
    path.write_text("a: 1")
    monkeypatch.setattr(Path, "open", forbidden)  # root may read everything
    with pytest.raises(BadFiles, match="you may not read this file; give yourself"):
        read_yaml(path, "f.yaml")


# ------------------------------------------------------------------------------ any bytes at all

PIECES = st.sampled_from(
    [
        *("a", "b: ", "- ", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", ": ", "? ", "&x ", "*x"),
        *("<<: ", "!!str ", "!foo ", "'", '"', "|\n", ">\n", "#", "---\n", "...\n", "%YAML 1.2\n"),
        *(
            "2027-01-04",
            "2027-99-99",
            "1e5",
            "\\",
            "\\x",
            "\\U00110000",
            "\x00",
            "é",
            "\r",
            "%",
            "@",
        ),
        *("\ufeff", "\u2028", "\x85", "~", "1" * 400, "!<", "!%FF ", "%YAML 1.", "!!int "),
    ]
)
ANYTHING = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(str.encode),
    st.lists(PIECES, max_size=40).map("".join).map(str.encode),
)


def outcome(path: Path) -> Located | BadFiles:
    try:
        return read_yaml(path, "fuzz.yaml")
    except BadFiles as bad:
        return bad


def assert_data_or_mistakes(folder: Path, content: bytes) -> None:
    path = folder / "fuzz.yaml"
    path.write_bytes(content)
    found = outcome(path)
    if isinstance(found, Located):
        # The parser in C counts the end of the file as a line of its own.
        last = content.count(b"\n") + content.count(b"\r") + 2
        for loc in paths(found.data):
            line, column = found.at(loc)
            assert 1 <= line <= last
            assert column >= 1
        return
    assert found.mistakes
    for mistake in found.mistakes:
        assert mistake.line >= 1
        assert mistake.column >= 1
        assert len(str(mistake).splitlines()) == 1
        str(mistake).encode()


def paths(data: Data, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield here
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*here, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from paths(value, (*here, index))


@pytest.mark.parametrize("loader", PARSERS, ids=lambda loader: loader.__name__)
@given(content=ANYTHING)
@example(b"%YAML 1." + b"9" * 5000 + b"\n---\na: 1\n")
@example(b'a: "\\U00110000"')
@example(b"a: !<%FF> b")
@example(b"? ? ? a")
@example(b"\xff\xfe")
def test_any_bytes_give_data_or_mistakes(
    tmp_path_factory: pytest.TempPathFactory, loader: Any, content: bytes
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax, "PARSER", loader)
        assert_data_or_mistakes(tmp_path_factory.getbasetemp(), content)


VISIBLE = st.characters(
    exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"
)
JSON = st.recursive(
    st.one_of(st.text(VISIBLE, max_size=8), st.integers(-999, 999), st.booleans()),
    lambda inner: st.one_of(
        st.lists(st.one_of(inner, st.none()), max_size=4),
        st.dictionaries(st.text(VISIBLE, max_size=5), inner, max_size=4),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("loader", PARSERS, ids=lambda loader: loader.__name__)
@given(data=JSON)
def test_json_is_read_as_it_is_meant(loader: Any, data: Data) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax, "PARSER", loader)
        assert parse_yaml(json.dumps(data, ensure_ascii=False), "f.yaml").data == data
