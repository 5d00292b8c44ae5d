from dataclasses import replace

from scheduler.domain.rotation import PastTurn
from scheduler.rules.preferences.least_recent import LeastRecent
from tests.rules.builders import days, duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

RULE = LeastRecent(weight=1, weeks=4)
TEAM = [someone("Ana"), someone("Ben"), someone("Chi")]
PAST = (
    PastTurn("hub", "lead", "ana", days(-2, 3)),
    PastTurn("hub", "lead", "ana", days(-30, -25)),
    PastTurn("hub", "lead", "ben", days(-17, -11)),
    PastTurn("hub", "shadow", "chi", days(-2, 3)),
    PastTurn("lab", "lead", "chi", days(2, 8)),
)
PROBLEM = replace(
    roster(TEAM, [duty("hub", seat(), seat("shadow")), duty("lab")], weeks=2), past=PAST
)


def test_a_unit_for_each_week_that_the_last_turn_is_too_near() -> None:
    assert told(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ana")) == [
        "Ana has hub@2027-01-04/lead and had a turn of it until 2027-01-03"
    ]
    assert priced(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ana")) == 4
    assert priced(RULE, PROBLEM, seated(PROBLEM, hub_11_lead="ana")) == 3
    # Ben's turn ended two weeks before.
    assert priced(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ben")) == 2
    assert priced(RULE, PROBLEM, seated(PROBLEM, hub_11_lead="ben")) == 1
    assert priced(LeastRecent(weight=1, weeks=2), PROBLEM, seated(PROBLEM, hub_4_lead="ben")) == 0


def test_who_never_served_shadowed_or_served_elsewhere_comes_first() -> None:
    assert priced(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="chi")) == 0
    assert priced(RULE, PROBLEM, seated(PROBLEM, lab_4_lead="ana", hub_4_shadow="ben")) == 0


def test_a_turn_that_still_runs_is_as_near_as_can_be() -> None:
    assert priced(RULE, PROBLEM, seated(PROBLEM, lab_4_lead="chi")) == 4


def test_turns_to_come_that_are_facts_do_not_count_nor_hide_the_last_one() -> None:
    ahead = tuple(PastTurn("hub", "lead", member, days(60, 66)) for member in ("ben", "chi"))
    problem = replace(PROBLEM, past=(*PAST, *ahead))
    assert told(RULE, problem, seated(problem, hub_4_lead="ben")) == [
        "Ben has hub@2027-01-04/lead and had a turn of it until 2026-12-20"
    ]
    assert priced(RULE, problem, seated(problem, hub_4_lead="ben")) == 2
    assert priced(RULE, problem, seated(problem, hub_4_lead="chi")) == 0


def test_it_is_off_until_it_has_a_weight() -> None:
    assert LeastRecent().weight == 0
