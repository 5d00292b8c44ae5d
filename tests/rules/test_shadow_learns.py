from scheduler.domain.people import Level
from scheduler.rules.requirements.shadow_learns import ShadowLearns
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import told

WORK = duty("hub", seat(skill="hub"), seat("shadow", skill="hub"))


def test_who_leads_may_lead_but_not_shadow() -> None:
    ana = someone("Ana", skills={"hub": Level.leads})
    ben = someone("Ben", skills={"hub": Level.shadowed})
    problem = roster([ana, ben], [WORK])
    assert (
        told(ShadowLearns(), problem, seated(problem, hub_4_lead="ana", hub_4_shadow="ben")) == []
    )
    assert told(ShadowLearns(), problem, seated(problem, hub_4_lead="ben", hub_4_shadow="ana")) == [
        "Ana already leads hub and has nothing to learn as a shadow (hub@2027-01-04/shadow)"
    ]


def test_a_shadow_seat_without_a_skill_is_for_all() -> None:
    problem = roster([someone("Ana", skills={"": Level.leads})], [duty("hub", seat("shadow"))])
    assert told(ShadowLearns(), problem, seated(problem, hub_4_shadow="ana")) == []
