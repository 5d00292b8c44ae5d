from dataclasses import replace

from scheduler.domain.people import Goal, Level
from scheduler.domain.problem import Problem
from scheduler.rules.requirements.mentor_limits import MentorLimits
from tests.rules.builders import duty, roster, seat, seated
from tests.rules.halves import told
from tests.rules.learning import HUB, LEADS, four_weeks, leader, learner

ONE = MentorLimits(at_once=1)
LAB = replace(HUB, id="lab", name="Lab")


def crowd(*seats: str, mentees: int | None = None) -> Problem:
    """Two learners and two leaders, with two duties side by side."""
    team = [learner("Ana"), learner("Chi"), leader("Ben", mentees=mentees), leader("Dee")]
    return roster(team, [HUB, LAB], weeks=2)


def test_one_learner_at_once_over_all_duties() -> None:
    problem = crowd()
    both = {"hub_4_lead": "ben", "hub_4_shadow": "ana", "lab_4_lead": "ben"}
    assert told(ONE, problem, seated(problem, **both)) == []
    assert told(ONE, problem, seated(problem, **both, lab_4_shadow="chi")) == [
        "Ben would accompany 2 learners at once, Ana, Chi, and takes 1"
    ]
    assert told(MentorLimits(), problem, seated(problem, **both, lab_4_shadow="chi")) == []
    assert told(ONE, problem, seated(problem, **both, lab_11_shadow="chi")) == []


def test_a_learner_in_the_lead_counts_beside_a_shadow() -> None:
    problem = crowd()
    guided = {"hub_4_lead": "ana", "hub_4_secondary": "ben"}
    assert told(ONE, problem, seated(problem, **guided)) == []
    assert len(told(ONE, problem, seated(problem, **guided, hub_4_shadow="chi"))) == 1


def test_a_learner_in_the_lead_is_nobodys_mentor() -> None:
    problem = crowd(mentees=0)
    assert told(ONE, problem, seated(problem, hub_4_lead="ana", hub_4_shadow="chi")) == []


def test_somebody_with_another_skill_in_the_shift_is_not_shadowed() -> None:
    notes = duty("hub", seat(skill="hub"), seat("notes"), seat("shadow", skill="hub"))
    problem = roster([learner(), leader(mentees=0)], [notes])
    assert told(ONE, problem, seated(problem, hub_4_notes="ben", hub_4_shadow="ana")) == []
    assert len(told(ONE, problem, seated(problem, hub_4_lead="ben", hub_4_shadow="ana"))) == 1


def test_mentees_are_people_not_turns() -> None:
    problem = crowd(mentees=1)
    ben = {"hub_4_lead": "ben", "hub_11_lead": "ben"}
    twice = seated(problem, **ben, hub_4_shadow="ana", hub_11_shadow="ana")
    assert told(MentorLimits(), problem, twice) == []
    assert told(MentorLimits(), problem, seated(problem, **ben, hub_4_shadow="ana")) == []
    two = seated(problem, **ben, hub_4_shadow="ana", hub_11_shadow="chi")
    assert told(MentorLimits(), problem, two) == [
        "Ben would accompany Ana, Chi, and takes 1 in all"
    ]


def test_a_mentor_by_name_counts_without_a_seat() -> None:
    goal = Goal("hub", Level.leads, mentor="ben")
    for mentees, sentences in ((1, 0), (0, 1)):
        problem = four_weeks(learner("Ana", goal), leader(mentees=mentees))
        assert len(told(ONE, problem, seated(problem, hub_4_lead="ana"))) == sentences
    problem = four_weeks(learner("Ana", LEADS), leader(mentees=0))
    assert told(ONE, problem, seated(problem, hub_4_lead="ana")) == []


def test_as_many_seats_as_are_allowed_and_one_more() -> None:
    two = duty("hub", seat(skill="hub"), seat("shadow", skill="hub", most=2))
    shadows = [learner(name, Goal("hub", Level.shadowed)) for name in ("Ana", "Chi")]
    problem = roster([*shadows, leader()], [two])
    one = {"hub_4_lead": "ben", "hub_4_shadow_1": "ana"}
    assert told(ONE, problem, seated(problem, **one)) == []
    assert len(told(ONE, problem, seated(problem, **one, hub_4_shadow_2="chi"))) == 1


def test_who_comes_later_accompanies_nobody() -> None:
    work = duty("hub", seat(skill="hub"), seat("shadow", skill="hub", offset=7))
    problem = roster([learner(), leader(mentees=0)], [work])
    assert told(ONE, problem, seated(problem, hub_4_lead="ben", hub_4_shadow="ana")) == []
