from dataclasses import replace

from scheduler.rules.requirements.not_together import NotTogether
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import told

RULE = NotTogether()
TEAM = [someone("Ana"), someone("Ben"), someone("Chi")]
WORK = [duty("hub", seat(), seat("secondary"), seat("shadow"), together=True), duty("lab")]
PROBLEM = replace(roster(TEAM, WORK, weeks=2), apart=(("ana", "ben", "gone"),))


def test_two_of_a_group_never_share_a_shift() -> None:
    both = seated(PROBLEM, hub_4_lead="ben", hub_4_secondary="ana")
    assert told(RULE, PROBLEM, both) == [
        "Ben and Ana would share hub@2027-01-04, and are not to be together"
    ]
    assert len(told(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ana", hub_4_shadow="ben"))) == 1


def test_others_other_shifts_and_one_person_alone_are_fine() -> None:
    apart = seated(PROBLEM, hub_4_lead="ana", hub_11_secondary="ben", lab_4_lead="ben")
    assert told(RULE, PROBLEM, apart) == []
    assert told(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ana", hub_4_secondary="chi")) == []
    assert told(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ana", hub_4_secondary="ana")) == []
