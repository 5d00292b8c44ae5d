"""Answers about a pair against every rotation there is, and false ones that are caught."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.domain.fairness import entitled
from scheduler.domain.people import Level
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.review.because import Kind, is_certain, is_worse, sentence
from scheduler.rules.book import Tier
from scheduler.solver import Limits, solve
from scheduler.solver.counterfactual import Plan, with_, without
from tests.rules.builders import duty, entitled_to, on, roster, seat, seated, someone
from tests.rules.problems import pinned, problems, seatings
from tests.rules.test_laws import accepted_part
from tests.solver.otherwise import POLICY, is_true

LIMITS = Limits(work=20.0)
calm = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A legal plan, made by hand or the best there is; some turns are pinned."""
    problem = draw(problems(most_seats=3))
    assume(problem.seats and problem.members)
    by_hand = accepted_part(POLICY.requirements, problem, draw(seatings(problem)))
    if draw(st.booleans()):
        return Plan(problem, POLICY, solve(problem, POLICY).seating, is_best=True)
    turns = [turn for turn in by_hand if draw(st.booleans())]
    some = Seating(dict(turns[:1]))
    if accepted_part(POLICY.requirements, problem, some).holders == some.holders:
        problem = pinned(problem, some)
    return Plan(problem, POLICY, by_hand)


@calm
@given(data=st.data())
def test_the_prices_of_an_answer_are_the_least_of_all_rotations(data: st.DataObject) -> None:
    plan = data.draw(plans())
    place = data.draw(st.sampled_from(plan.problem.seats))
    member = data.draw(st.sampled_from(plan.problem.members))
    ask = without if plan.seating[place] is member else with_
    other = ask(plan, place, member, LIMITS)
    assert is_true(plan, other)
    assert all(price.proved for price in other.prices if not plan.is_best)


def small() -> Problem:
    """Ana and Ben can release, the others only triage; each has room for two turns a week."""
    people = [
        someone(name, budget=480, skills={"release": Level.leads} if name in "AnaBen" else {})
        for name in ("Ana", "Ben", "Chi")
    ]
    duties = (duty("release", seat(skill="release", level=Level.leads, must=True)), duty("hub"))
    return entitled(roster(people, duties, 2), set(people))


def best(problem: Problem) -> Plan:
    return Plan(problem, POLICY, solve(problem, POLICY).seating, is_best=True)


def test_without_the_only_one_who_can_a_must_seat_stays_empty() -> None:
    problem = small()
    problem = replace(problem, members=(problem.members[0], problem.members[2]))
    plan = best(problem)
    ana, release = problem.members[0], problem.seats[0]
    other = without(plan, release, ana)
    assert other.decisive is not None
    assert sentence(other.decisive) == "the price of must rises from 0 to 1"
    assert is_certain(other.decisive)
    assert is_true(plan, other)


def test_the_highest_share_rises_where_one_must_serve_more() -> None:
    people = [someone("Ana"), someone("Ben")]
    problem = roster(people, [duty("hub", cadence=on((4, 5), (6, 7)))])
    problem = entitled_to(problem, ana=240, ben=240)
    plan = Plan(problem, POLICY, seated(problem, hub_4_lead="ana", hub_6_lead="ben"), True)
    other = without(plan, problem.seats[0], people[0])
    # Ana may take the other turn instead: nothing is lost, and one other turn moves.
    assert other.decisive is None
    assert other.moved is not None
    assert sentence(other.moved) == "1 other turn moves"
    there = replace(problem, pins={problem.seats[1].key: "ben"})
    other = without(replace(plan, problem=there), problem.seats[0], people[0])
    assert other.decisive is not None
    assert sentence(other.decisive) == "the highest share rises from 1.00 to 2.00"


def test_a_plan_changed_by_hand_is_told_to_be_dearer() -> None:
    people = [someone("Ana"), someone("Ben")]
    problem = roster(people, [duty("hub", cadence=on((4, 5), (6, 7)))])
    problem = entitled_to(problem, ana=240, ben=240)
    plan = Plan(problem, POLICY, seated(problem, hub_4_lead="ana", hub_6_lead="ana"))
    other = with_(plan, problem.seats[0], people[1], LIMITS)
    assert other.decisive is not None
    assert not is_worse(other.decisive)
    assert sentence(other.decisive) == "the highest share falls from 2.00 to 1.00"


def test_who_is_barred_holds_the_seat_in_no_plan_unless_that_is_lifted() -> None:
    plan = best(small())
    release, chi = plan.problem.seats[0], plan.problem.members[2]
    assert with_(plan, release, chi).is_impossible
    allowed = with_(plan, release, chi, allow=True)
    assert allowed.seating is not None
    assert allowed.seating[release] is chi
    assert allowed.decisive is None


def test_what_a_tier_gave_up_is_no_gain_to_another_plan() -> None:
    people = [someone("Ana"), someone("Ben")]
    problem = roster(people, [duty("hub", value=4)])
    problem = entitled_to(problem, ana=240, ben=240)
    tiers = tuple(Tier(t.name, spare=4) if t.name == "backlog" else t for t in POLICY.tiers)
    plan = Plan(problem, replace(POLICY, tiers=tiers), Seating({}))
    other = with_(plan, problem.seats[0], people[0], LIMITS)
    assert [price.after for price in other.prices if price.name == "backlog"] == [0]
    empty = without(plan, problem.seats[0], people[0], LIMITS)
    assert empty.seating is not None
    assert len(empty.seating) == 0


def test_false_answers_are_caught() -> None:
    plan = best(small())
    ana = plan.seating[plan.problem.seats[0]]
    assert ana is not None
    other = without(plan, plan.problem.seats[0], ana, LIMITS)
    assert is_true(plan, other)
    assert other.moved is not None
    assert other.seating is not None
    false = [
        replace(other, is_impossible=True, seating=None, prices=()),
        replace(other, forced=True),
        replace(other, moved=replace(other.moved, after=9)),
        replace(other, seating=plan.seating),
        replace(other, seating=Seating({})),
    ]
    for number, price in enumerate(other.prices):
        for wrong in (_more(price.after), None):
            told = list(other.prices)
            told[number] = replace(price, after=wrong)
            false.append(replace(other, prices=tuple(told)))
            told[number] = replace(price, before=wrong)
            false.append(replace(other, prices=tuple(told)))
    assert not any(is_true(plan, answer) for answer in false)


def _more(price: object) -> int | tuple[int, ...] | None:
    if isinstance(price, tuple):
        return (*price[:-1], price[-1] + 1)
    return price + 1 if isinstance(price, int) else None


@pytest.mark.parametrize(
    ("before", "after", "bound", "proved", "said"),
    [
        (0, 2, 2, True, "the price of must rises from 0 to 2"),
        (0, 2, 1, False, "the price of must rises from 0 to at most 2, and at least 1"),
        (
            0,
            2,
            0,
            False,
            "the price of must would rise from 0 to at most 2; that it must was not proved",
        ),
        (3, 2, 2, True, "the price of must falls from 3 to 2"),
        (3, 2, 0, False, "the price of must falls from 3 to 2 or less"),
    ],
)
def test_a_sentence_is_no_surer_than_its_proof(
    before: int, after: int, bound: int, proved: bool, said: str
) -> None:
    from scheduler.review.because import Reason

    assert sentence(Reason(Kind.price, "must", (), (), "", before, after, bound, proved)) == said
