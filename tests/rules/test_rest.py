from dataclasses import replace

from scheduler.domain.rotation import PastTurn
from scheduler.rules.preferences.rest import Rest
from tests.rules.builders import days, duty, on, roster, seat, seated, someone
from tests.rules.halves import priced, told

TEAM = [someone("Ana"), someone("Ben")]
SEATS = (seat(), seat("secondary"), seat("shadow"))
PROBLEM = roster(TEAM, [duty("hub", *SEATS), duty("lab")], weeks=4)


def test_pairs_of_turns_that_are_too_close() -> None:
    rule = Rest(weight=1, days=7)
    twice = seated(PROBLEM, hub_4_lead="ana", hub_11_secondary="ana")
    assert told(rule, PROBLEM, twice) == [
        "Ana has too little rest between hub@2027-01-04/lead and hub@2027-01-11/secondary"
    ]
    thrice = seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ana", hub_18_lead="ana")
    assert priced(rule, PROBLEM, thrice) == 2
    assert priced(Rest(weight=5, days=8), PROBLEM, thrice) == 5 * 3
    assert priced(Rest(weight=1, days=0), PROBLEM, thrice) == 0


def test_seats_of_a_shift_that_one_person_holds_together_are_one_turn() -> None:
    problem = roster(TEAM, [duty("hub", *SEATS, together=True)], weeks=2)
    first = {"hub_4_lead": "ana", "hub_4_secondary": "ana"}
    assert priced(Rest(weight=1), problem, seated(problem, **first)) == 0
    again = seated(problem, **first, hub_11_lead="ana", hub_11_secondary="ana")
    assert told(Rest(weight=1), problem, again) == [
        "Ana has too little rest between hub@2027-01-04/lead and hub@2027-01-11/lead"
    ]
    past = (PastTurn("hub", "lead", "ana", days(-2, 3)),)
    assert priced(Rest(weight=1), replace(problem, past=past), seated(problem, **first)) == 1


def test_the_days_between_are_counted_from_the_end_to_the_start() -> None:
    pause = seated(PROBLEM, hub_4_lead="ana", hub_18_lead="ana")
    assert priced(Rest(weight=1, days=7), PROBLEM, pause) == 0
    assert priced(Rest(weight=1, days=8), PROBLEM, pause) == 1


def test_other_people_other_duties_and_shadow_turns_do_not_count() -> None:
    rule = Rest(weight=1, days=7)
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ben")) == 0
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_lead="ana", lab_11_lead="ana")) == 0
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_lead="ana", hub_11_shadow="ana")) == 0


def test_the_duty_may_ask_for_a_rest_of_its_own() -> None:
    problem = roster(TEAM, [duty("hub", cadence=on((4, 5), (8, 9), (12, 13)), rest=3)], weeks=2)
    assert priced(Rest(weight=1), problem, seated(problem, hub_4_lead="ana", hub_8_lead="ana")) == 1
    assert (
        priced(Rest(weight=1), problem, seated(problem, hub_4_lead="ana", hub_12_lead="ana")) == 0
    )


def test_seats_of_one_shift_are_one_turn_even_where_they_are_staggered() -> None:
    problem = roster(TEAM, [duty("hub", seat(), seat("late", offset=7))], weeks=2)
    both = seated(problem, hub_4_lead="ana", hub_4_late="ana")
    assert priced(Rest(weight=1, days=7), problem, both) == 0
    later = seated(problem, hub_4_lead="ana", hub_11_lead="ana")
    assert priced(Rest(weight=1, days=7), problem, later) == 1


def test_across_the_seam_to_the_last_rotation() -> None:
    past = (
        PastTurn("hub", "lead", "ana", days(-9, -3)),
        PastTurn("hub", "lead", "ana", days(-16, -10)),
        PastTurn("hub", "shadow", "ben", days(-2, 3)),
        PastTurn("lab", "secondary", "ben", days(-2, 3)),
        PastTurn("gone", "lead", "ben", days(-2, 3)),
        PastTurn("hub", "lead", "gone", days(-2, 3)),
    )
    problem = replace(PROBLEM, past=past)
    first = seated(problem, hub_4_lead="ana", hub_4_secondary="ben")
    assert priced(Rest(weight=1, days=6), problem, first) == 0
    assert told(Rest(weight=1, days=7), problem, first) == [
        "Ana has too little rest between the last rotation and hub@2027-01-04/lead"
    ]
    assert priced(Rest(weight=1), problem, seated(problem, lab_4_lead="ben")) == 1
    assert priced(Rest(weight=1), problem, seated(problem, hub_4_shadow="ana")) == 0


def test_a_turn_to_come_that_is_a_fact_asks_for_rest_on_both_sides_and_no_further() -> None:
    rule = Rest(weight=1, days=7)
    problem = replace(PROBLEM, past=(PastTurn("hub", "lead", "ana", days(18, 24)),))
    assert told(rule, problem, seated(problem, hub_11_lead="ana")) == [
        "Ana has too little rest between hub@2027-01-11/lead and the turn from 2027-01-18 on"
    ]
    assert priced(rule, problem, seated(problem, hub_25_lead="ana")) == 1
    assert priced(rule, problem, seated(problem, hub_4_lead="ana")) == 0


def test_a_turn_far_ahead_does_not_hide_the_last_one() -> None:
    rule = Rest(weight=1, days=7)
    past = (
        PastTurn("hub", "lead", "ana", days(-2, 3)),
        PastTurn("hub", "lead", "ana", days(60, 66)),
    )
    problem = replace(PROBLEM, past=past)
    assert told(rule, problem, seated(problem, hub_4_lead="ana")) == [
        "Ana has too little rest between the last rotation and hub@2027-01-04/lead"
    ]
    assert priced(rule, problem, seated(problem, hub_11_lead="ana")) == 0


def test_between_two_facts_a_turn_is_too_close_once() -> None:
    past = (
        PastTurn("hub", "lead", "ana", days(4, 10)),
        PastTurn("hub", "lead", "ana", days(18, 24)),
    )
    problem = replace(PROBLEM, past=past)
    assert priced(Rest(weight=1, days=7), problem, seated(problem, hub_11_lead="ana")) == 1
