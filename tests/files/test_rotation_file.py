"""What is written is read again, and what people change by hand is understood or refused."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.people import Level
from scheduler.domain.rotation import Rotation, TierResult
from scheduler.domain.span import Span
from scheduler.domain.training import BusFactor, Progress, Turns
from scheduler.errors import BadFiles
from scheduler.files import read_rotation
from scheduler.files.located import parse_yaml
from scheduler.files.rotation_file import in_order, written
from scheduler.files.rotation_shape import RotationShape, rotation_of
from scheduler.files.shape import check
from tests.files.rotations import SEAM, placed, rotation, rotations


def read(text: str) -> Rotation:
    return rotation_of(check(RotationShape, parse_yaml(text, "f"), "f"))


def by_time(value: Rotation) -> Rotation:
    return replace(value, placed=tuple(s for _, seats in in_order(value.placed) for s in seats))


@given(rotations())
def test_every_rotation_comes_back(value: Rotation) -> None:
    assert read(written(value)) == by_time(value)


@given(rotations(), st.randoms(use_true_random=False))
def test_the_order_of_shifts_does_not_matter(value: Rotation, chance: random.Random) -> None:
    shifts = in_order(value.placed)
    chance.shuffle(shifts)
    shuffled = replace(value, placed=tuple(seat for _, seats in shifts for seat in seats))
    assert written(shuffled) == written(value)


@given(rotations())
def test_other_readers_of_yaml_see_the_same_words(value: Rotation) -> None:
    loaded = yaml.safe_load(written(value))
    assert loaded["team"] == value.team
    assert loaded["name"] == value.name
    seats = [seat for shift in loaded["shifts"] or [] for seat in shift["seats"]]
    for seat, want in zip(seats, by_time(value).placed, strict=True):
        assert seat["seat"] == want.seat
        assert seat.get("member", "") == want.member
        assert tuple(seat.get("empty", ())) == want.reasons


EXPECTED = """\
schema: 1
team: Tiny
name: 2027-Q1
first: 2027-01-01
last: 2027-03-31
published: 2026-12-01T09:00:00Z
inputs: sha256:00
version: "0.1.0"
seed: 0
tiers:
  - {name: must, price: 0, bound: 0, proved: true}
  - {name: fairness, price: [1050, 1000], bound: [1050, 0], proved: false, given: 2}
shares:
  - {member: ana, available: 6240, load: 1200, fair: 1210, entitlement: 1180, carried: 30}
shifts:
  - id: hub@2027-01-04
    duty: hub
    upstream: jupyterhub
    first: 2027-01-04
    last: 2027-01-10
    seats:
      - {seat: lead, role: lead, must: true, effort: 240, member: ana, pinned: true, \
why: "Only Ana may hold it."}
      - {seat: second, role: secondary, first: 2027-01-11, last: 2027-01-17, effort: 60, \
empty: ["Ben is away then, so far"]}
  - id: calls@2027-01-06
    duty: calls
    first: 2027-01-06
    last: 2027-01-06
    start: 2027-01-04T15:00:00Z
    end: 2027-01-04T16:00:00Z
    seats:
      - {seat: lead, role: lead, effort: 60, member: "no", revision: 2, \
revised: 2027-01-04T15:00:00Z}
"""
GIVEN = rotation(
    placed(
        "calls@2027-01-06",
        duty="calls",
        upstream="",
        span=Span(date(2027, 1, 6), date(2027, 1, 7)),
        start=SEAM,
        end=SEAM + timedelta(hours=1),
        effort=60,
        must=False,
        member="no",
        why="",
        revision=2,
        revised=SEAM,
    ),
    placed(pinned=True),
    placed(
        seat="second",
        role="secondary",
        span=Span(date(2027, 1, 11), date(2027, 1, 18)),
        effort=60,
        must=False,
        member="",
        why="",
        reasons=("Ben is away then, so far",),
    ),
    published=datetime(2026, 12, 1, 9, tzinfo=UTC),
    tiers=(
        TierResult("must", 0, 0, True),
        TierResult("fairness", (1050, 1000), (1050, 0), False, 2),
    ),
)


def test_the_layout() -> None:
    lines = written(GIVEN).splitlines(keepends=True)
    assert "".join(line for line in lines if not line.startswith("#")) == EXPECTED


GROWTH = """\
training:
  - {member: ben, skill: hub, level: leads, by: 2027-03-31, shadow: 2, shadow_turns: 2, lead: 1, \
lead_turns: 1, leads_from: 2027-03-08, reached: true}
  - {member: chi, skill: hub, level: shadowed, shadow: 0, shadow_turns: 2, lead: 0, lead_turns: 0}
