"""The price of what is left out, counted by hand, and held against every rotation there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.domain.duties import Duty
from scheduler.domain.people import Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.review.left_out import LeftOut, price_of
from scheduler.rules.book import Policy
from scheduler.rules.requirements.weekly_budget import WeeklyBudget
from scheduler.solver import Interrupt, Limits, Outcome, solve
from scheduler.solver.left_out import Priced, left_out
from tests.rules.builders import HOUR, duty, roster, seat, someone

POLICY = Policy()


def priced(problem: Problem) -> dict[str, str]:
    """The sentences by seat, of the best rotation."""
    outcome = solve(problem, POLICY, Limits(work=2.0))
    found = left_out(problem, POLICY, outcome)
    assert not found.cut
    return {str(left.seat): price_of(left) for left in found.seats}


def named(found: Priced) -> list[str]:
    return [str(left.seat) for left in found.seats]


def work(name: str, value: int, hours: int = 4, **what: Any) -> Duty:
    return duty(name, seat(effort=hours * HOUR, **what), value=value)


def test_whose_hours_it_takes_or_which_other_duty() -> None:
    ana = someone("Ana", budget=7 * HOUR)
    assert priced(roster([ana], [work("hub", 8), work("docs", 2)])) == {
        "docs@2027-01-04/lead": "It would fit in with 1.0 more hours for Ana in the week of "
        "4 Jan 2027, or Hub (4 Jan 2027, worth 8) left empty instead"
    }


def test_others_move_over_where_that_is_cheaper() -> None:
    # Only Ana can do docs and has three hours; Ben has room for half of what she holds.
    ana = someone("Ana", budget=4 * HOUR, skills={"docs": Level.leads})
    ben = someone("Ben", budget=3 * HOUR)
    told = priced(roster([ana, ben], [work("hub", 8), work("docs", 2, skill="docs")]))
    assert told["docs@2027-01-04/lead"].startswith(
        "It would fit in with 1.0 more hours for Ben in the week of 4 Jan 2027, or Hub"
    )


def test_no_hours_give_a_skill() -> None:
    assert priced(roster([someone("Ana")], [work("docs", 2, skill="docs", level=Level.leads)])) == {
        "docs@2027-01-04/lead": "Neither more hours nor another empty seat would fit it in"
    }


def test_several_weeks_each_with_their_hours() -> None:
    ana = someone("Ana", budget=2 * HOUR)
    long = replace(work("docs", 2, hours=8), term=14)
    assert priced(roster([ana], [long])) == {
        "docs@2027-01-04/lead": "It would fit in with 2.0 more hours for Ana in each of the weeks "
        "of 4 Jan 2027 and 11 Jan 2027"
    }


def test_without_a_search_or_work_only_what_needs_none_is_told() -> None:
    problem = roster([someone("Ana", budget=HOUR)], [work("hub", 8), work("docs", 2)])
    outcome = solve(problem, POLICY)
    stop = Interrupt()
    stop.set()
    stopped = left_out(problem, POLICY, outcome, interrupt=stop)
    idle = left_out(problem, POLICY, outcome, work=0.0)
    assert (stopped.cut, idle.cut) == (True, False)
    for found in (stopped, idle):
        assert named(found) == ["hub@2027-01-04/lead", "docs@2027-01-04/lead"]
        assert [price_of(left) for left in found.seats] == [
            "It would fit in with 3.0 more hours for Ana in the week of 4 Jan 2027"
        ] * 2


def test_after_the_time_every_seat_is_named_without_a_price() -> None:
    problem = roster([someone("Ana", budget=HOUR)], [work("hub", 8), work("docs", 2)])
    found = left_out(problem, POLICY, solve(problem, POLICY), seconds=0.0)
    assert named(found) == ["hub@2027-01-04/lead", "docs@2027-01-04/lead"]
    assert all(left.hours is None and left.instead is None for left in found.seats)
    assert found.cut


def test_what_fits_in_as_it_is_is_told() -> None:
    problem = roster([someone("Ana")], [work("hub", 8)])
    idle = Outcome(Seating({}), (), interrupted=True, seconds=0.0, decisions=1)
    (left,) = left_out(problem, POLICY, idle).seats
    assert price_of(left) == (
        "It fits in as it is: a goal that comes first is against it, "
        "or a longer search would fill it"
    )
    (left,) = left_out(roster([someone("Ana")], [work("hub", 0)]), POLICY, idle).seats
    assert price_of(left) == "It fits in as it is, but its duty has the value 0"


# ------------------------------------------------------------------------- every rotation there is


@st.composite
def tight(draw: st.DrawFn) -> Problem:
    """Two or three people who can do most things, and more work than they have hours for."""
    amount = st.sampled_from([60, 125, 180, 240])
    skills = st.sampled_from([{}, {"docs": Level.leads}])
    team = [
        someone(name, budget=draw(amount), skills=draw(skills))
        for name in ("Ana", "Ben", "Chi")[: draw(st.integers(2, 3))]
    ]
    return roster(team, [draw(duties(name)) for name in ("hub", "lab", "docs")])


@st.composite
def duties(draw: st.DrawFn, name: str) -> Duty:
    seats = [
        seat(
            role,
            effort=draw(st.sampled_from([30, 60, 125, 240])),
            must=role == "lead" and draw(st.booleans()),
            skill=draw(st.sampled_from(["", "", "docs"])),
            level=Level.leads,
        )
        for role in draw(st.sampled_from([("lead",), ("lead",), ("lead", "shadow")]))
    ]
    return duty(name, *seats, value=draw(st.integers(0, 5)), exclusive=draw(st.booleans()))


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(problem=tight(), data=st.data())
def test_no_rotation_is_cheaper_and_every_price_is_that_of_one(
    problem: Problem, data: st.DataObject
) -> None:
    outcome = solve(problem, POLICY, Limits(work=1.0))
    found = left_out(problem, POLICY, outcome, work=20.0).seats
    if not found:
        return
    left = data.draw(st.sampled_from(found))
    rotations = [s for s in _all(problem) if s[left.seat] is not None and _is_legal(problem, s)]
    wider = [_above(problem, s) for s in rotations if _keeps(outcome.seating, s)]
    if left.hours is None:
        assert left.hours_proved
        assert not wider
    else:
        hours = sum(more.minutes for more in left.hours)
        people = {more.member for more in left.hours}
        assert left.hours_proved is (hours == min(wider))
        assert left.hours_proved or len(people) == 1
    tighter = [_lost(outcome.seating, s) for s in rotations if _above(problem, s) == 0]
    assert left.instead_proved
    assert (None if left.instead is None else _worth(left)) == min(tighter, default=None)


def _all(problem: Problem) -> Iterator[Seating]:
    for holders in product([None, *problem.members], repeat=len(problem.seats)):
        pairs = zip(problem.seats, holders, strict=True)
        yield Seating({s: m for s, m in pairs if m is not None})


def _is_legal(problem: Problem, seating: Seating) -> bool:
    """Whether nothing but budgets is exceeded."""
    rules = (rule for rule in POLICY.requirements if not isinstance(rule, WeeklyBudget))
    return not any(any(rule.explain(problem, seating)) for rule in rules)


def _above(problem: Problem, seating: Seating) -> int:
    """Minutes above the budgets."""
    spent: dict[tuple[Member, tuple[int, int]], int] = {}
    for held, member in seating:
        for week, minutes in held.weeks:
            spent[member, week] = spent.get((member, week), 0) + minutes
    return sum(max(0, minutes - problem.budget(*key)) for key, minutes in spent.items())


def _keeps(plan: Seating, seating: Seating) -> bool:
    return all(seating[seat] is not None for seat, _ in plan)


def _lost(plan: Seating, seating: Seating) -> tuple[int, int]:
    return _value([seat for seat, _ in plan if seating[seat] is None])


def _worth(left: LeftOut) -> tuple[int, int]:
    return _value(list(left.instead or ()))


def _value(seats: list[Seat]) -> tuple[int, int]:
    """Must seats, and the value of the others, shadows apart."""
    others = [seat.duty.value for seat in seats if not seat.must and not seat.is_shadow]
    return sum(seat.must for seat in seats), sum(others)
