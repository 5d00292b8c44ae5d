"""Whatever the files hold, the audit answers with a sentence or a report, never a traceback."""

import json
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.audit import audit, render
from scheduler.audit.source import read_yaml
from scheduler.errors import BadFiles, RotaError
from tests.audit.dock import DUTIES, HEADER, ROSTER, Dock, week
from tests.audit.test_claim import YAML, in_json

BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BROKEN_YAML = {
    "a bomb": BOMB,
    "a cycle": "team: &x [*x]",
    "an unknown alias": "team: *nobody",
    "too deep": "[" * 200_000,
    "two documents": "a: 1\n---\nb: 2",
    "a key twice": "a: 1\na: 2",
    "not YAML": "a: [b",
    "a control character": "a: \x01",
    "a bad escape": '"\\U99999999"',
    "a list": "- a\n- b",
    "a word": "hello",
    "a key that is a list": "? [a]\n: b",
}


@pytest.mark.parametrize("text", BROKEN_YAML.values(), ids=BROKEN_YAML.keys())
@pytest.mark.parametrize("name", ["roster", "duties", "policy", "mine"])
def test_broken_yaml_is_told_with_its_place(dock: Dock, name: str, text: str) -> None:
    dock.folder.joinpath("mine.yaml").write_text(YAML, encoding="utf-8")
    dock.folder.joinpath(f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFiles) as raised:
        audit(dock.folder, dock.folder / "mine.yaml")
    assert f"{name}.yaml:" in str(raised.value)


@pytest.mark.parametrize("name", ["roster.yaml", "duties.yaml", "mine.yaml", "mine.csv"])
@pytest.mark.parametrize("kind", ["bytes", "folder", "absent"])
def test_what_is_no_text_file_is_told(dock: Dock, name: str, kind: str) -> None:
    path = dock.folder / name
    path.unlink(missing_ok=True)
    if kind == "bytes":
        path.write_bytes(b"\xff\xfe\x00team")
    elif kind == "folder":
        path.mkdir()
    rotation = path if name.startswith("mine") else dock.folder / "2027-Q1.csv"
    dock.folder.joinpath("2027-Q1.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(BadFiles, match=name):
        audit(dock.folder, rotation)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("budget: 8h", "budget: lots", "not a duration"),
        ("first: 2027-01-13", "first: 2027-13-13", "not a date"),
        ("first: 2027-01-13", "first: 0027-01-13", "clearly wrong"),
        ("last: 2027-01-14", "last: 2027-01-01", "before first"),
        ("America/New_York", "America/Nowhere", "not a time zone"),
        ("America/New_York", "../../etc/passwd", "not a time zone"),
        ("09:00-17:00", "nine to five", "not a time"),
        ("days: [mon, tue]", "days: [noday]", "not a weekday"),
        ("review: learning", "review: guru", "not a level"),
        ("  - {id: ana", "  - {id: ben", "here twice"),
        ("team: Dock", "crew: Dock", '"team" is missing'),
        ("members:", "people:", '"members" is missing'),
    ],
)
def test_mistakes_of_a_roster_are_told_with_their_line(
    dock: Dock, old: str, new: str, words: str
) -> None:
    assert old in ROSTER
    dock.write(roster=ROSTER.replace(old, new, 1))
    with pytest.raises(BadFiles) as raised:
        dock.week("watch", 4, "lead:ana")
    assert raised.value.mistakes[0].file.endswith("roster.yaml")
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("cadence: weekly", "cadence: {every: blue moon}", "no step"),
        ("cadence: weekly", "cadence: {every: 0 weeks}", "no step"),
        ("cadence: weekly", "cadence: {every: month, on: noon}", "not a day of the month"),
        ("cadence: weekly", "cadence: sometimes", "not a cadence"),
        ("effort: 4h", "effort: {a: b}", "expected one word"),
        ('at: "16:00"', 'at: "26:00"', "not a time"),
        ("lasts: 1h", "lasted: 1h", '"lasts" is missing'),
        ("seats: [lead,", "seats: [shadow,", "here twice"),
        ("id: watch", "id: triage", "here twice"),
        ("seats: [lead, {seat", "seats: [lead, {count: many, seat", "not a count"),
    ],
)
def test_mistakes_of_duties_are_told(dock: Dock, old: str, new: str, words: str) -> None:
    assert old in DUTIES
    dock.write(duties=DUTIES.replace(old, new, 1))
    with pytest.raises(BadFiles, match=words):
        dock.week("watch", 4, "lead:ana")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("shift,duty\n", "must name seat, start, end, member"),
        ("", "must name shift"),
        (f"{HEADER}\na,b,c,d,e,f,g\n", "more entries"),
        (f"{HEADER}\na,triage\n", "is missing here"),
        (f"{HEADER}\na,triage,lead,soon,later,ana\n", "not a date"),
        (f"{HEADER}\na,triage,lead,2027-01-04,2027-01-04,ana\n", "ends before it begins"),
        (f"{HEADER}\na,call,lead,2027-01-04T10:00,2027-01-04T11:00,ana\n", "lacks its offset"),
        (f"{HEADER}\na,call,lead,2027-01-04T10:00Z,2027-01-04T09:00Z,ana\n", "ends before"),
        (f'{HEADER}\na,"triage\n', "not CSV"),
    ],
)
def test_mistakes_of_a_table_are_told(dock: Dock, text: str, words: str) -> None:
    with pytest.raises(BadFiles, match=words):
        dock.judge("mine.csv", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "[" * 200_000,
        '{"assignments": 3, "from": "2027-01-04", "to": "2027-01-05"}',
        '{"assignments": [], "from": 20270104, "to": "x"}',
        '{"assignments": [[]], "from": "2027-01-04", "to": "2027-01-05"}',
        json.dumps({"assignments": [], "from": "2027-01-05", "to": "2027-01-04"}),
    ],
)
def test_mistakes_of_the_json_are_told(dock: Dock, text: str) -> None:
    with pytest.raises(BadFiles, match=r"mine\.json"):
        dock.judge("mine.json", text)


