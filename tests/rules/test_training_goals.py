from typing import Any

from scheduler.domain.people import Goal, Level
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.training import Paths, Turns
from scheduler.rules.preferences.training_goals import TrainingGoals
from tests.rules.builders import duty, jan, roster, seat, seated, someone
from tests.rules.halves import priced, told

RULE = TrainingGoals(weight=1, turns=2)
WORK = [
    duty(name, seat(skill=name, level=Level.leads), seat("shadow", skill=name))
    for name in ("hub", "lab")
]


def learner(*goals: Goal, level: Level = Level.learning, **what: Any) -> Problem:
    """Ana, who learns by shadowing alone unless said."""
    ana = someone("Ana", skills={"hub": level}, goals=goals)
    what = {"paths": Paths(Turns(shadow=2)), **what}
    return roster([ana, someone("Ben")], WORK, weeks=3, **what)


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


def test_the_path_of_the_skill_says_how_many_turns() -> None:
    goal = Goal("hub", Level.leads, value=3)
    paths = Paths(Turns(shadow=5), {"hub": Turns(shadow=1, lead=2)})
    problem = learner(goal, paths=paths)
    rule = TrainingGoals(weight=1)
    assert told(rule, problem, Seating({})) == [
        "Ana has 0 of 1 shadow turns of hub",
        "Ana has 0 of 2 turns in the lead of hub",
    ]
    assert priced(rule, problem, Seating({})) == 30 + 60
    both = seated(problem, hub_4_shadow="ana", hub_11_lead="ana")
    assert priced(rule, problem, both) == 30
    assert priced(TrainingGoals(turns=3), problem, both) == 60 + 30


def test_a_goal_to_shadow_asks_for_no_turn_in_the_lead() -> None:
    problem = learner(Goal("hub", Level.shadowed), paths=Paths(Turns(1, 1)))
    assert priced(TrainingGoals(), problem, seated(problem, hub_4_shadow="ana")) == 0


def test_turns_of_earlier_rotations_count() -> None:
    experience = {("ana", "hub"): Turns(shadow=1, lead=1)}
    paths = Paths(Turns(shadow=2, lead=2))
    problem = learner(Goal("hub", Level.leads), paths=paths, experience=experience)
    assert priced(TrainingGoals(), problem, Seating({})) == 10 + 10
    assert priced(TrainingGoals(turns=4), problem, Seating({})) == 30 + 10
    done = seated(problem, hub_4_shadow="ana", hub_11_lead="ana")
    assert priced(TrainingGoals(), problem, done) == 0


def test_a_turn_in_the_lead_must_end_by_the_goals_date_too() -> None:
    for last, units in ((jan(10), 0), (jan(9), 10)):
        goal = Goal("hub", Level.leads, by=last)
        problem = learner(goal, level=Level.shadowed, paths=Paths(Turns(2, 1)))
        assert priced(TrainingGoals(), problem, seated(problem, hub_4_lead="ana")) == units
