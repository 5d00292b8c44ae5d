from scheduler.domain.problem import Problem
from scheduler.rules.requirements.differ import Differ
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import told

RULE = Differ()
TEAM = [
    someone("Ana", employer="Org", region="europe"),
    someone("Ben", employer="Org", region="america"),
    someone("Chi", region="europe"),
    someone("Dee"),
]
SEATS = (seat(), seat("secondary"), seat("shadow"))


def work(*differ: str) -> Problem:
    return roster(TEAM, [duty("hub", *SEATS, differ=differ, together=True)], weeks=2)


def test_people_of_a_shift_differ_in_what_the_duty_says() -> None:
    by_employer, by_both = work("employer"), work("employer", "region")
    assert told(
        RULE, by_employer, seated(by_employer, hub_4_lead="ana", hub_4_secondary="ben")
    ) == ["Ana and Ben would share hub@2027-01-04 and have the same employer, Org"]
    assert told(RULE, by_both, seated(by_both, hub_4_lead="chi", hub_4_secondary="ana")) == [
        "Chi and Ana would share hub@2027-01-04 and have the same region, europe"
    ]
    fine = seated(by_employer, hub_4_lead="ana", hub_4_secondary="chi", hub_11_lead="ben")
    assert told(RULE, by_employer, fine) == []


def test_who_has_none_who_shadows_and_who_is_alone_is_not_counted() -> None:
    problem = work("employer")
    assert told(RULE, problem, seated(problem, hub_4_lead="chi", hub_4_secondary="dee")) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", hub_4_shadow="ben")) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", hub_4_secondary="ana")) == []
    anything = work()
    assert told(RULE, anything, seated(anything, hub_4_lead="ana", hub_4_secondary="ben")) == []
