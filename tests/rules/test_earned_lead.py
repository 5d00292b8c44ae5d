from scheduler.domain.people import Goal, Level
from scheduler.domain.training import Paths, Turns
from scheduler.rules.requirements.earned_lead import EarnedLead
from tests.rules.builders import days, duty, jan, roster, seat, seated, someone
from tests.rules.halves import told
from tests.rules.learning import four_weeks, leader, learner

RULE = EarnedLead()
SHADOWED = {"hub_4_shadow": "ana", "hub_11_shadow": "ana"}
GUIDED = {"hub_18_lead": "ana", "hub_18_secondary": "ben"}
TOO_FEW = "Ana would lead hub@2027-01-18/lead after 1 of 2 shadow turns of hub"
ALONE = "Ana would lead hub@2027-01-18/lead without a mentor beside"


def test_two_shadow_turns_and_a_mentor_beside_earn_the_lead() -> None:
    problem = four_weeks(learner(), leader())
    assert told(RULE, problem, seated(problem, **SHADOWED, **GUIDED)) == []


def test_one_turn_is_not_two_and_a_later_one_comes_too_late() -> None:
    problem = four_weeks(learner(), leader())
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana", **GUIDED)) == [TOO_FEW]
    late = seated(problem, hub_4_shadow="ana", hub_25_shadow="ana", **GUIDED)
    assert told(RULE, problem, late) == [TOO_FEW]
    same_week = seated(problem, hub_4_shadow="ana", hub_18_shadow="ana", **GUIDED)
    assert told(RULE, problem, same_week) == [TOO_FEW]


def test_past_turns_count_and_so_does_a_level() -> None:
    experience = {("ana", "hub"): Turns(shadow=1)}
    problem = four_weeks(learner(), leader(), experience=experience)
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana", **GUIDED)) == []
    assert told(RULE, problem, seated(problem, **GUIDED)) == [
        "Ana would lead hub@2027-01-18/lead after 0 of 1 shadow turns of hub"
    ]
    problem = four_weeks(learner(level=Level.shadowed), leader())
    assert told(RULE, problem, seated(problem, **GUIDED)) == []


def test_a_mentor_leads_the_skill_and_sits_in_the_same_shift() -> None:
    problem = four_weeks(learner(), leader(), someone("Chi"))
    alone = {
        "nobody": SHADOWED,
        "no leader": {**SHADOWED, "hub_18_secondary": "chi"},
        "another week": {**SHADOWED, "hub_25_secondary": "ben"},
    }
    for holders in alone.values():
        assert told(RULE, problem, seated(problem, **holders, hub_18_lead="ana")) == [ALONE]


def test_a_named_mentor_needs_no_seat_but_has_to_be_there() -> None:
    goal = Goal("hub", Level.leads, mentor="ben")
    # The turn ends on Sunday the 24th, a day on which nobody works on it.
    for away, missed in ((22, 1), (24, 0)):
        problem = four_weeks(learner("Ana", goal), leader(away=(days(away, away),)))
        alone = told(RULE, problem, seated(problem, **SHADOWED, hub_18_lead="ana"))
        assert alone == [ALONE] * missed
    problem = four_weeks(learner("Ana", goal), someone("Ben"))
    assert told(RULE, problem, seated(problem, **SHADOWED, hub_18_lead="ana")) == [ALONE]


def test_a_path_without_turns_beside_a_mentor_asks_for_none() -> None:
    problem = four_weeks(learner(), leader(), lead=0)
    assert told(RULE, problem, seated(problem, **SHADOWED, hub_18_lead="ana")) == []
    assert len(told(RULE, problem, seated(problem, hub_18_lead="ana"))) == 1


def test_it_holds_only_those_with_a_goal_to_lead() -> None:
    goal = Goal("hub", Level.shadowed, by=jan(31))
    problem = four_weeks(learner("Ana", goal), leader())
    assert told(RULE, problem, seated(problem, hub_18_lead="ana")) == []
    assert told(RULE, problem, seated(problem, hub_18_lead="ben")) == []


def test_a_mentor_who_comes_a_week_later_is_not_beside() -> None:
    lead = seat(skill="hub", level=Level.leads)
    for offset, sentences in ((0, 0), (6, 0), (7, 1)):
        work = duty("hub", lead, seat("secondary", offset=offset))
        problem = roster([learner(), leader()], [work], paths=Paths(Turns(0, 1)))
        led = seated(problem, hub_4_lead="ana", hub_4_secondary="ben")
        assert len(told(RULE, problem, led)) == sentences
