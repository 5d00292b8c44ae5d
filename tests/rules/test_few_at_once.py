from scheduler.rules.preferences.few_at_once import FewAtOnce
from tests.rules.builders import at, duty, on, roster, seat, seated, someone
from tests.rules.halves import priced, told

TEAM = [someone("Ana"), someone("Ben")]
WORK = [
    duty("hub", seat("a"), seat("b"), cadence=on((4, 10))),
    duty("lab", cadence=on((6, 12))),
    duty("docs", cadence=on((10, 10))),
    duty("call", cadence=on((6, 6)), clock=at("09:00")),
]
PROBLEM = roster(TEAM, WORK)


def test_a_unit_for_each_day_and_duty_above() -> None:
    two = seated(PROBLEM, hub_4_a="ana", lab_6_lead="ana")
    assert priced(FewAtOnce(weight=1, at_most=1), PROBLEM, two) == 5
    assert priced(FewAtOnce(weight=3, at_most=1), PROBLEM, two) == 15
    assert priced(FewAtOnce(weight=1, at_most=2), PROBLEM, two) == 0
    assert priced(FewAtOnce(weight=1, at_most=0), PROBLEM, two) == 2 + 2 * 5 + 2
    assert told(FewAtOnce(at_most=1), PROBLEM, two) == [
        "Ana holds 2 duties at once for 5 days: Hub, Lab"
    ]


def test_three_duties_on_the_last_day() -> None:
    three = seated(PROBLEM, hub_4_a="ana", lab_6_lead="ana", docs_10_lead="ana")
    assert priced(FewAtOnce(weight=1, at_most=1), PROBLEM, three) == 4 + 2
    assert priced(FewAtOnce(weight=1, at_most=2), PROBLEM, three) == 1


def test_one_duty_is_one_duty_and_meetings_are_over_in_hours() -> None:
    rule = FewAtOnce(weight=1, at_most=1)
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_a="ana", hub_4_b="ana")) == 0
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_a="ana", call_6_lead="ana")) == 0
    assert priced(rule, PROBLEM, seated(PROBLEM, hub_4_a="ana", lab_6_lead="ben")) == 0
