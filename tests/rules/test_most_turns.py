from dataclasses import replace

from scheduler.domain.rotation import PastTurn
from scheduler.rules.requirements.most_turns import MostTurns
from tests.rules.builders import days, duty, roster, seat, seated, someone
from tests.rules.halves import told

RULE = MostTurns()
ANA = someone("Ana", most={"hub": 1, "gone": 0})
TEAM = [ANA, someone("Ben")]
WORK = [duty("hub", seat(), seat("shadow")), duty("lab")]


def test_nobody_has_more_turns_of_a_duty_than_they_take() -> None:
    problem = roster(TEAM, WORK, weeks=2)
    twice = seated(problem, hub_4_lead="ana", hub_11_lead="ana")
    assert told(RULE, problem, twice) == ["Ana would have 2 turns of Hub, and 1 is the most"]
    learning = seated(problem, hub_4_lead="ana", hub_11_shadow="ana")
    assert len(told(RULE, problem, learning)) == 1


def test_other_duties_and_other_people_are_no_matter() -> None:
    problem = roster(TEAM, WORK, weeks=2)
    others = seated(problem, lab_4_lead="ana", lab_11_lead="ana", hub_4_lead="ana")
    assert told(RULE, problem, others) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="ben", hub_11_lead="ben")) == []


def test_of_what_the_duty_and_the_member_say_the_smaller_counts() -> None:
    problem = roster([someone("Ana", most={"hub": 3}), *TEAM[1:]], [duty("hub", most=2)], weeks=3)
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", hub_11_lead="ana")) == []
    everything = dict.fromkeys(("hub_4_lead", "hub_11_lead", "hub_18_lead"))
    for name in ("ana", "ben"):
        found = told(RULE, problem, seated(problem, **dict.fromkeys(everything, name)))
        assert found == [f"{name.capitalize()} would have 3 turns of Hub, and 2 is the most"]


def test_turns_that_have_begun_count_and_those_of_the_last_rotation_do_not() -> None:
    problem = roster(TEAM, WORK, weeks=2)
    second = seated(problem, hub_11_lead="ana")
    begun = replace(problem, past=(PastTurn("hub", "lead", "ana", days(4, 10), 240),))
    assert told(RULE, begun, second) == ["Ana would have 2 turns of Hub, and 1 is the most"]
    long_ago = replace(problem, past=(PastTurn("hub", "lead", "ana", days(1, 3), 240),))
    assert told(RULE, long_ago, second) == []
