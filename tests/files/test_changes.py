"""The changes at the end of a rotation file: written on one line each, read, and held against the
seats above them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadFiles
from scheduler.files import parse_rotation, read_team
from scheduler.files.rotation_file import written
from tests.files.rosters import ROSTER, write
from tests.files.rotations import ids, instants, lines, placed, rotation, texts

NOON = datetime(2027, 1, 2, 12, tzinfo=UTC)
SEAT = "hub@2027-01-04", "lead"
TAKEN = Move(*SEAT, "", "ana")
COVER = Entry(1, Kind.cover, NOON, "ben", (TAKEN,), note="thanks", waives=("skill",))
UNDO = Entry(2, Kind.undo, NOON, "ben", (TAKEN.back,), on_behalf="ana", undoes=1)
EMPTY = placed(member="", why="", reasons=("Ana is away then",))

EXPECTED = """\
changes:
  - {id: 1, kind: cover, at: 2027-01-02T12:00:00Z, by: ben, \
seats: [{shift: hub@2027-01-04, seat: lead, to: ana}], note: thanks, waives: [skill]}
  - {id: 2, kind: undo, at: 2027-01-02T12:00:00Z, by: ben, for: ana, \
seats: [{shift: hub@2027-01-04, seat: lead, from: ana}], undoes: 1}
"""


def text(*entries: Entry) -> str:
    return written(rotation(EMPTY, changes=entries, published=NOON))


def test_a_change_is_one_line_at_the_end() -> None:
    assert text(COVER, UNDO).endswith(EXPECTED)
    assert text(COVER, UNDO).startswith(text(COVER)[: text().index("shifts:")])


def test_a_file_without_changes_does_not_speak_of_them() -> None:
    assert "changes" not in text()
    assert "waives" not in text()


def test_waivers_stand_at_their_seat() -> None:
    value = rotation(placed(waives=("skill", "never")))
    assert "waives: [skill, never]}" in written(value)
    assert parse_rotation(written(value), "f") == value


entries = st.builds(
    Entry,
    id=st.just(1),
    kind=st.sampled_from(list(Kind)),
    at=instants,
    by=ids | st.just(""),
    moves=st.lists(
        st.builds(Move, lines, ids, ids | st.just(""), ids | st.just("")), max_size=3
    ).map(tuple),
    on_behalf=ids | st.just(""),
    note=texts,
    waives=st.lists(ids, max_size=2).map(tuple),
)


@given(entries)
def test_any_change_comes_back(entry: Entry) -> None:
    value: Rotation = rotation(changes=(entry,))
    assert parse_rotation(written(value), "f") == value
    loaded = yaml.safe_load(written(value))["changes"][0]
    assert loaded.get("note", "") == entry.note


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: 2, kind", "id: 1, kind", "change 1 comes after change 1; number the changes anew"),
        ("undoes: 1", "undoes: 2", "there is no change 2 before this one to undo"),
        ("kind: cover", "kind: covr", 'did you mean "cover"?'),
        ("from: ana}", "from: ana, to: chi}", "gives hub@2027-01-04/lead to chi"),
        ("effort: 240, empty", "effort: 240, member: chi, empty", "above it is held by chi"),
    ],
)
def test_changes_that_cannot_be_are_told(old: str, new: str, words: str) -> None:
    whole = text(COVER, UNDO)
    assert old in whole
    with pytest.raises(BadFiles) as caught:
        parse_rotation(whole.replace(old, new, 1), "f")
    (mistake,) = caught.value.mistakes
    assert words in mistake.sentence
    assert whole.splitlines()[mistake.line - 1].startswith("  - {id: ")


def test_what_two_people_left_in_conflict_is_told_at_its_line() -> None:
    theirs = "<<<<<<< ours\n" + EXPECTED.splitlines()[1] + "\n=======\n>>>>>>> theirs\n"
    with pytest.raises(BadFiles) as caught:
        parse_rotation(text() + "changes:\n" + theirs, "f")
    (mistake,) = caught.value.mistakes
    assert mistake.line == text().count("\n") + 2
    assert mistake.sentence.startswith("git could not merge two edits here")


def test_leads_and_the_bound_on_moves_are_read(tmp_path: Path) -> None:
    roster = ROSTER.replace("{id: ana,", "{id: ana, lead: true,", 1)
    assert roster != ROSTER
    team = read_team(write(tmp_path, roster, policy="most_moves: 10\n"))
    assert (team.leads, team.most_moves) == (("ana",), 10)
    assert read_team(write(tmp_path / "other")).most_moves is None
