from scheduler.domain.people import Goal, Level
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.training_goals import TrainingGoals
from tests.rules.builders import duty, jan, roster, seat, seated, someone
from tests.rules.halves import priced, told

RULE = TrainingGoals(weight=1, turns=2)
WORK = [duty(name, seat(skill=name), seat("shadow", skill=name)) for name in ("hub", "lab")]


def learner(*goals: Goal, level: Level = Level.learning) -> Problem:
    ana = someone("Ana", skills={"hub": level}, goals=goals)
    return roster([ana, someone("Ben")], WORK, weeks=3)


def test_each_missing_turn_costs_ten_times_the_value() -> None:
    problem = learner(Goal("hub", Level.leads, value=3))
    assert priced(RULE, problem, Seating({})) == 60
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana")) == [
        "Ana has 1 of 2 shadow turns of hub"
    ]
    assert priced(RULE, problem, seated(problem, hub_4_shadow="ana")) == 30
    twice = seated(problem, hub_4_shadow="ana", hub_18_shadow="ana")
    assert priced(RULE, problem, twice) == 0
    thrice = seated(problem, hub_4_shadow="ana", hub_11_shadow="ana", hub_18_shadow="ana")
    assert priced(RULE, problem, thrice) == 0
    assert priced(TrainingGoals(weight=2, turns=4), problem, thrice) == 60


def test_a_shadow_turn_without_a_goal_costs_one() -> None:
    problem = learner()
    idle = seated(problem, lab_4_shadow="ana", hub_4_shadow="ben", hub_4_lead="ana")
    assert told(RULE, problem, idle) == [
        "Ana shadows lab@2027-01-04/shadow without a training goal",
        "Ben shadows hub@2027-01-04/shadow without a training goal",
    ]


def test_leading_is_no_shadowing_and_another_skill_no_help() -> None:
    problem = learner(Goal("hub", Level.leads))
    assert priced(RULE, problem, seated(problem, hub_4_lead="ana")) == 20
    assert priced(RULE, problem, seated(problem, lab_4_shadow="ana")) == 21


def test_a_turn_must_end_by_the_goals_date() -> None:
    turn = {"hub_4_shadow": "ana"}
    for last, units in ((jan(10), 10), (jan(9), 20 + 1)):
        problem = learner(Goal("hub", Level.leads, by=last))
        assert priced(RULE, problem, seated(problem, **turn)) == units


def test_who_has_shadowed_needs_no_more_and_a_reached_goal_neither() -> None:
    assert priced(RULE, learner(Goal("hub", Level.leads), level=Level.shadowed), Seating({})) == 0
    assert priced(RULE, learner(Goal("hub", Level.learning)), Seating({})) == 0
    assert priced(RULE, learner(Goal("hub", Level.learning), level=Level.none), Seating({})) == 20
