"""What seats weigh, counted by hand: holidays and odd hours of the holder, quiet days of all."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from scheduler.domain.burden import Burden, burdensome
from scheduler.domain.fairness import (
    balances,
    entitled,
    load,
    shares,
    wanted,
    weighed,
    with_ledgers,
)
from scheduler.domain.ledgers import BURDENSOME
from scheduler.domain.people import Hours, Member
from scheduler.domain.problem import Problem, QuietPeriod
from scheduler.domain.rotation import Ledger, Seating
from tests.rules.builders import at, days, duty, jan, on, roster, seat, seated, someone

WEDNESDAY = frozenset({jan(6)})
HUB = duty("hub", seat(effort=300), seat("shadow", effort=60), cadence=on((4, 10)))
CALL = duty("call", seat(effort=60), cadence=on((6, 6)), clock=at("17:30"))


def problem(*people: Member, **what: Any) -> Problem:
    return replace(roster(people, [HUB, CALL]), **what)


def weighs(problem: Problem, member: str, shift: str, name: str = "lead") -> int:
    return load(problem, problem.member_by_id[member], problem.seat_by_key[shift, name])


def test_a_holiday_of_the_holder_weighs_half_as_much_again() -> None:
    told = problem(someone("Ana", public_holidays=WEDNESDAY), someone("Ben"))
    assert weighs(told, "ana", "hub@2027-01-04") == 330  # five hours, one of them counts 1.5
    assert weighs(told, "ben", "hub@2027-01-04") == 300
    assert weighs(told, "ana", "hub@2027-01-04", "shadow") == 0
    assert weighed(told, told.seat_by_key["hub@2027-01-04", "lead"]) == 300


def test_the_heaviest_of_what_applies_counts() -> None:
    quiet = (QuietPeriod(days(6, 7), "quiet", 200),)
    told = problem(someone("Ana", public_holidays=WEDNESDAY), quiet=quiet)
    assert weighs(told, "ana", "hub@2027-01-04") == 420  # two of five hours count twice
    light = (QuietPeriod(days(6, 7), "light", 50),)
    told = problem(someone("Ana", public_holidays=WEDNESDAY), quiet=light)
    assert weighs(told, "ana", "hub@2027-01-04") == 300  # 1.5 on Wednesday, 0.5 on Thursday


def test_at_100_percent_a_holiday_is_a_day_like_any_other() -> None:
    light = (QuietPeriod(days(6, 7), "light", 50),)
    told = problem(
        someone("Ana", public_holidays=WEDNESDAY), quiet=light, burden=Burden(holidays=100)
    )
    assert weighs(told, "ana", "hub@2027-01-04") == 240


@pytest.mark.parametrize(
    ("timezone", "hours", "minutes"),
    [
        ("UTC", None, 90),  # 17:30 to 18:30 passes 18:00
        ("Europe/London", Hours(time(9), time(19)), 60),
        ("America/New_York", None, 60),  # half past twelve
        ("America/Los_Angeles", Hours(time(10), time(16)), 90),  # half past nine
        ("Asia/Tokyo", Hours(time(22), time(6)), 60),  # half past two at night, as they like it
        ("Asia/Tokyo", None, 90),
    ],
)
def test_odd_hours_are_those_of_the_holder(
    timezone: str, hours: Hours | None, minutes: int
) -> None:
    told = problem(someone("Ana", timezone=timezone, hours=hours))
    assert weighs(told, "ana", "call@2027-01-06") == minutes


def test_a_timed_seat_is_on_the_holiday_of_its_local_day() -> None:
    # 17:30 in London is half past six on Thursday morning in Auckland.
    thursday = frozenset({jan(7)})
    told = problem(
        someone("Ana", timezone="Pacific/Auckland", public_holidays=thursday),
        burden=Burden(odd_hours=100),
    )
    assert weighs(told, "ana", "call@2027-01-06") == 90


def test_burdensome_minutes_are_effort_not_weight() -> None:
    told = problem(someone("Ana", public_holidays=WEDNESDAY))
    ana, hub = told.members[0], told.seat_by_key["hub@2027-01-04", "lead"]
    assert burdensome(told, ana, hub) == 60


# ------------------------------------------------------------------------------------ ledgers


def booked() -> Problem:
    """Ana has twice the budget of Ben and a holiday; Chi could only do the call."""
    ana = someone("Ana", budget=600, public_holidays=WEDNESDAY)
    told = replace(roster([ana, someone("Ben", budget=300)], [HUB, CALL]), burden=Burden(150, 100))
    call = replace(CALL, kind="meetings")
    told = replace(
        told,
        duties=(HUB, call),
        seats=tuple(
            s if s.duty is HUB else replace(s, shift=replace(s.shift, duty=call))
            for s in told.seats
        ),
    )
    pairs = [(s, m) for s in told.seats for m in told.members]
    return with_ledgers(entitled(told, told.members), pairs)


def test_the_fair_share_of_a_ledger_follows_the_budgets_of_those_who_can() -> None:
    told = booked()
    # The hub would cost Ana 60 burdensome minutes and Ben none, 30 on average; the call lies on
    # Ana's holiday with all of its 60 minutes, again 30 on average.
    assert told.ledgers == {
        ("ana", "triage"): 200,
        ("ben", "triage"): 100,
        ("ana", "meetings"): 40,
        ("ben", "meetings"): 20,
        ("ana", BURDENSOME): 40,
        ("ben", BURDENSOME): 20,
    }


def test_only_those_who_can_share_a_ledger() -> None:
    told = booked()
    ana, ben = told.members
    pairs = [(s, m) for s in told.seats for m in (ana, ben) if m is ana or s.duty is HUB]
    shared = with_ledgers(told, pairs).ledgers
    assert shared["ana", "meetings"] == 60
    assert ("ben", "meetings") not in shared


def test_the_books_tell_what_was_done_and_what_was_fair() -> None:
    told = booked()
    lines = {
        line.member: line.ledgers
        for line in shares(told, seated(told, hub_4_lead="ana", call_6_lead="ben"))
    }
    assert lines["ana"] == (
        Ledger(BURDENSOME, 60, 40),
        Ledger("meetings", 0, 40),
        Ledger("triage", 330, 200),
    )
    assert lines["ben"] == (
        Ledger(BURDENSOME, 0, 20),
        Ledger("meetings", 60, 20),
        Ledger("triage", 0, 100),
    )
    assert all(line.ledgers == () for line in shares(replace(told, ledgers={}), Seating({})))


def test_a_balance_lowers_what_is_wanted_of_a_ledger_but_not_below_nothing() -> None:
    told = replace(booked(), ledgers_carried={("ana", "triage"): 50, ("ana", "meetings"): 90})
    found = wanted(told)
    assert found["ana", "triage"] == 150
    assert found["ben", "triage"] == 50  # new, and so starts at the mean of the others
    assert found["ana", "meetings"] == 0


def test_newcomers_start_at_the_mean_and_leavers_are_left_out_of_it() -> None:
    fair = {"ana": 600, "ben": 600, "chi": 600}
    assert balances(fair, {"ana": 90, "ben": -30, "gone": 600}) == {
        "ana": 90,
        "ben": -30,
        "chi": 30,
    }


def test_public_holidays_of_another_year_say_nothing() -> None:
    told = problem(someone("Ana", public_holidays=frozenset({date(2026, 1, 6)})))
    assert weighs(told, "ana", "hub@2027-01-04") == 300