bus_factor:
  - {duty: hub, now: 1, after: 2}
"""


def test_how_far_people_are_takes_a_line_each() -> None:
    grown = replace(
        GIVEN,
        training=(
            Progress(
                "ben",
                "hub",
                Level.leads,
                date(2027, 3, 31),
                done=Turns(2, 1),
                needed=Turns(2, 1),
                leads_from=date(2027, 3, 8),
                reached=True,
            ),
            Progress("chi", "hub", Level.shadowed, None, done=Turns(), needed=Turns(shadow=2)),
        ),
        bus_factors=(BusFactor("hub", 1, 2),),
    )
    assert written(grown) == written(GIVEN).replace("shifts:\n", f"{GROWTH}shifts:\n")


def test_one_changed_holder_is_one_changed_line() -> None:
    before = rotation(*(placed(seat=f"s{number}") for number in range(5)))
    changed = replace(before.placed[2], member="ben")
    after = replace(before, placed=(*before.placed[:2], changed, *before.placed[3:]))
    one, other = written(before).splitlines(), written(after).splitlines()
    assert sum(left != right for left, right in zip(one, other, strict=True)) == 1


def test_a_member_written_into_an_empty_seat_holds_it() -> None:
    text = EXPECTED.replace("effort: 60, empty", "effort: 60, member: ben, pinned: true, empty")
    seat = read(text).placed[1]
    assert (seat.member, seat.pinned, seat.reasons) == ("ben", True, ())


def test_what_nobody_can_see_never_reaches_the_file() -> None:
    seat = read(written(rotation(placed(why="a\u2028b\x00c\ud800")))).placed[0]
    assert seat.why == "a b c "


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("schema: 1", "schema: 2", 1, 9, "schema"),
        ("member: ana, p", "membre: ana, p", 22, 59, 'did you mean "member"?'),
        ("role: secondary", "role: seconary", 23, 30, 'did you mean "secondary"?'),
        ("seat: second,", "seat: lead,", 23, 16, 'the seat "lead" is in this shift twice'),
        ("id: calls@2027-01-06", "id: hub@2027-01-04", 24, 9, "is here twice"),
        ("last: 2027-01-10", "last: 2027-01-01", 20, 11, "is before first"),
        ("2026-12-01T09:00:00Z", "2026-12-01T09:00:00", 6, 12, "is not a moment"),
        ("effort: 240", "effort: 4h", 22, 54, "should be a whole number"),
        ("last: 2027-03-31", "last: 2026-03-31", 5, 7, "is before first"),
        ("    duty: calls\n", "", 24, 5, '"duty" is missing'),
    ],
)
def test_mistakes_have_their_place(old: str, new: str, line: int, column: int, words: str) -> None:
    assert old in EXPECTED
    with pytest.raises(BadFiles) as caught:
        read(EXPECTED.replace(old, new, 1))
    (mistake,) = caught.value.mistakes
    assert words in mistake.sentence
    assert (mistake.line, mistake.column) == (line, column)


def test_a_copied_file_must_be_renamed_inside(tmp_path: Path) -> None:
    path = tmp_path / "2027-Q2.yaml"
    path.write_text(EXPECTED)
    with pytest.raises(BadFiles, match=r'2027-Q2.yaml:3:7: .*should be "2027-Q2"'):
        read_rotation(path)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFiles, match="there is no such file"):
        read_rotation(tmp_path / "2027-Q1.yaml")
