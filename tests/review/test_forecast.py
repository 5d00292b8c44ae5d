"""Warnings before planning, with figures counted by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.domain.cadence import EveryWeekday, EveryWeeks
from scheduler.domain.duties import SeatPlan, Upstream
from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.problem import Problem
from scheduler.review.forecast import forecast
from scheduler.rules.book import Policy
from tests.rules.builders import HOUR, at, days, duty, jan, roster, seat, someone


def warnings(problem: Problem, ceiling: int = 40) -> tuple[str, ...]:
    return forecast(problem, Policy(), ceiling=ceiling)


def strategic(*members: Member, share: int = 50, **what: Any) -> tuple[str, ...]:
    """What is foreseen where half of the effort is to go to the hub, which has 8 of 16 hours."""
    work = [
        duty("triage", seat(effort=8 * HOUR, skill="hub", level=Level.leads), upstream="hub"),
        duty("all", seat(effort=8 * HOUR)),
    ]
    upstreams = (Upstream("hub", "JupyterHub", share),)
    problem = roster(members, work, weeks=1, upstreams=upstreams, **what)
    return tuple(said for said in warnings(problem, 200) if "effort" in said)


def test_shares_that_the_duties_or_those_who_can_do_them_do_not_allow() -> None:
    able = someone("Ana", skills={"hub": Level.leads})
    assert strategic(able, share=60) == ()
    assert strategic(able, share=61) == (
        "JupyterHub is to have 61% of the effort, but its duties are 50% of the work on offer",
    )
    assert strategic(someone("Ben")) == (
        "JupyterHub is to have 50% of the effort, but nobody can do 8.0 of its 8.0 hours",
    )
    busy = someone("Ana", budget=2 * HOUR, skills={"hub": Level.leads})
    assert strategic(busy, someone("Ben")) == (
        "JupyterHub is to have 50% of the effort, but the one who can do it has time for at most "
        "2.0 of its 8.0 hours",
    )
    assert strategic(able, kinds={"docs": 20}) == (
        "docs is to have 20% of the effort, but its duties are 0% of the work on offer",
    )


FOUR = [someone(name) for name in ("Ana", "Ben", "Chi", "Dee")]
PAIR = (seat(), seat("secondary"), seat("shadow"))


def test_four_people_for_two_seats_are_on_duty_two_weeks_in_four() -> None:
    problem = roster(FOUR, [duty("hub", *PAIR)], weeks=13)
    assert warnings(problem) == (
        "hub: 4 people for 2 seats, each serves 14 of 28 days, above the ceiling of 40%",
    )
    assert warnings(problem, ceiling=50) == ()


def test_a_kind_of_seat_with_a_smaller_pool_is_named() -> None:
    emea = [someone(name, region="europe") for name in ("Eli", "Fay")]
    work = duty("hub", seat("emea", region="europe"), seat("any"))
    assert warnings(roster([*FOUR, *emea], [work], weeks=4)) == (
        "hub (emea): 2 people for 1 seat, each serves 14 of 28 days, above the ceiling of 40%",
    )


def test_turns_that_began_before_and_last_into_the_time_count_and_those_after_it_do_not() -> None:
    fortnights = EveryWeeks(2, anchor=jan(11))
    staggered = duty("hub", seat("odd"), seat("even", offset=7), cadence=fortnights)
    assert warnings(roster(FOUR, [staggered], weeks=4)) == (
        "hub: 4 people for 2 seats, each serves 14 of 28 days, above the ceiling of 40%",
    )
    from_now_on = replace(staggered, from_day=jan(11))
    assert warnings(roster(FOUR, [from_now_on], weeks=4)) == ()


def test_more_seats_than_people() -> None:
    problem = roster(FOUR[:1], [duty("hub", *PAIR)])
    assert warnings(problem) == ("hub: 1 person for 2 seats at once, so that some stay empty",)


def test_every_weekday_is_every_day_that_there_is_work() -> None:
    problem = roster(FOUR[:2], [duty("hub", cadence=EveryWeekday())], weeks=2)
    assert warnings(problem) == (
        "hub: 2 people for 1 seat, each serves 7 of 14 days, above the ceiling of 40%",
    )


def test_meetings_and_seats_of_one_person_together_are_no_strain() -> None:
    call = duty("call", clock=at("09:00"))
    both = duty("hub", seat(), seat("secondary"), together=True)
    assert warnings(roster(FOUR[:2], [call])) == ()
    assert warnings(roster(FOUR, [both])) == ()


def test_must_seats_that_nobody_can_hold_are_told_with_the_reason() -> None:
    ana = someone("Ana", away=(days(11, 17),))
    ben = someone("Ben", left=jan(6))
    problem = roster([ana, ben], [duty("hub", seat(must=True))], weeks=3)
    assert warnings(problem, ceiling=100) == (
        "hub: nobody can hold lead in the shift of 11 Jan 2027 "
        "(Ana is away then; Ben is no longer there from 2027-01-06)",
    )
    gone = roster([ben], [duty("hub", seat(must=True))], weeks=5)
    assert warnings(gone, ceiling=100)[0].startswith(
        "hub: nobody can hold lead in 5 shifts from 4 Jan 2027 to 1 Feb 2027 (Ben is"
    )


def test_more_must_hours_than_budget() -> None:
    short = [someone("Ana", budget=3 * HOUR), someone("Ben", budget=3 * HOUR, away=(days(11, 15),))]
    work = duty("hub", seat(must=True))
    assert warnings(roster(short, [work], weeks=3), ceiling=100) == (
        "The must-fill seats take more hours than the budget of those who can hold them: "
        "week 2 of 2027 (4.0 for 3.0)",
    )
    assert warnings(roster(short[:1], [work], weeks=5), ceiling=100) == (
        "The must-fill seats take more hours than the budget of those who can hold them: "
        "week 1 of 2027 (4.0 for 3.0), week 2 of 2027 (4.0 for 3.0), "
        "week 3 of 2027 (4.0 for 3.0) and 2 more weeks",
        "In all, the must-fill seats take more hours than the budget of those who can hold them: "
        "20.0 for 15.0",
    )


def test_goals_without_a_duty_to_learn_on() -> None:
    def lacking(goal: Goal, level: Level = Level.learning) -> tuple[str, ...]:
        ana = someone("Ana", skills={goal.skill: level}, goals=(goal,))
        hub = duty(
            "hub",
            seat(skill="hub", level=Level.leads),
            seat("shadow", skill="hub", level=Level.learning),
        )
        return warnings(roster([*FOUR, ana], [hub, duty("lab", seat(skill="lab"))]), ceiling=100)

    assert lacking(Goal("hub", Level.shadowed)) == ()
    assert lacking(Goal("hub", Level.leads), Level.leads) == ()
    assert lacking(Goal("docs", Level.leads, jan(90))) == (
        "Ana is to reach leads in docs: no duty of this time asks for docs",
    )
    assert lacking(Goal("lab", Level.shadowed)) == (
        "Ana is to reach shadowed in lab: no duty has a shadow seat of lab",
    )
    assert lacking(Goal("hub", Level.leads, jan(9))) == (
        "Ana is to reach leads in hub: no seat of hub ends by 9 Jan 2027",
    )
    assert lacking(Goal("hub", Level.leads), Level.none) == (
        "Ana is to reach leads in hub: they may hold none of the shadow seats of hub",
    )


def test_nothing_to_warn_of_in_an_empty_roster() -> None:
    assert warnings(roster([], [])) == ()


def test_goals_to_lead_without_a_mentor_beside() -> None:
    alone = (
        "Ana is to reach leads in hub: no shift that they could lead has another seat for a mentor "
        "of hub; add one, or name a mentor in the goal"
    )
    lead, shadow = seat(skill="hub", level=Level.leads), seat("shadow", skill="hub")

    def lacking(*seats: SeatPlan, mentor: str = "") -> tuple[str, ...]:
        goal = Goal("hub", Level.leads, mentor=mentor)
        ana = someone("Ana", skills={"hub": Level.learning}, goals=(goal,))
        team = [someone(name, skills={"hub": Level.leads}) for name in ("Ben", "Chi", "Dee", "Eve")]
        return warnings(roster([*team, ana], [duty("hub", *seats)]), ceiling=100)

    assert lacking(lead, shadow) == (alone,)
    assert lacking(lead, shadow, mentor="ben") == ()
    assert lacking(lead, shadow, seat("notes")) == ()
    assert alone in lacking(lead, shadow, seat("notes", permission="pypi"))
    barred = seat(skill="hub", level=Level.leads, permission="pypi")
    assert "Ana is to reach leads in hub: they may hold none of the seats that lead hub" in lacking(
        barred, shadow, seat("notes")
    )


def test_a_learner_is_not_one_of_those_who_can_serve() -> None:
    work = duty("hub", seat(skill="hub", level=Level.leads))
    ana = someone("Ana", goals=(Goal("hub", Level.leads),))
    ben = someone("Ben", skills={"hub": Level.leads})
    problem = roster([ana, ben], [work], weeks=4)
    assert any(w.startswith("hub: 1 person for 1 seat") for w in warnings(problem))