def test_what_a_sentence_quotes_is_short_and_cannot_upset_a_terminal(dock: Dock) -> None:
    dock.write(roster=ROSTER.replace("budget: 8h", f'budget: "\\e[31m{"x" * 5000}"', 1))
    with pytest.raises(BadFiles) as raised:
        dock.week("watch", 4, "lead:ana")
    assert "?[31mxxx" in str(raised.value)
    assert len(str(raised.value)) < 1000


def test_a_word_is_text_until_somebody_says_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("on: off\nat: 09:00\nno: ~\nkept: '~'\n", encoding="utf-8")
    node = read_yaml(path)
    assert [node[key].value for key in ("on", "at", "no", "kept")] == ["off", "09:00", None, "~"]


SOURCES = {
    "roster.yaml": ROSTER,
    "duties.yaml": DUTIES,
    "mine.yaml": YAML,
    "mine.json": in_json(),
    "mine.csv": "\n".join([HEADER, week("triage", 4, "lead:ana"), week("watch", 4, "lead:ben")]),
}


@settings(max_examples=300)
@given(st.sampled_from(sorted(SOURCES)), st.integers(0, 2**32))
def test_damaged_files_never_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    dock = Dock(tmp_path_factory.mktemp("dock"))
    dock.write()
    dock.folder.joinpath("mine.yaml").write_text(YAML, encoding="utf-8")
    dock.folder.joinpath(name).write_text(damaged(SOURCES[name], Random(seed)), encoding="utf-8")
    rotation = dock.folder / (name if name.startswith("mine") else "mine.yaml")
    # Anything else that is raised fails the test.
    with suppress(RotaError):
        assert render(audit(dock.folder, rotation))


def damaged(text: str, random: Random) -> str:
    """The text with a few words swapped, dropped, doubled or made strange."""
    words = text.replace(",", " , ").replace(":", " : ").split(" ")
    for _ in range(random.randint(1, 4)):
        position = random.randrange(len(words))
        strange = random.choice(["", "-1", "99999999999", "[]", "{}", "null", "\u2028", '"', "*a"])
        words[position] = random.choice([strange, random.choice(words), words[position] * 2])
    return " ".join(words).replace(" , ", ",").replace(" : ", ":")
