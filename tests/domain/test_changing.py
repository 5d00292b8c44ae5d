"""Changes one after the other: undo restores, revisions only grow, debts are remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event

from scheduler.calendars import feeds
from scheduler.domain.change import (
    Debt,
    Entry,
    Kind,
    Move,
    grants,
    next_id,
    overtaking,
    undone,
)
from scheduler.domain.changing import Words, apply, cover_debts, raised
from scheduler.domain.rotation import Rotation
from tests.calendars.making import directory, events, rotation, turn

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
DAYS = ["2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25"]
PEOPLE = ["ana", "ben", "cleo"]
WORDS = Words({}, {})


def weeks(*members: str) -> Rotation:
    """A turn at triage for each week of January."""
    return rotation(*(turn(day, member) for day, member in zip(DAYS, members, strict=False)))


def learning(value: Rotation) -> Rotation:
    """The same seats for those who learn."""
    return replace(value, placed=tuple(replace(seat, role="shadow") for seat in value.placed))


def entry(
    before: Rotation,
    kind: Kind,
    *moves: tuple[int, str],
    undoes: int | None = None,
    waives: tuple[str, ...] = (),
) -> Entry:
    """An entry that gives the seats of some weeks to others."""
    number = next_id(before.changes)
    return Entry(
        id=number,
        kind=kind,
        at=NOON + timedelta(hours=number),
        by="ana",
        moves=tuple(
            Move(*before.placed[week].key, before.placed[week].member, now) for week, now in moves
        ),
        undoes=undoes,
        waives=waives,
    )


def given_to(
    before: Rotation, kind: Kind, *moves: tuple[int, str], waives: tuple[str, ...] = ()
) -> Rotation:
    made = entry(before, kind, *moves, waives=waives)
    why = {move.key: f"{kind.value} {made.id}" for move in made.moves}
    return apply(before, made, Words(why, {}))


def taken_back(before: Rotation, number: int) -> Rotation:
    (wrong,) = [entry for entry in before.changes if entry.id == number]
    back = entry(before, Kind.undo, undoes=number)
    return apply(before, replace(back, moves=tuple(m.back for m in wrong.moves)), WORDS)


def holders(value: Rotation) -> list[str]:
    return [placed.member for placed in value.placed]


def revisions(value: Rotation) -> list[int]:
    return [placed.revision for placed in value.placed]


# --------------------------------------------------------------------------------------- revisions


def test_a_cover_raises_its_seat_and_the_partners_at_hand_over() -> None:
    after = given_to(weeks("ana", "ben", "cleo", "ben"), Kind.cover, (2, "ana"))
    assert holders(after) == ["ana", "ben", "ana", "ben"]
    assert revisions(after) == [0, 1, 1, 1]
    assert {placed.revised for placed in after.placed[1:]} == {NOON + timedelta(hours=1)}
    assert after.placed[0].revised is None


def test_a_partner_with_nobody_on_the_seat_has_nothing_to_show() -> None:
    after = given_to(weeks("ana", "", "cleo"), Kind.cover, (0, "ben"))
    assert revisions(after) == [1, 0, 0]


def test_a_partner_who_goes_on_with_the_same_words_is_left_alone() -> None:
    # Ben took over from nobody and still does: from himself or from an empty seat.
    after = given_to(weeks("", "ben"), Kind.cover, (0, "ben"))
    assert revisions(after) == [1, 0]


def test_a_learner_has_no_partner_at_hand_over() -> None:
    after = given_to(learning(weeks("ana", "ben", "cleo")), Kind.cover, (1, "cleo"))
    assert revisions(after) == [0, 1, 0]


def test_revisions_are_carried_over_from_the_seats_before() -> None:
    before = weeks("ana", "ben").placed
    before = (replace(before[0], revision=3, revised=NOON), before[1])
    drawn_anew = tuple(replace(placed, revision=0, revised=None) for placed in before)
    assert raised(before, drawn_anew, NOON + timedelta(hours=1)) == before


def test_who_does_not_hold_a_seat_cannot_give_it_away() -> None:
    made = entry(weeks("ana", "ben"), Kind.cover, (0, "cleo"))
    with pytest.raises(ValueError, match="ana does not hold triage@2027-01-04/lead"):
        apply(weeks("ben", "ben"), made, WORDS)


def test_a_seat_that_is_not_there_cannot_be_given() -> None:
    made = entry(weeks("ana", "ben"), Kind.cover, (1, "cleo"))
    with pytest.raises(ValueError, match="there is no seat triage@2027-01-11/lead"):
        apply(weeks("ana"), made, WORDS)


# -------------------------------------------------------------------------------------------- undo


def test_an_undo_restores_the_holder_and_the_waivers_before() -> None:
    first = given_to(weeks("ana"), Kind.override, (0, "ben"), waives=("skill",))
    second = given_to(first, Kind.cover, (0, "cleo"))
    assert second.placed[0].waives == ()
    assert taken_back(second, 2).placed[0].waives == ("skill",)
    assert taken_back(taken_back(second, 2), 1).placed[0].waives == ()


def test_a_later_change_of_the_same_seat_overtakes_until_it_is_undone() -> None:
    value = given_to(weeks("ana", "ben"), Kind.cover, (0, "ben"))
    first = value.changes[0]
    assert overtaking(value.changes, first) is None
    value = given_to(value, Kind.cover, (1, "cleo"))
    assert overtaking(value.changes, first) is None
    value = given_to(value, Kind.cover, (0, "cleo"))
    assert overtaking(value.changes, first) == value.changes[2]
    value = taken_back(value, 3)
    assert overtaking(value.changes, first) is None


def test_an_undo_can_itself_be_undone() -> None:
    value = taken_back(given_to(weeks("ana"), Kind.cover, (0, "ben")), 1)
    assert undone(value.changes) == {1}
    value = taken_back(value, 2)
    assert holders(value) == ["ben"]
    assert undone(value.changes) == {2}
    grant = grants(value.changes)["triage@2027-01-04", "lead"]
    assert grant.entry == value.changes[0]


@st.composite
def lives(draw: st.DrawFn) -> list[Rotation]:
    """A rotation and what became of it, step by step: covers, swaps, and undos in any order."""
    value = weeks(*draw(st.lists(st.sampled_from([*PEOPLE, ""]), min_size=4, max_size=4)))
    if draw(st.booleans()):
        value = learning(value)
    life = [value]
    for _ in range(draw(st.integers(1, 8))):
        gone = undone(value.changes)
        free = [
            old.id
            for old in value.changes
            if old.id not in gone and overtaking(value.changes, old) is None
        ]
        back: bool = draw(st.booleans())
        if free and back:
            value = taken_back(value, draw(st.sampled_from(free)))
        else:
            one, other = draw(st.permutations(range(4)))[:2]
            a, b = value.placed[one].member, value.placed[other].member
            if a and b and a != b and draw(st.booleans()):
                value = given_to(value, Kind.swap, (one, b), (other, a))
            else:
                takers = [member for member in PEOPLE if member != a]
                value = given_to(value, Kind.cover, (one, draw(st.sampled_from(takers))))
        life.append(value)
    return life


@given(lives())
def test_taking_everything_back_restores_every_holder(life: list[Rotation]) -> None:
    value = life[-1]
    while standing := [
        old.id
        for old in value.changes
        if old.id not in undone(value.changes)
        and old.kind is not Kind.undo
        and overtaking(value.changes, old) is None
    ]:
        value = taken_back(value, standing[-1])
    assert holders(value) == holders(life[0])
    assert all(seat.waives == () for seat in value.placed)


@given(lives())
def test_one_step_and_back_is_where_it_was(life: list[Rotation]) -> None:
    for before, after in pairwise(life):
        back = taken_back(after, after.changes[-1].id)
        assert holders(back) == holders(before)
        assert [seat.waives for seat in back.placed] == [seat.waives for seat in before.placed]
        granted = grants(back.changes)
        assert {key: granted[key] for key in grants(before.changes)} == grants(before.changes)


@given(lives())
def test_revisions_and_entries_only_grow(life: list[Rotation]) -> None:
    for before, after in pairwise(life):
        assert after.changes[:-1] == before.changes
        grown = zip(revisions(before), revisions(after), strict=True)
        assert all(old <= new <= old + 1 for old, new in grown)


@settings(max_examples=30)
@given(lives())
def test_feeds_keep_their_uids_and_raise_what_differs_and_nothing_else(
    life: list[Rotation],
) -> None:
    for before, after in pairwise(life):
        old = {event["UID"]: event for event in _shown(before)}
        for event in _shown(after):
            if event["UID"] in old:
                same = _bare(event) == _bare(old[event["UID"]])
                grown = event.decoded("SEQUENCE") - old[event["UID"]].decoded("SEQUENCE")
                assert grown == (0 if same else 1)
                assert same == (event.to_ical() == old[event["UID"]].to_ical())


def _shown(value: Rotation) -> list[Event]:
    found = events(feeds([value], directory())["team.ics"])
    return [event for event in found if event["SUMMARY"] != "Nothing assigned"]


def _bare(event: Event) -> dict[str, bytes]:
    stamps = {"SEQUENCE", "DTSTAMP", "LAST-MODIFIED"}
    return {key: value.to_ical() for key, value in event.items() if key not in stamps}


# ------------------------------------------------------------------------------------------- debts


def test_a_cover_leaves_a_debt_that_a_cover_in_return_settles() -> None:
    value = given_to(weeks("ana", "ben", "ana"), Kind.cover, (0, "ben"))
    assert cover_debts([value]) == (Debt("ana", "ben", 1, 240),)
    assert cover_debts([given_to(value, Kind.cover, (1, "ana"))]) == ()


def test_what_was_taken_back_or_nobody_held_leaves_no_debt() -> None:
    value = given_to(weeks("ana", ""), Kind.cover, (0, "ben"))
    assert cover_debts([taken_back(value, 1)]) == ()
    assert cover_debts([given_to(weeks("ana", ""), Kind.cover, (1, "ben"))]) == ()


def test_swaps_and_overrides_leave_no_debt() -> None:
    swapped = given_to(weeks("ana", "ben"), Kind.swap, (0, "ben"), (1, "ana"))
    assert cover_debts([swapped, given_to(weeks("ana"), Kind.override, (0, "ben"))]) == ()


def test_debts_add_up_over_rotations() -> None:
    covered = given_to(weeks("ana"), Kind.cover, (0, "ben"))
    assert cover_debts([covered, replace(covered, name="2027-Q2")]) == (Debt("ana", "ben", 2, 480),)
