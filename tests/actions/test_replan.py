"""Planning the rest of a published rotation again: what moves, what stays, and how it is told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.alter import Wish
from scheduler.actions.audit import audit
from scheduler.actions.override import override
from scheduler.actions.plan import Request as PlanRequest
from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.remainder import remainder
from scheduler.actions.replan import Replanned, Request, replan
from scheduler.actions.undo import undo
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.rotation import Rotation
from scheduler.domain.span import DAY, Span
from scheduler.domain.training import Turns
from scheduler.errors import BadRequest, Refused
from scheduler.files import read_rotation, read_rotations, read_team
from scheduler.solver import Interrupt, Outcome, solve

NOW = datetime(2027, 1, 25, 9, 0, tzinfo=UTC)
TODAY = date(2027, 1, 25)
QUARTER = Span(date(2027, 1, 4), date(2027, 3, 29))

ROSTER = """\
team: Tides
installation: 6f5a0a55-6dd5-4f86-a3a3-3d1b5a1d2c11
members:
  - {id: ana, budget: 10h, skills: [hub]}
  - {id: ben, budget: 10h, skills: [hub]}
  - {id: chi, budget: 10h, skills: [hub]}
  - {id: dee, budget: 10h, skills: [hub, lab]}
"""
DUTIES = """\
duties:
  - id: hub
    kind: triage
    why: Newcomers get an answer
    cadence: weekly
    effort: 4h
    skill: hub
    seats: [{seat: lead, must: true}]
  - id: lab
    kind: review
    why: Nothing waits
    cadence: {dates: [2027-02-09, 2027-03-09]}
    effort: 2h
    seats: [lead]
