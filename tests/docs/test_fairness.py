"""The worked example of docs/fairness.md, counted by the code."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from scheduler.domain.cadence import EveryWeeks, OnDates
from scheduler.domain.duties import Duty, Role, SeatPlan
from scheduler.domain.fairness import (
    due,
    entitled,
    on_offer,
    scaled,
    shares,
    weighed,
    with_ledgers,
)
from scheduler.domain.ledgers import BURDENSOME
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem, QuietPeriod, lay_out
from scheduler.domain.rotation import Seating, Share
from scheduler.domain.span import Span
from scheduler.rules.card import price
from scheduler.rules.preferences.fair_share import FairShare

PAGE = Path(__file__).parents[2].joinpath("docs", "fairness.md").read_text(encoding="utf-8")
FORTNIGHT = Span(date(2027, 1, 4), date(2027, 1, 18))
SECOND_WEEK = Span(date(2027, 1, 11), date(2027, 1, 18))
FIRST_WEEK = SECOND_WEEK.shifted(-7)


@pytest.fixture(scope="module")
def problem() -> Problem:
    ana = Member("ana", "Ana", budget=8 * 60)
    ben = Member("ben", "Ben", budget=8 * 60, away=(FIRST_WEEK,))
    chi = Member("chi", "Chi", budget=4 * 60)
    triage = Duty(
        "triage", "Triage", "triage", "why", EveryWeeks(), (SeatPlan("lead", effort=240),)
    )
    review = Duty(
        "review",
        "Review",
        "review",
        "why",
        OnDates((FORTNIGHT,)),
        (SeatPlan("lead", effort=480), SeatPlan("shadow", Role.shadow, effort=120)),
    )
    team = (ana, ben, chi)
    duties = (triage, review)
    plain = Problem(
        "example",
        FORTNIGHT,
        team,
        duties,
        lay_out(duties, FORTNIGHT),
        quiet=(QuietPeriod(SECOND_WEEK, "quiet", 150),),
        carried={"ana": 60, "ben": -30},
    )
    return entitled(plain, team)


@pytest.fixture(scope="module")
def seating(problem: Problem) -> Seating:
    seats, people = problem.seat_by_key, problem.member_by_id
    return Seating(
        {
            seats["review@2027-01-04", "lead"]: people["ana"],
            seats["triage@2027-01-04", "lead"]: people["chi"],
            seats["triage@2027-01-11", "lead"]: people["ben"],
        }
    )


def test_the_loads_on_offer(problem: Problem) -> None:
    hours = {seat.key: weighed(problem, seat) / 60 for seat in problem.seats if not seat.is_shadow}
    assert hours == {
        ("triage@2027-01-04", "lead"): 4,
        ("triage@2027-01-11", "lead"): 6,
        ("review@2027-01-04", "lead"): 10,
    }
    assert on_offer(problem) == timedelta(hours=20) // timedelta(minutes=1)
    assert "On offer are 4 + 6 + 10 = **20 hours**" in PAGE


def test_every_line_of_the_table(problem: Problem, seating: Seating) -> None:
    lines = shares(problem, seating)
    in_reports = scaled(lines)
    for line in lines:
        row = _row(problem, line, in_reports[line.member])
        assert row in PAGE


def _row(problem: Problem, line: Share, in_reports: float | None) -> str:
    known = line.member in problem.carried
    cells = [
        problem.member_by_id[line.member].name,
        f"{line.available / 60:.2f}",
        f"{line.fair / 60:.2f}",
        f"{line.carried / 60:+.2f}" if known else "new",
        f"{line.entitlement / 60:.2f}",
        f"{line.load / 60:.2f}",
        f"{(line.index or 0) / 1000:.3f}",
        f"{in_reports:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def test_the_bands(problem: Problem, seating: Seating) -> None:
    bands = price(FairShare(), FairShare().explain(problem, seating))
    assert isinstance(bands, tuple)
    assert f"`{', '.join(map(str, bands))}`" in PAGE


def test_the_ledgers(problem: Problem, seating: Seating) -> None:
    pairs = [(seat, member) for seat in problem.seats for member in problem.members]
    lines = shares(with_ledgers(problem, pairs), seating)
    for line in lines:
        books = {ledger.name: (ledger.load, ledger.fair) for ledger in line.ledgers}
        cells = [f"{m / 60:.2f}" for name in ("triage", "review", BURDENSOME) for m in books[name]]
        assert f"| {problem.member_by_id[line.member].name} | {' | '.join(cells)} |" in PAGE


def test_what_is_carried_on(problem: Problem, seating: Seating) -> None:
    lines = shares(problem, seating)
    differences = [line.load - fair for line, fair in zip(lines, due(lines), strict=True)]
    assert differences == [0, 60, -60]
    assert "Ana 0, Ben +1 and Chi −1 hours" in PAGE
    assert [line.carried for line in lines] == [60, -30, 15]
