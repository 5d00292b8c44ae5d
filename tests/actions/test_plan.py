"""Plan, look, publish: what is written, what is left alone and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.check import check
from scheduler.actions.plan import Interrupt, plan, prepare
from scheduler.actions.publish import publish
from scheduler.actions.show import Wanted, show
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadFiles, BadRequest, Refused
from scheduler.files import read_rotation
from scheduler.solver import Outcome, solve_apart
from tests.actions.roster import FEBRUARY, JANUARY, change, request, roster

NOW = datetime(2027, 1, 12, 9, 30, 15, 123, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return roster(tmp_path / "moons")


def holders(rotation: Rotation) -> dict[str, str]:
    return {f"{seat.shift}/{seat.seat}": seat.member for seat in rotation.placed}


# ------------------------------------------------------------------------------------------ plan


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    planned = plan(folder, request(write=False))
    assert not planned.written
    assert not planned.path.exists()


def test_what_is_written_is_what_was_planned(folder: Path) -> None:
    planned = plan(folder, request())
    assert planned.written
    assert read_rotation(planned.path) == planned.rotation


def test_every_seat_has_a_holder_with_a_reason_or_none_with_reasons(folder: Path) -> None:
    rotation = plan(folder, request()).rotation
    assert [seat.seat for seat in rotation.unfilled] == []
    assert all(seat.why for seat in rotation.assignments)
    away = "release], away: [{first: 2027-01-11, last: 2027-01-22, reason: honeymoon}]"
    change(folder, "roster.yaml", "release]", away)
    (gap,) = plan(folder, request()).rotation.unfilled
    assert gap.shift == "release@2027-01-11"
    assert "Ana Silva is away then" in gap.reasons
    assert not any("honeymoon" in reason for reason in gap.reasons)


def test_the_draft_stands_where_nothing_changed(folder: Path) -> None:
    planned = plan(folder, request())
    bytes_before = planned.path.read_bytes()
    again = plan(folder, request())
    assert again.stood
    assert not again.written
    assert again.rotation == planned.rotation
    assert planned.path.read_bytes() == bytes_before


def test_a_plan_whose_prices_were_cut_short_is_planned_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = "release], directed: [{first: 2027-01-11, last: 2027-01-22, takes: 6h}]"
    change(folder, "roster.yaml", "release]", busy)
    interrupt = Interrupt()

    def stopped_afterwards(*what: Any, **how: Any) -> Outcome:
        outcome = solve_apart(*what, **how)
        interrupt.set()
        return outcome

    with monkeypatch.context() as patch:
        patch.setattr("scheduler.actions.plan.solve_apart", stopped_afterwards)
        planned = plan(folder, request(), interrupt=interrupt)
    assert planned.rotation.unfilled
    assert planned.rotation.interrupted
    again = plan(folder, request())
    assert not again.stood
    assert not again.rotation.interrupted


def test_a_comment_is_no_change(folder: Path) -> None:
    plan(folder, request())
    change(folder, "roster.yaml", "team: Moons", "# of Jupiter\nteam: Moons")
    assert plan(folder, request()).stood


def test_a_changed_roster_is_planned_again_from_the_draft(folder: Path) -> None:
    before = plan(folder, request()).rotation
    change(folder, "roster.yaml", "name: Chi Nguyen", "name: Chi N.")
    after = plan(folder, request())
    assert not after.stood
    assert after.before == before
    assert holders(after.rotation) == holders(before)


def test_reading_counts_as_planning_and_leaves_a_tenth(folder: Path) -> None:
    prepared = prepare(folder, replace(request(write=False), seconds=60))
    assert replace(prepared, spent=8.0).seconds == 52
    assert replace(prepared, spent=300.0).seconds == 6
    assert replace(prepared, request=request(write=False)).seconds is None


def test_another_seed_is_planned_again(folder: Path) -> None:
    plan(folder, request())
    again = request()
    assert not plan(folder, type(again)(again.name, again.horizon, seed=1)).stood


def test_fresh_ignores_the_draft(folder: Path) -> None:
    plan(folder, request())
    fresh = plan(folder, request(fresh=True))
    assert not fresh.stood
    assert not fresh.written, "the same plan comes out, so that the same bytes stay"


def test_a_turn_pinned_in_the_draft_is_kept(folder: Path) -> None:
    planned = plan(folder, request())
    turn = next(seat for seat in planned.rotation.placed if seat.shift == "triage@2027-01-25")
    other = next(m for m in ("ana", "ben", "chi") if m != turn.member)
    pin(planned.path, "triage@2027-01-25", turn.member, other)
    for fresh in (False, True):
        after = plan(folder, request(fresh=fresh)).rotation
        assert holders(after)["triage@2027-01-25/lead"] == other


def test_a_hand_edit_without_a_pin_is_planned_again(folder: Path) -> None:
    planned = plan(folder, request())
    turn = next(seat for seat in planned.rotation.placed if seat.shift == "triage@2027-01-25")
    other = next(m for m in ("ana", "ben", "chi") if m != turn.member)
    swap(planned.path, "triage@2027-01-25", turn.member, other)
    assert not plan(folder, request()).stood


def test_a_pin_that_breaks_a_rule_is_refused_at_its_line(folder: Path) -> None:
    roster(folder, "pins:\n  - {shift: release@2027-01-11, seat: lead, member: chi}\n")
    with pytest.raises(BadFiles) as refused:
        plan(folder, request())
    (mistake,) = refused.value.mistakes
    assert (Path(mistake.file).name, mistake.line) == ("policy.yaml", 2)
    assert "Chi Nguyen has not reached" in mistake.sentence


def test_a_pin_in_the_draft_that_breaks_a_rule_is_refused_at_its_line(folder: Path) -> None:
    planned = plan(folder, request())
    turn = next(seat for seat in planned.rotation.placed if seat.shift == "triage@2027-01-11")
    pin(planned.path, "triage@2027-01-11", turn.member, "ben")
    with pytest.raises(BadFiles) as refused:
        plan(folder, request())
    mistake = refused.value.mistakes[0]
    assert {other.line for other in refused.value.mistakes} == {mistake.line}
    line = planned.path.read_text(encoding="utf-8").splitlines()[mistake.line - 1]
    assert Path(mistake.file).name == planned.path.name
    assert "member: ben" in line
    assert "pinned: true" in line


def test_what_is_published_is_not_planned_over(folder: Path) -> None:
    plan(folder, request())
    publish(folder, JANUARY, NOW)
    with pytest.raises(Refused, match="is published"):
        plan(folder, request())


def test_two_rotations_never_share_a_day(folder: Path) -> None:
    plan(folder, request())
    with pytest.raises(Refused, match=r"shares days with 2027-01-04_2027-01-31"):
        plan(folder, request("2027-Q1"))


def test_history_counts_once_it_is_published(folder: Path) -> None:
    january = plan(folder, request()).rotation
    (note,) = plan(folder, request(FEBRUARY, write=False)).notes
    assert "only a draft" in note
    publish(folder, JANUARY, NOW)
    february = plan(folder, request(FEBRUARY, write=False))
    assert february.notes == ()
    balance = {share.member: share.load - share.fair for share in january.shares}
    assert {share.member: share.carried for share in february.rotation.shares} == balance


def test_a_draft_that_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    plan(folder, request())
    change(folder, "roster.yaml", "name: Chi Nguyen", "name: Chi N.")

    def meanwhile(progress: object) -> None:
        path = folder / "rotations" / f"{JANUARY}.yaml"
        if "published" not in path.read_text(encoding="utf-8"):
            publish(folder, JANUARY, NOW)

    with pytest.raises(Refused, match="changed while"):
        plan(folder, request(fresh=True), watch=meanwhile)


def swap(path: Path, shift: str, old: str, new: str, more: str = "") -> None:
    """Write another holder into the first seat of a shift."""
    head, found, tail = path.read_text(encoding="utf-8").partition(f"- id: {shift}\n")
    assert found
    assert f"member: {old}" in tail
    path.write_text(
        head + found + tail.replace(f"member: {old}", f"member: {new}{more}", 1), encoding="utf-8"
    )


def pin(path: Path, shift: str, old: str, new: str) -> None:
    swap(path, shift, old, new, ", pinned: true")


# --------------------------------------------------------------------------------------- publish


def test_publishing_marks_the_moment_and_nothing_else(folder: Path) -> None:
    draft = plan(folder, request()).rotation
    published = publish(folder, None, NOW)
    assert published.rotation.published == NOW.replace(microsecond=0)
    assert published.rotation.placed == draft.placed
    assert read_rotation(published.path) == published.rotation


def test_nothing_is_published_twice(folder: Path) -> None:
    plan(folder, request())
    publish(folder, None, NOW)
    with pytest.raises(Refused, match="published on 2027-01-12"):
        publish(folder, JANUARY, NOW)
    with pytest.raises(Refused, match="no draft to publish"):
        publish(folder, None, NOW)


def test_of_several_drafts_one_must_be_named(folder: Path) -> None:
    plan(folder, request())
    plan(folder, request(FEBRUARY))
    with pytest.raises(Refused, match="several drafts"):
        publish(folder, None, NOW)
    assert publish(folder, FEBRUARY, NOW).rotation.name == FEBRUARY


def test_a_rotation_that_is_not_there_is_not_published(folder: Path) -> None:
    with pytest.raises(Refused, match="no draft of 2027-Q1"):
        publish(folder, "2027-Q1", NOW)
    with pytest.raises(BadRequest, match="not a quarter"):
        publish(folder, "spring", NOW)


def test_a_draft_with_false_figures_is_not_published(folder: Path) -> None:
    planned = plan(folder, request())
    turn = next(seat for seat in planned.rotation.placed if seat.shift == "triage@2027-01-25")
    other = next(m for m in ("ana", "ben", "chi") if m != turn.member)
    swap(planned.path, "triage@2027-01-25", turn.member, other)
    with pytest.raises(Refused, match="changed by hand"):
        publish(folder, None, NOW)


def test_a_roster_that_has_moved_on_is_noted(folder: Path) -> None:
    plan(folder, request())
    change(folder, "roster.yaml", "budget: 4h", "budget: 5h")
    (note,) = publish(folder, None, NOW).notes
    assert "has changed since" in note


# ------------------------------------------------------------------------------------------ show


def test_show_filters(folder: Path) -> None:
    rotation = plan(folder, request()).rotation
    shown = show(folder, Wanted(member="ana"), NOW)
    assert {seat.member for seat in shown.part.placed} == {"ana"}
    assert [share.member for share in shown.part.shares] == ["ana"]
    assert shown.whole == rotation
    shown = show(folder, Wanted(duty="release"), NOW)
    assert {seat.duty for seat in shown.part.placed} == {"release"}
    shown = show(folder, Wanted(on=NOW.date()), NOW)
    assert {seat.shift for seat in shown.seats} == {"triage@2027-01-11", "release@2027-01-11"}


def test_a_misspelt_member_is_guessed(folder: Path) -> None:
    plan(folder, request())
    with pytest.raises(BadRequest, match='did you mean "chi"'):
        show(folder, Wanted(member="chii"), NOW)
    with pytest.raises(BadRequest, match='no duty "xyz"; they are: release, triage'):
        show(folder, Wanted(duty="xyz"), NOW)


# ----------------------------------------------------------------------------------------- check


def test_check_looks_at_the_next_quarter(folder: Path) -> None:
    checked = check(folder, NOW)
    assert checked.name == "2027-Q1"
    assert len([seat for seat in checked.problem.seats if seat.must]) == 13


def test_check_warns_of_a_horizon_that_ends(folder: Path) -> None:
    plan(folder, request())
    assert not any("ends on" in sentence for sentence in check(folder, NOW).forecast)
    publish(folder, None, NOW)
    (warning, *_) = check(folder, NOW).forecast
    assert "ends on 31 Jan 2027, in 20 days" in warning
    roster(folder, "warn_weeks: 2\n")
    assert not any("ends on" in sentence for sentence in check(folder, NOW).forecast)


def test_check_passes_small_pools_on(folder: Path) -> None:
    roster(folder, "max_share_on_duty: 10%\n")
    assert any("above the ceiling of 10%" in sentence for sentence in check(folder, NOW).forecast)
