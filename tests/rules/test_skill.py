from scheduler.domain.people import Goal, Level
from scheduler.rules.requirements.skill import Skill
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import told


def said(level: Level, needed: Level) -> list[str]:
    ana = someone("Ana", skills={"hub": level, "lab": Level.mentors})
    problem = roster([ana], [duty("hub", seat(skill="hub", level=needed))])
    return told(Skill(), problem, seated(problem, hub_4_lead="ana"))


def test_the_level_itself_is_enough_and_one_below_is_not() -> None:
    assert said(Level.leads, Level.leads) == said(Level.mentors, Level.leads) == []
    assert said(Level.shadowed, Level.leads) == [
        "Ana has not reached the level leads in hub (hub@2027-01-04/lead)"
    ]
    assert len(said(Level.none, Level.learning)) == 1


def test_a_seat_without_a_skill_is_for_all() -> None:
    problem = roster([someone("Ana")], [duty("hub", seat(level=Level.leads))])
    assert told(Skill(), problem, seated(problem, hub_4_lead="ana")) == []


def test_who_has_a_goal_to_lead_is_let_through_where_somebody_can_teach() -> None:
    ana = someone("Ana", goals=(Goal("hub", Level.leads),))
    work = duty("hub", seat(skill="hub", level=Level.leads))
    for others, barred in (((), 1), ((someone("Ben", skills={"hub": Level.mentors}),), 0)):
        problem = roster([ana, *others], [work])
        assert len(told(Skill(), problem, seated(problem, hub_4_lead="ana"))) == barred
    for goal, level in ((Level.shadowed, Level.leads), (Level.leads, Level.mentors)):
        ana = someone("Ana", goals=(Goal("hub", goal),))
        work = duty("hub", seat(skill="hub", level=level))
        problem = roster([ana, someone("Ben", skills={"hub": Level.mentors})], [work])
        assert len(told(Skill(), problem, seated(problem, hub_4_lead="ana"))) == 1
