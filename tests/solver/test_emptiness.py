"""Why a seat is empty: each fact lifted, each repair tried, against every rotation there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.domain.duties import SeatPlan
from scheduler.domain.fairness import entitled
from scheduler.domain.people import Level
from scheduler.domain.rotation import Seating
from scheduler.review.because import Kind, Reason, told
from scheduler.rules.model import Model
from scheduler.solver import Limits, solve
from scheduler.solver.counterfactual import Plan
from scheduler.solver.emptiness import OF_ONE, Emptied, Without, emptied
from scheduler.solver.frame import Verdict
from tests.rules.builders import HOUR, days, duty, on, roster, seat, seated, someone
from tests.rules.halves import fix, solved
from tests.rules.problems import problems, seatings
from tests.rules.test_laws import accepted_part
from tests.solver.otherwise import POLICY, fills

LIMITS = Limits(work=60.0)
calm = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def gaps(draw: st.DrawFn) -> Emptied:
    """A seat that nobody holds, in a plan made by hand or the best there is."""
    problem = draw(problems(most_seats=3))
    assume(problem.members)
    if draw(st.booleans()):
        seating = solve(problem, POLICY).seating
    else:
        seating = accepted_part(POLICY.requirements, problem, draw(seatings(problem)))
    empty = [s for s in problem.seats if seating[s] is None and not s.is_shadow]
    assume(empty)
    plan = Plan(problem, POLICY, seating)
    place = draw(st.sampled_from(empty))
    found = emptied(plan, place, LIMITS)
    assert is_true(plan, found)
    return found


def is_true(plan: Plan, found: Emptied) -> bool:
    """Whether the seat can be filled exactly when that is said; the facts empty it and each is
    needed for that; every repair fills it, and no fewer hours do, in whichever weeks."""
    if (found.taker is not None) is not fills(plan, found.seat):
        return False
    if found.taker is not None:
        return True
    model = Without(plan, found.seat)
    if model.solve(found.facts, 20.0).verdict is not Verdict.no:
        return False
    for fact in found.facts:
        others = [other for other in found.facts if other is not fact]
        if model.solve(others, 20.0).verdict is not Verdict.yes:
            return False
    return all(fills(plan, found.seat, repair) for repair in found.repairs) and all(
        not fills(
            plan,
            found.seat,
            replace(repair, after=repair.after - 1, weeks=plan.problem.weeks),
        )
        for repair in found.repairs
        if repair.kind is Kind.hours and isinstance(repair.after, int)
    )


@calm
@given(found=gaps())
def test_what_is_said_of_an_empty_seat_is_true(found: Emptied) -> None:
    assert found.is_proved
    assert all(repair.proved for repair in found.repairs)


def gap(**what: object) -> tuple[Plan, Emptied]:
    """Ana may release and has no time left, Ben is away, Chi cannot; docs takes Ana's time."""
    people = [
        someone("Ana", budget=6 * HOUR, skills={"release": Level.leads}),
        someone("Ben", skills={"release": Level.leads}, away=(days(4, 10),)),
        someone("Chi", skills={"release": Level.learning}, wishes={}),
    ]
    duties = (
        duty("release", seat(skill="release", level=Level.leads), cadence=on((4, 8)), value=1),
        duty("docs", seat(skill="release", level=Level.leads), cadence=on((4, 8)), value=2),
    )
    problem = entitled(roster(people, duties), set(people))
    plan = Plan(problem, POLICY, seated(problem, docs_4_lead="ana"))
    return plan, emptied(plan, problem.seat_by_key["release@2027-01-04", "lead"], LIMITS)


def test_the_facts_and_repairs_of_a_small_gap() -> None:
    plan, found = gap()
    assert is_true(plan, found)
    assert list(told(found.facts)) == [
        "Ben is away then",
        "Chi has not reached the level leads in release",
        "Ana has too few hours then",
        "Docs needs people for its 1 seat",
    ]
    assert list(told(found.repairs)) == [
        "give Ana 2 more hours in week 1",
        "leave out Docs (4 Jan 2027), worth 2",
        "move the time away of Ben",
        "let Chi do it, who has not reached the level leads in release",
    ]


