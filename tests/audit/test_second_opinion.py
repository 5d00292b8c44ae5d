"""The audit and the rules are two readings of the same definitions: over any roster and any
rotation, good or bad, they must come to the same verdict and the same figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from scheduler.actions.assemble import assemble
from scheduler.audit import audit
from scheduler.audit.policy import DEFAULTS, REQUIREMENTS, TIERS
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Placed, Rotation, Seating, TierResult
from scheduler.domain.shifts import Seat
from scheduler.domain.span import Span
from scheduler.errors import BadFiles
from scheduler.files import Team, read_team, rotation_path, write_rotation
from scheduler.review.scorecard import score
from scheduler.rules.book import RULES
from scheduler.rules.card import Preference
from tests.audit.rosters import folders

HORIZON = Span(datetime(2027, 3, 1).date(), datetime(2027, 3, 29).date())
JANUARY = Span(datetime(2027, 1, 4).date(), datetime(2027, 2, 1).date())
MOST_SEATS = 80


def mostly_bad(problem: Problem, random: Random) -> Seating:
    """Anybody in any seat, and some seats empty."""
    people = [*problem.members, None]
    chosen = {seat: random.choice(people) for seat in problem.seats}
    return Seating({seat: member for seat, member in chosen.items() if member is not None})


def published(team: Team, random: Random) -> Rotation:
    """Any rotation of January, from which people may have learnt."""
    problem = assemble(team, (), JANUARY)
    rotation = drawn_up(team, problem, mostly_bad(problem, random))
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    return replace(rotation, name="2027-01", horizon=JANUARY, published=moment)


def drawn_up(team: Team, problem: Problem, seating: Seating) -> Rotation:
    card = score(problem, team.policy, seating)
    return Rotation(
        team=team.name,
        name="2027-03",
        horizon=HORIZON,
        placed=tuple(placed(seat, seating) for seat in problem.seats),
        tiers=tuple(TierResult(name, price, price, True) for name, price in card.tiers),
        shares=card.shares,
        inputs=team.inputs,
        version="0",
        seed=0,
    )


def placed(seat: Seat, seating: Seating) -> Placed:
    timed = seat.shift.start is not None
    holder = seating[seat]
    return Placed(
        shift=seat.shift.id,
        seat=seat.name,
        duty=seat.duty.id,
        upstream=seat.duty.upstream,
        role=seat.plan.role.value,
        span=seat.span,
        start=_instant(seat.opens) if timed else None,
        end=_instant(seat.closes) if timed else None,
        effort=seat.effort,
        must=seat.must,
        member=holder.id if holder else "",
    )


def _instant(minute: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)


# Shrinking a whole roster takes minutes and hardly helps.
@settings(max_examples=100, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(folders(), st.integers(0, 2**32))
def test_two_readings_come_to_one_verdict(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    team = read_or_skip(folder)
    random = Random(seed)
    first = published(team, random)
    write_rotation(folder, first)
    problem = assemble(team, (first,), HORIZON)
    assume(0 < len(problem.seats) <= MOST_SEATS)
    seating = mostly_bad(problem, random)
    write_rotation(folder, drawn_up(team, problem, seating))
    report = audit(folder, rotation_path(folder, "2027-03"))
    told = {
        rule.id()
        for rule in team.policy.requirements
        if any(True for _ in rule.explain(problem, seating))
    }
    assert {breach.rule for breach in report.broken} == told
    assert report.false_figures == ()
    open_seats = {str(s) for s in problem.seats if not s.is_shadow and seating[s] is None}
    assert {*report.empty, *report.left_out} == open_seats


def test_rules_that_both_know_have_the_same_tiers_and_defaults() -> None:
    # A rule that is new in the book needs nothing here: the audit does not judge it.
    book = {rule.id(): rule for rule in RULES}
    assert {*REQUIREMENTS, *TIERS} <= book.keys()
    for name, tier in TIERS.items():
        rule = book[name]()
        assert isinstance(rule, Preference)
        assert rule.tier == tier, name
    for (name, option), value in DEFAULTS.items():
        assert getattr(book[name](), option) == value, (name, option)


def read_or_skip(folder: Path) -> Team:
    """The team, unless what hypothesis wrote is a mistake that the files tell."""
    try:
        return read_team(folder)
    except BadFiles:
        assume(False)
        raise
