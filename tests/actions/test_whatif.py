"""Plans of a team that is only supposed: what they say, and that nothing is written."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.actions.plan import Request as PlanRequest
from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.replan import Request as Replan
from scheduler.actions.replan import replan
from scheduler.actions.suppose import Asked, entry_of, suppose
from scheduler.actions.whatif import Request, WhatIf, each_without, what_if
from scheduler.domain.span import DAY, Span
from scheduler.errors import BadRequest
from scheduler.files import read_team
from scheduler.reports.whatif import Leaver, figures, newly_empty, worst_first
from scheduler.review.compare import compare

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)
TODAY = NOW.date()
QUARTER = Span(date(2027, 1, 4), date(2027, 3, 29))

ROSTER = """\
team: Tides
installation: 6f5a0a55-6dd5-4f86-a3a3-3d1b5a1d2c11
members:
  - {id: ana, name: Ana, budget: 10h, skills: [hub]}
  - {id: ben, name: Ben, budget: 10h, skills: [hub]}
  - {id: chi, name: Chi, budget: 10h, skills: [hub]}
  - {id: dee, name: Dee, budget: 10h, skills: [hub, lab]}
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
    skill: lab
    seats: [lead]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four people of whom one alone can do the lab, and a quarter that is published."""
    (tmp_path / "roster.yaml").write_text(ROSTER)
    (tmp_path / "duties.yaml").write_text(DUTIES)
    plan(tmp_path, PlanRequest("spring", QUARTER, write=True))
    publish(tmp_path, "spring", datetime(2026, 12, 1, tzinfo=UTC))
    return tmp_path


def supposing(folder: Path, name: str | None = None, **asked: tuple[str, ...]) -> WhatIf:
    return what_if(folder, Request(NOW, name, Asked(**asked)))


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_written(folder: Path) -> None:
    before = contents(folder)
    supposing(folder, without=("ana",), joining=("id=eve, budget=10h, skills=[hub]",))
    assert contents(folder) == before


def test_it_foretells_what_replanning_then_does(folder: Path) -> None:
    found = supposing(folder, without=("dee",))
    line = "id: dee, "
    gone = f"{line}left: {TODAY}, "
    (folder / "roster.yaml").write_text(ROSTER.replace(line, gone))
    done = replan(folder, Replan(TODAY, NOW))
    # Replanning also prices what stays empty, which takes longer.
    priced = tuple(replace(placed, price="") for placed in done.rotation.placed)
    assert found.kept.placed == priced
    assert found.kept.shares == done.rotation.shares


def test_what_has_begun_stays_in_every_plan(folder: Path) -> None:
    found = supposing(folder, without=("ana",))
    assert found.anew is not None
    begun = {p.key: p.member for p in found.today.placed if p.span.first <= TODAY}
    assert begun
    for rotation in (found.kept, found.anew):
        now = {placed.key: placed.member for placed in rotation.placed}
        assert begun.items() <= now.items()
        later = [p for p in rotation.placed if p.span.first > TODAY]
        assert "ana" not in {placed.member for placed in later}


def test_fewest_moves_moves_no_turn_but_those_of_who_leaves(folder: Path) -> None:
    found = supposing(folder, without=("ana",))
    moved = compare(found.today, found.kept).moved
    held = [p for p in found.today.assignments if p.member == "ana" and p.span.first > TODAY]
    assert {change.was for change in moved} == {"ana"}
    assert len(moved) == len(held)


def test_a_plan_from_scratch_is_at_least_as_fair(folder: Path) -> None:
    found = supposing(folder, joining=("id=eve, budget=10h, skills=[hub]",))
    assert found.anew is not None
    kept, anew = (figures(found.today, p) for p in (found.kept, found.anew))
    assert kept.moved == 0
    assert anew.moved > 0
    assert anew.lowest >= kept.lowest
    assert "eve" in {placed.member for placed in found.anew.placed}


def test_who_joins_is_there_from_tomorrow_unless_their_entry_says_otherwise(folder: Path) -> None:
    later = "id=eve, budget=10h, skills=[hub], joined=2027-03-01"
    found = supposing(folder, joining=("id=fay, budget=10h", later))
    joined = {member.id: member.joined for member in found.team.members}
    assert (joined["fay"], joined["eve"]) == (TODAY + DAY, date(2027, 3, 1))


def test_a_newcomer_can_stand_in_a_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "eve.yaml"
    file.write_text("id: eve\nbudget: 10h\nskills:\n  lab: learning\nhours: 10:00-18:00\n")
    what = suppose(folder, read_team(folder), Asked(joining=(entry_of(str(file)),)))
    (eve,) = what.joining
    assert (eve.id, eve.budget, eve.skills["lab"].name) == ("eve", 600, "learning")


def test_suppositions_combine(folder: Path) -> None:
    found = supposing(
        folder,
        without=("ana",),
        joining=("id=eve, budget=10h, skills=[hub]",),
        budgets=("ben=2h30m", "eve=8h"),
        away=("chi=2027-02-01..2027-02-14", "chi=2027-03-01"),
    )
    people = {member.id: member for member in found.team.members}
    assert (people["ben"].budget, people["eve"].budget) == (150, 480)
    assert people["ana"].left == TODAY + DAY
    spans = (Span(date(2027, 2, 1), date(2027, 2, 15)), Span(date(2027, 3, 1), date(2027, 3, 2)))
    assert people["chi"].away == spans
    chi = [p for p in found.kept.assignments if p.member == "chi" and p.span.first > TODAY]
    assert not any(placed.span.overlaps(span) for placed in chi for span in spans)


def test_a_draft_is_planned_again_and_one_that_is_not_there_planned_now(folder: Path) -> None:
    (folder / "rotations/spring.yaml").unlink()
    name = f"{QUARTER.first}_{QUARTER.last}"
    found = supposing(folder, name, away=("ana=2027-01-04..2027-03-28",))
    assert "ana" in {p.member for p in found.today.placed}
    assert "ana" not in {p.member for p in found.kept.placed}
    plan(folder, PlanRequest(name, QUARTER, write=True))
    again = supposing(folder, name, away=("ana=2027-01-04..2027-03-28",))
    assert again.today.placed == found.today.placed
    assert not again.today.is_published


def test_a_pin_that_the_supposition_breaks_is_no_obstacle(folder: Path) -> None:
    (folder / "policy.yaml").write_text(
        "pins: [{shift: hub@2027-02-15, seat: lead, member: ana}]\n"
    )
    found = supposing(folder, away=("ana=2027-02-15..2027-02-21",))
    holder = {p.shift: p.member for p in found.kept.placed}
    assert holder["hub@2027-02-15"] not in {"", "ana"}


def test_the_one_who_alone_can_do_something_is_the_worst_to_lose(folder: Path) -> None:
    found = each_without(folder, Request(NOW))
    leavers = [Leaver(w.supposition.without[-1], w.today, w.kept) for w in found]
    assert {leaver.member for leaver in leavers} == {"ana", "ben", "chi", "dee"}
    worst = worst_first(leavers)[0]
    assert worst.member == "dee"
    assert {p.duty for p in newly_empty(worst.today, worst.plan)} == {"lab"}


def test_who_is_gone_is_no_measure_of_how_fair_it_is_to_others(folder: Path) -> None:
    found = supposing(folder, "spring", without=("ana",))
    shares = {s.member: s.load / s.entitlement for s in found.kept.shares if s.member != "ana"}
    mean = sum(s.load for s in found.kept.shares) / sum(s.entitlement for s in found.kept.shares)
    told = figures(found.today, found.kept, ("ana",))
    assert told.highest == pytest.approx(max(shares.values()) / mean)
    assert told.lowest == pytest.approx(min(shares.values()) / mean)


def test_scenarios_come_to_the_same_side_by_side(folder: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        beside = each_without(folder, Request(NOW), executor=executor)
    after = each_without(folder, Request(NOW))
    assert [w.kept.placed for w in beside] == [w.kept.placed for w in after]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked(), "Say what to suppose"),
        (Asked(without=("anna",)), 'no member "anna"; did you mean "ana"'),
        (Asked(budgets=("ana",)), "write such as ana=6h"),
        (Asked(budgets=("ana=lots",)), "not an amount of work"),
        (Asked(budgets=("ana=200h",)), "a week has 168 hours"),
        (Asked(budgets=("bem=3h",)), 'did you mean "ben"'),
        (Asked(away=("ana=2027-02-12..2027-02-01",)), "the first and the last day away"),
        (Asked(away=("ana=soon",)), "the first and the last day away"),
        (Asked(joining=("eve",)), "is no member: write such as id=zoe"),
        (Asked(joining=("id=eve, budget=9h, skills=[hubb]",)), 'did you mean "hub"'),
        (Asked(joining=("id=eve, budgett=9h",)), 'did you mean "budget"'),
        (Asked(joining=("id=Ana, budget=9h",)), "Ana"),
        (Asked(joining=("id=eve, budget=9h",) * 2), "the same id"),
        (Asked(joining=("nowhere.yaml",)), "is no member"),
    ],
)
def test_mistakes_are_named(folder: Path, asked: Asked, sentence: str) -> None:
    with pytest.raises(BadRequest) as refused:
        what_if(folder, Request(NOW, asked=asked))
    assert sentence in str(refused.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadRequest, match="cannot be read"):
        entry_of("nowhere.yaml")