@pytest.mark.parametrize("name", OF_ONE)
@calm
@given(data=st.data())
def test_a_rule_about_the_turns_of_one_member_binds_nobody_else(
    name: str, data: st.DataObject
) -> None:
    problem = data.draw(problems())
    assume(problem.members)
    member = data.draw(st.sampled_from(problem.members))
    seating = data.draw(seatings(problem))
    rule = next(rule for rule in POLICY.requirements if rule.id() == name)
    model = Model(problem)
    rule.enforce(model, replace(problem, members=(member,)))
    fix(model, seating)
    broken = any(member in found.members for found in rule.explain(problem, seating))
    assert (solved(model) is None) is broken


def test_who_holds_nothing_is_not_said_to_hold_another_seat_then() -> None:
    leads = seat(skill="release", level=Level.leads)
    people = [someone("Ana", skills={"release": Level.leads}), someone("Ben")]
    pair = duty("release", leads, replace(leads, name="second"))
    beside = [duty(name, leads, exclusive=True) for name in ("hub", "lab")]
    for work, held, empty, said in (
        ([pair], "release_4_lead", ("release@2027-01-04", "second"), "another seat of it"),
        (beside, "hub_4_lead", ("lab@2027-01-04", "lead"), "another exclusive duty"),
    ):
        problem = entitled(roster(people, work), set(people))
        plan = Plan(problem, POLICY, seated(problem, **{held: "ana"}))
        found = emptied(plan, problem.seat_by_key[empty], LIMITS)
        assert is_true(plan, found)
        assert list(told(found.facts)) == [
            "Ben has not reached the level leads in release",
            f"Ana holds {said} then",
            f"{work[0].name} needs people for its 1 seat",
        ]


def test_hours_are_missing_in_the_week_in_which_they_are() -> None:
    def own(hours: int) -> SeatPlan:
        return seat(effort=hours * HOUR, skill="own", level=Level.leads)

    people = [
        someone("Ana", budget=10 * HOUR, skills={"own": Level.leads}),
        someone("Ben", budget=4 * HOUR),
    ]
    duties = (
        duty("first", own(8), cadence=on((4, 8))),
        duty("then", own(9), cadence=on((11, 15))),
        duty("hub", cadence=on((4, 8))),
        duty("lab", cadence=on((4, 15))),
    )
    problem = entitled(roster(people, duties, weeks=2), set(people))
    held = seated(problem, first_4_lead="ana", then_11_lead="ana", lab_4_lead="ben")
    plan = Plan(problem, POLICY, held)
    found = emptied(plan, problem.seat_by_key["hub@2027-01-04", "lead"], LIMITS)
    assert is_true(plan, found)
    # Ben takes it in the first week, and Ana takes lab from him.
    assert list(told(found.repairs))[:2] == [
        "give Ana 1 more hour in week 2",
        "give Ben 2 more hours in week 1",
    ]


def test_who_could_take_a_seat_that_was_left_empty_by_hand_is_named() -> None:
    problem = roster([someone("Ana")], [duty("hub")])
    found = emptied(Plan(problem, POLICY, Seating({})), problem.seats[0], LIMITS)
    assert found.taker is not None
    assert [member.id for member in found.taker.members] == ["ana"]


def test_false_facts_and_repairs_are_caught() -> None:
    plan, found = gap()
    ben = plan.problem.member_by_id["ben"]
    hours = found.repairs[0]
    assert hours.kind is Kind.hours
    some_fact = next(f for f in Without(plan, found.seat).facts if f not in found.facts)
    false = [
        replace(found, facts=found.facts[1:]),
        replace(found, facts=(*found.facts, some_fact)),
        replace(found, taker=Reason(Kind.open, members=(ben,), seats=(found.seat,))),
        replace(found, repairs=(replace(hours, members=(ben,)),)),
        replace(found, repairs=(replace(hours, after=60),)),
        replace(found, repairs=(replace(hours, after=180),)),
        replace(found, repairs=(replace(hours, weeks=((2027, 2),)),)),
        replace(found, repairs=(replace(found.repairs[2], name="skill"),)),
        replace(found, repairs=(replace(found.repairs[1], seats=()),)),
    ]
    assert not any(is_true(plan, answer) for answer in false)