"""
DOCS = """\
  - id: docs
    kind: docs
    why: Newcomers find their way
    cadence: weekly
    effort: 1h
    seats: [lead]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four people and a quarter, published."""
    (tmp_path / "roster.yaml").write_text(ROSTER)
    (tmp_path / "duties.yaml").write_text(DUTIES)
    plan(tmp_path, PlanRequest("spring", QUARTER, write=True))
    publish(tmp_path, "spring", datetime(2026, 12, 1, tzinfo=UTC))
    return tmp_path


def again(folder: Path, **what: object) -> Replanned:
    # The options are those of Request; mypy cannot tell them apart in a dict.
    return replan(folder, Request(TODAY, NOW, write=True, by="ana", **what))  # type: ignore[arg-type]


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def on_leave(folder: Path, first: str, last: str, member: str) -> None:
    line = f"id: {member}, "
    edit(folder, "roster.yaml", line, f"{line}away: [{{first: {first}, last: {last}}}], ")


def told(folder: Path) -> tuple[str, ...]:
    """What the audit has to say of the rotation."""
    report = audit(folder, folder / "rotations/spring.yaml")
    return (*(breach.sentence for breach in report.broken), *report.false_figures)


def turn(rotation: Rotation, day: date) -> str:
    return next(p.member for p in rotation.placed if p.duty == "hub" and p.span.first == day)


def test_nothing_changed_moves_nothing_and_leaves_the_file_alone(folder: Path) -> None:
    before = (folder / "rotations/spring.yaml").read_bytes()
    done = again(folder)
    assert done.changes.moved == ()
    assert (folder / "rotations/spring.yaml").read_bytes() == before


def test_what_was_written_meanwhile_is_not_overwritten(folder: Path) -> None:
    on_leave(folder, "2027-02-01", "2027-02-14", turn(read_rotations(folder)[0], date(2027, 2, 1)))
    path = folder / "rotations/spring.yaml"

    def meanwhile(progress: object) -> None:
        path.write_text(path.read_text() + "# Ben has asked for the second week\n")

    with pytest.raises(Refused, match="changed while this plan was made"):
        replan(folder, Request(TODAY, NOW, write=True), watch=meanwhile)
    assert "# Ben has asked" in path.read_text()


def test_only_a_member_can_ask_for_it(folder: Path) -> None:
    with pytest.raises(BadRequest, match=r'no member "anna".*ana'):
        replan(folder, Request(TODAY, NOW, by="anna"))


def test_who_joins_has_a_share_even_where_nothing_moves(folder: Path) -> None:
    newcomer = "  - {id: eve, budget: 10h, joined: 2027-02-01}\n"
    (folder / "roster.yaml").write_text(ROSTER + newcomer)
    done = again(folder)
    assert done.changes.moved == ()
    # 52 hours, for four people in 12 weeks and for the fifth in 8.
    fair = {share.member: share.fair for share in done.rotation.shares}
    assert (fair["ana"], fair["eve"]) == (52 * 60 * 12 // 56, 52 * 60 * 8 // 56)
    report = audit(folder, done.path)
    assert report.holds
    assert not report.false_figures


def test_turns_are_spent_on_fairness_and_never_more_than_help(folder: Path) -> None:
    newcomer = "  - {id: eve, budget: 10h, skills: [hub], joined: 2027-02-01}\n"
    (folder / "roster.yaml").write_text(ROSTER + newcomer)
    assert again(folder).idle == ("eve",)
    done = again(folder, spend=9)
    moved = [step.moved for step in done.steps]
    assert moved == sorted(moved)
    assert 0 < moved[-1] == len(done.changes.moved) < 9
    stay = next(tier for tier in done.rotation.tiers if tier.name == "stay")
    assert (stay.price, stay.bound, stay.given, stay.proved) == (moved[-1], 0, moved[-1], True)
    assert {change.now for change in done.changes.moved} >= {"eve"}
    prices = [step.highest for step in done.steps]
    assert prices[-1] < prices[0]
    assert done.idle == ()
    report = audit(folder, done.path)
    assert report.holds
    assert not report.false_figures


def test_moved_turns_are_either_bounded_or_spent(folder: Path) -> None:
    with pytest.raises(BadRequest, match="either --at-most or --spend"):
        again(folder, at_most=1, spend=1)


def test_one_leave_moves_one_turn_and_only_that(folder: Path) -> None:
    day = date(2027, 2, 15)
    before = read_rotation(folder / "rotations/spring.yaml")
    holder = turn(before, day)
    on_leave(folder, "2027-02-15", "2027-02-19", holder)
    done = again(folder)
    assert [(c.was, c.after.span.first) for c in done.changes.moved if c.after] == [(holder, day)]
    assert turn(done.rotation, day) not in {holder, ""}
    stay = next(tier for tier in done.rotation.tiers if tier.name == "stay")
    assert (stay.price, stay.bound, stay.proved) == (1, 1, True)
    assert read_rotation(done.path) == done.rotation


def test_the_change_is_an_entry_and_counts_revisions_where_it_shows(folder: Path) -> None:
    day = date(2027, 2, 15)
    holder = turn(read_rotation(folder / "rotations/spring.yaml"), day)
    on_leave(folder, "2027-02-15", "2027-02-19", holder)
    done = again(folder)
    (entry,) = done.rotation.changes
    (move,) = entry.moves
    assert (entry.kind.value, entry.by, move.shift, move.was) == (
        "replan",
        "ana",
        f"hub@{day}",
        holder,
    )
    revised = {p.span.first for p in done.rotation.placed if p.revision and p.duty == "hub"}
    # The turn itself and the neighbours that hand over to or from it.
    assert revised <= {date(2027, 2, 8), day, date(2027, 2, 22)}
    assert day in revised


def test_the_past_never_moves_even_where_its_holder_has_left(folder: Path) -> None:
    before = read_rotation(folder / "rotations/spring.yaml")
    gone = turn(before, date(2027, 1, 11))
    edit(folder, "roster.yaml", f"id: {gone}, ", f"id: {gone}, left: 2027-01-24, ")
    done = again(folder)
    for old, new in zip(before.placed, done.rotation.placed, strict=True):
        if old.span.first <= TODAY:
            assert (new.key, new.member) == (old.key, old.member)
        else:
            assert new.member != gone
    lost = [p for p in before.placed if p.member == gone and p.span.first > TODAY]
    assert len(done.changes.moved) == len(lost)


def test_a_turn_near_enough_to_be_frozen_becomes_an_empty_seat(folder: Path) -> None:
    (folder / "policy.yaml").write_text("freeze: 2w\n")
    day = date(2027, 2, 1)
    holder = turn(read_rotation(folder / "rotations/spring.yaml"), day)
    on_leave(folder, "2027-02-01", "2027-02-05", holder)
    done = again(folder)
    (empty,) = (p for p in done.rotation.placed if p.shift == f"hub@{day}")
    assert empty.member == ""
    assert empty.reasons[-1].startswith("No turn this near is given to anybody else (freeze): ")
    assert len(done.changes.moved) == 1


def test_a_near_turn_whose_date_has_moved_is_not_pinned_by_hand(folder: Path) -> None:
    pin = "{shift: docs@2027-02-01, seat: lead, member: chi}"
    (folder / "policy.yaml").write_text(f"freeze: 3w\npins: [{pin}]\n")
    edit(folder, "duties.yaml", "2027-02-09", "2027-02-11")
    edit(folder, "duties.yaml", "  - id: lab\n", DOCS + "  - id: lab\n")
    turns = {placed.shift: placed for placed in again(folder).rotation.placed}
    near, by_hand = turns["lab@2027-02-09"], turns["docs@2027-02-01"]
    assert near.span.first == date(2027, 2, 11)
    assert not near.pinned
    assert near.why != "Pinned by hand."
    assert (by_hand.member, by_hand.pinned, by_hand.why) == ("chi", True, "Pinned by hand.")


def test_a_moved_date_keeps_its_shift_and_its_holder(folder: Path) -> None:
    edit(folder, "duties.yaml", "2027-02-09", "2027-02-11")
    before = read_rotation(folder / "rotations/spring.yaml")
    done = again(folder)
    (moved,) = [p for p in done.rotation.placed if p.shift == "lab@2027-02-09"]
    (old,) = [p for p in before.placed if p.shift == "lab@2027-02-09"]
    assert moved.span.first == date(2027, 2, 11)
    assert moved.member == old.member
    assert done.changes.moved == ()
    assert moved.revision == 1
    assert told(folder) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    cadence: weekly\n", "    cadence: {every: week, on: wednesday}\n"),
        # Half of the turns that have begun are of weeks without any by today's roster.
        ("    cadence: weekly\n", "    cadence: {every: 2 weeks, on: wednesday}\n"),
        ("  - id: lab\n", DOCS + "  - id: lab\n"),
    ],
)
def test_turns_that_have_begun_are_not_judged_by_the_dates_of_today(
    folder: Path, old: str, new: str
) -> None:
    edit(folder, "duties.yaml", old, new)
    assert told(folder) != ()
    done = again(folder)
    assert told(folder) == ()
    was, now = (
        {p.key: (p.member, p.span) for p in rotation.placed if p.span.first <= TODAY}
        for rotation in (done.before, done.rotation)
    )
    assert now == was


def test_a_change_budget_leaves_seats_empty_and_says_what_it_costs(folder: Path) -> None:
    before = read_rotation(folder / "rotations/spring.yaml")
    gone = turn(before, date(2027, 2, 1))
    line = f"id: {gone}, "
    edit(folder, "roster.yaml", line, f"{line}left: 2027-01-28, ")
    lost = sum(p.member == gone and p.span.first > date(2027, 1, 28) for p in before.placed)
    assert lost >= 2
    done = again(folder, at_most=0)
    assert len(done.changes.moved) == lost
    assert done.beyond is not None
    assert done.beyond.tiers[0].price == 0


def test_what_has_ended_is_not_planned_again(folder: Path) -> None:
    assert replan(folder, Request(QUARTER.last, NOW)).changes.moved == ()
    with pytest.raises(Refused, match="spring ended on 2027-03-28"):
        replan(folder, Request(QUARTER.end, NOW))


def test_more_moves_than_the_policy_allows_need_force(folder: Path) -> None:
    (folder / "policy.yaml").write_text("most_moves: 0\n")
    day = date(2027, 2, 15)
    holder = turn(read_rotation(folder / "rotations/spring.yaml"), day)
    on_leave(folder, "2027-02-15", "2027-02-19", holder)
    bytes_before = (folder / "rotations/spring.yaml").read_bytes()
    with pytest.raises(Refused, match="1 published turn would move"):
        again(folder)
    assert (folder / "rotations/spring.yaml").read_bytes() == bytes_before
    assert again(folder, force=True).written


def test_a_turn_against_a_rule_stays_until_its_holder_leaves(folder: Path) -> None:
    edit(folder, "roster.yaml", "id: ana, ", "id: ana, lead: true, ")
    edit(folder, "roster.yaml", "id: ben, budget: 10h, skills: [hub]", "id: ben, budget: 10h")
    again(folder)
    wish = Wish(by="ana", insist=True, write=True)
    day = date(2027, 2, 22)
    assert override(folder, f"hub@{day}", NOW, wish, to="ben").entry.waives == ("skill",)
    assert turn(again(folder).rotation, day) == "ben"
    edit(folder, "roster.yaml", "id: ben, ", "id: ben, left: 2027-02-14, ")
    assert turn(again(folder).rotation, day) not in {"ben", ""}


def test_a_turn_against_a_rule_moves_when_another_rule_keeps_its_holder_from_it(
    folder: Path,
) -> None:
    edit(folder, "roster.yaml", "id: ana, ", "id: ana, lead: true, ")
    edit(folder, "roster.yaml", "id: ben, budget: 10h, skills: [hub]", "id: ben, budget: 10h")
    again(folder)
    day = date(2027, 2, 22)
    override(folder, f"hub@{day}", NOW, Wish(by="ana", insist=True, write=True), to="ben")
    on_leave(folder, "2027-02-22", "2027-02-26", "ben")
    done = again(folder)
    assert turn(done.rotation, day) not in {"ben", ""}
    assert next(p.waives for p in done.rotation.placed if p.shift == f"hub@{day}") == ()


def test_turns_of_the_running_quarter_that_have_begun_count_as_training(folder: Path) -> None:
    edit(folder, "duties.yaml", "[{seat: lead, must: true}]", "[{seat: lead, must: true}, shadow]")
    goal = "goals: [{skill: hub, level: leads, by: 2027-03-28}]"
    edit(
        folder,
        "roster.yaml",
        "{id: chi, budget: 10h, skills: [hub]}",
        f"{{id: chi, budget: 10h, {goal}}}",
    )
    (folder / "rotations/spring.yaml").unlink()
    plan(folder, PlanRequest("spring", QUARTER, write=True))
    publish(folder, "spring", datetime(2026, 12, 1, tzinfo=UTC))
    team, rotations = read_team(folder), read_rotations(folder)
    (spring,) = rotations

    def shadowed(today: date) -> int:
        problem = remainder(team, rotations, spring, today).problem
        return problem.experience.get(("chi", "hub"), Turns()).shadow

    days = sorted(p.span.first for p in spring.assignments if p.role == "shadow")[:2]
    assert [shadowed(day) for day in (QUARTER.first - DAY, *days)] == [0, 1, 2]
    missed = Entry(1, Kind.missed, NOW, "chi", (Move(f"hub@{days[0]}", "shadow", "chi", "chi"),))
    spring = replace(spring, changes=(missed,))
    assert [shadowed(day) for day in days] == [0, 1]


def test_what_is_left_out_says_what_it_would_take(folder: Path) -> None:
    edit(folder, "duties.yaml", "    effort: 2h\n", "    effort: 9h\n    skill: lab\n")
    on_leave(folder, "2027-02-12", "2027-02-12", "dee")
    (empty,) = [p for p in again(folder).rotation.unfilled if p.shift == "lab@2027-02-09"]
    assert "1.0 more hours for dee" in empty.price


def test_what_is_left_out_without_a_price_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder, "duties.yaml", "    effort: 2h\n", "    effort: 9h\n    skill: lab\n")
    on_leave(folder, "2027-02-12", "2027-02-12", "dee")
    interrupt = Interrupt()

    def stopped_afterwards(*what: Any, **how: Any) -> Outcome:
        outcome = solve(*what, **how)
        interrupt.set()
        return outcome

    monkeypatch.setattr("scheduler.actions.replan.solve", stopped_afterwards)
    done = replan(folder, Request(TODAY, NOW), interrupt=interrupt)
    assert done.rotation.unfilled
    assert done.outcome.interrupted


def test_turns_that_a_duty_no_longer_asks_for_are_dropped_and_told(folder: Path) -> None:
    before = read_rotation(folder / "rotations" / "spring.yaml")
    edit(folder, "duties.yaml", "2027-02-09, 2027-03-09", "2027-02-09")
    after = again(folder).rotation
    [gone] = after.dropped
    was = {placed.key: placed for placed in before.placed}[gone.key]
    assert gone.shift == "lab@2027-03-09"
    assert (gone.member, gone.revision, gone.revised) == ("", was.revision + 1, NOW)
    assert (gone.span, gone.duty, gone.role) == (was.span, was.duty, was.role)
    assert Move(*gone.key, was.member, "") in after.changes[-1].moves
    assert gone.key not in {placed.key for placed in after.placed}
    assert read_rotation(folder / "rotations" / "spring.yaml") == after
    assert audit(folder, folder / "rotations" / "spring.yaml").broken == ()
    # Nothing is dropped twice, and nothing is forgotten.
    assert again(folder).rotation.dropped == (gone,)


def test_a_dropped_turn_that_is_asked_for_again_counts_on(folder: Path) -> None:
    edit(folder, "duties.yaml", "2027-02-09, 2027-03-09", "2027-02-09")
    [gone] = again(folder).rotation.dropped
    edit(folder, "duties.yaml", "2027-02-09", "2027-02-09, 2027-03-09")
    after = again(folder).rotation
    [back] = [placed for placed in after.placed if placed.key == gone.key]
    assert after.dropped == ()
    assert (back.revision, back.revised) == (gone.revision + 1, NOW)
    assert back.member


def test_a_change_that_dropped_turns_is_not_undone(folder: Path) -> None:
    edit(folder, "duties.yaml", "2027-02-09, 2027-03-09", "2027-02-09")
    again(folder)
    with pytest.raises(Refused, match="no longer as it left it"):
        undo(folder, NOW, Wish(by="ana"))
