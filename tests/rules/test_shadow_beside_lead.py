from scheduler.rules.requirements.shadow_beside_lead import ShadowBesideLead
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import told

RULE = ShadowBesideLead()
TEAM = [someone("Ana"), someone("Ben"), someone("Chi")]


def test_a_shadow_needs_somebody_at_work_in_the_same_shift() -> None:
    work = duty("hub", seat(), seat("secondary"), seat("shadow"))
    problem = roster(TEAM, [work, duty("lab")], weeks=2)
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana", hub_4_lead="ben")) == []
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana", hub_4_secondary="ben")) == []
    alone = ["Ana would shadow nobody on hub@2027-01-04"]
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana")) == alone
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana", hub_11_lead="ben")) == alone
    assert told(RULE, problem, seated(problem, hub_4_shadow="ana", lab_4_lead="ben")) == alone


def test_shadows_are_no_company_but_may_share_a_lead() -> None:
    problem = roster(TEAM, [duty("hub", seat(), seat("shadow", most=2))])
    two = {"hub_4_shadow-1": "ana", "hub_4_shadow-2": "ben"}
    assert len(told(RULE, problem, seated(problem, **two))) == 2
    assert told(RULE, problem, seated(problem, **two, hub_4_lead="chi")) == []


def test_leads_need_no_shadow() -> None:
    problem = roster(TEAM, [duty("hub", seat(), seat("shadow"))])
    assert told(RULE, problem, seated(problem, hub_4_lead="ana")) == []
