from __future__ import annotations

from dataclasses import replace

from scheduler.domain.rotation import Placed, Rotation
from scheduler.review.compare import Comparison, compare
from tests.rules.builders import days


def turn(day: int, member: str, seat: str = "lead", duty: str = "hub") -> Placed:
    return Placed(
        shift=f"{duty}@2027-01-{day:02}",
        seat=seat,
        duty=duty,
        upstream="",
        role="lead",
        span=days(day, day + 6),
        start=None,
        end=None,
        effort=240,
        must=True,
        member=member,
    )


def rotation(*placed: Placed) -> Rotation:
    return Rotation("Team", "2027-Q1", days(1, 90), placed, (), (), "", "0", 0)


def test_nothing_changed() -> None:
    same = rotation(turn(4, "ana"), turn(11, ""))
    assert compare(same, same) == Comparison()
    assert compare(same, same).by_member == ()


def test_a_new_reason_or_sentence_is_no_change() -> None:
    before = turn(4, "ana")
    assert (
        compare(rotation(before), rotation(replace(before, why="so", revision=3))) == Comparison()
    )


def test_moved_emptied_and_filled() -> None:
    before = rotation(turn(4, "ana"), turn(11, "ben"), turn(18, ""), turn(25, ""))
    after = rotation(turn(4, "chi"), turn(11, ""), turn(18, "ana"), turn(25, ""))
    change = compare(before, after)
    assert [(c.was, c.now) for c in change.moved] == [("ana", "chi"), ("ben", "")]
    assert [c.was for c in change.emptied] == ["ben"]
    assert [(c.was, c.now) for c in change.filled] == [("", "ana")]
    assert (change.added, change.removed) == ((), ())


def test_a_new_date_with_the_same_holder_is_no_move() -> None:
    before = turn(4, "ana")
    after = replace(before, span=days(5, 11))
    change = compare(rotation(before), rotation(after))
    assert change.moved == ()
    assert [(c.before, c.after) for c in change.redated] == [(before, after)]
    moved = compare(rotation(before), rotation(replace(after, member="ben")))
    assert moved.redated == ()
    assert len(moved.moved) == 1


def test_shifts_come_and_go() -> None:
    before = rotation(turn(4, "ana"), turn(4, "", seat="shadow"), turn(11, "ben"))
    after = rotation(turn(11, "ben"), turn(18, "ana"), turn(18, "chi", seat="shadow"))
    change = compare(before, after)
    assert change.added == ("hub@2027-01-18",)
    assert change.removed == ("hub@2027-01-04",)
    assert [(c.was, c.now, c.after) for c in change.moved] == [("ana", "", None)]
    assert [(c.now, c.before) for c in change.filled] == [("ana", None), ("chi", None)]


def test_by_member() -> None:
    early, late = turn(4, "ana"), turn(11, "ben")
    later = replace(turn(18, "ana"), span=days(19, 20))
    change = compare(
        rotation(early, late, turn(18, "ana")), rotation(turn(4, "ben"), turn(11, ""), later)
    )
    ana, ben = change.by_member
    assert (ana.member, ana.gained, ana.lost) == ("ana", (), (early,))
    assert [c.after for c in ana.redated] == [later]
    assert (ben.member, ben.gained, ben.lost) == ("ben", (turn(4, "ben"),), (late,))
    assert ben.redated == ()


def test_without_an_earlier_rotation_everything_is_new() -> None:
    change = compare(None, rotation(turn(4, "ana"), turn(11, "")))
    assert [c.now for c in change.filled] == ["ana"]
    assert change.moved == ()
    assert change.removed == ()
    assert change.added == ("hub@2027-01-04", "hub@2027-01-11")
