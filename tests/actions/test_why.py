"""Which seat and member a question means, and what pins and edits by hand make of the answer."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.replan import Request as Again
from scheduler.actions.replan import replan
from scheduler.actions.why import Asked, why
from scheduler.review.answers import Answer, lines
from scheduler.review.because import Kind
from tests.actions.roster import change, request, roster

NOW = datetime(2027, 1, 12, 9, 30, tzinfo=UTC)
PINNED = """\
pins:
  - {shift: triage@2027-01-04, seat: lead, member: chi}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    roster(tmp_path, PINNED)
    plan(tmp_path, request())
    return tmp_path


def ask(folder: Path, shift: str, **what: str) -> tuple[Answer, ...]:
    return why(folder, Asked(shift, **what), NOW).answers


@pytest.mark.parametrize(
    "shift", ["release@2027-01-11", "rel", "release", "release 2027-01-15", "release@2027-01-22"]
)
def test_a_shift_is_named_by_its_id_its_beginning_or_a_day(folder: Path, shift: str) -> None:
    answers = ask(folder, shift)
    assert [str(answer.seat) for answer in answers] == [
        "release@2027-01-11/lead",
        "release@2027-01-11/shadow",
    ]


def test_who_is_named_is_asked_away_where_they_sit_and_in_where_they_do_not(folder: Path) -> None:
    for option in ("member", "not_member"):
        (out,) = ask(folder, "release", **{option: "ana"})
        assert (out.question.value, out.seat.name) == ("without", "lead")
        (away,) = ask(folder, "triage@2027-01-11", **{option: "ben"})
        assert (away.question.value, away.is_impossible) == ("with", True)


def test_a_pin_is_told_and_lifted_to_see_what_it_costs(folder: Path) -> None:
    (answer,) = ask(folder, "triage@2027-01-04")
    assert answer.facts[0].kind is Kind.pinned
    assert next(lines(answer)) == "Chi Nguyen is pinned to it by hand."
    assert answer.prices
    assert answer.taker is not None
    assert answer.taker.id != "chi"
    (other,) = ask(folder, "triage@2027-01-04", not_member="ben")
    assert other.taker is not None
    assert other.taker.id == "ben"


def test_a_published_rotation_is_asked_about_as_it_stands(folder: Path) -> None:
    publish(folder, None, NOW)
    (answer,) = ask(folder, "release", seat="lead")
    decisive = next(price for price in answer.prices if price.before != price.after)
    assert (decisive.name, decisive.before, decisive.after) == ("backlog", 0, 4)


def test_a_plan_that_breaks_a_rule_says_so(folder: Path) -> None:
    (path,) = folder.joinpath("rotations").glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("member: ana", "member: ben"), encoding="utf-8")
    told = why(folder, Asked("release", "lead"), NOW)
    assert any("Ben Okafor is away" in sentence for sentence in told.broken)


def test_a_shift_whose_date_has_moved_keeps_its_id_and_its_holder(folder: Path) -> None:
    publish(folder, None, NOW)
    (before,) = ask(folder, "release", seat="lead")
    assert before.holder is not None
    days = "{first: 2027-01-11, last: 2027-01-22}"
    change(folder, "duties.yaml", days, "{first: 2027-01-14, last: 2027-01-25}")
    replan(folder, Again(date(2027, 1, 5), NOW, write=True))
    for shift in ("release@2027-01-11", "release@2027-01-14", "release 2027-01-25"):
        (answer,) = ask(folder, shift, seat="lead")
        assert str(answer.seat) == "release@2027-01-11/lead"
        assert answer.seat.span.last == date(2027, 1, 25)
        assert answer.holder is not None
        assert answer.holder.id == before.holder.id
