from scheduler.rules.preferences.employer_share import EmployerShare
from tests.rules.builders import HOUR, duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

TEAM = [someone("Ana", employer="Org"), someone("Ben", employer="Org"), someone("Chi")]
PROBLEM = roster(TEAM, [duty("hub", seat(), seat("shadow"))], weeks=4)
# Four turns of four hours each: Org has three of them, 12 of 16 hours.
MOSTLY = seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ben", hub_18_lead="ana", hub_25_lead="chi")


def test_one_unit_for_each_hour_above_the_share() -> None:
    assert told(EmployerShare(most=50), PROBLEM, MOSTLY) == [
        "The people of Org carry 75% of the load, more than 50%"
    ]
    assert priced(EmployerShare(most=50), PROBLEM, MOSTLY) == 12 - 8
    assert priced(EmployerShare(most=75), PROBLEM, MOSTLY) == 0
    # A part of an hour counts whole: 70% are 11.2 hours.
    assert priced(EmployerShare(weight=3, most=70), PROBLEM, MOSTLY) == 3 * 1
    assert priced(EmployerShare(), PROBLEM, MOSTLY) == 0


def test_empty_seats_shadows_and_people_without_employer() -> None:
    rule = EmployerShare(most=50)
    assert priced(rule, PROBLEM, seated(PROBLEM)) == 0
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_shadow="ana")) == 0
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_lead="chi")) == 0
    # The share is of what is done, not of what is on offer: 4 hours of 4 are 2 above the half.
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_lead="ana")) == 4 - 2


def test_every_employer_has_its_own_share() -> None:
    team = [someone("Ana", employer="Org"), someone("Ben", employer="Lab")]
    problem = roster(team, [duty("hub", seat(effort=5 * HOUR))], weeks=2)
    each = seated(problem, hub_4_lead="ana", hub_11_lead="ben")
    assert priced(EmployerShare(most=40), problem, each) == 2


def test_what_is_served_already_counts() -> None:
    team = [someone("Ana", employer="Org"), someone("Ben", employer="Lab")]
    problem = roster(team, [duty("hub")], weeks=3, served={"ben": 40 * HOUR})
    rest = seated(problem, hub_4_lead="ana", hub_11_lead="ana", hub_18_lead="ana")
    # Lab has 40 of 52 hours, 14 above the half, and Org is far below it.
    assert told(EmployerShare(most=50), problem, rest) == [
        "The people of Lab carry 76% of the load, more than 50%"
    ]
    assert priced(EmployerShare(most=50), problem, rest) == 14
