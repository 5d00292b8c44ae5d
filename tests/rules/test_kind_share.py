from dataclasses import replace

from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.kind_share import KindShare
from tests.rules.builders import HOUR, duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

RULE = KindShare()
TEAM = [someone("Ana"), someone("Ben")]
WORK = [
    duty("hub", seat(effort=3 * HOUR)),
    replace(duty("docs", seat(effort=HOUR), seat("secondary", effort=HOUR)), kind="docs"),
]
PROBLEM = roster(TEAM, WORK, kinds={"docs": 50, "triage": 50})


def test_each_point_away_from_the_share_of_a_kind_costs_one() -> None:
    both = seated(PROBLEM, hub_4_lead="ana", docs_4_lead="ben", docs_4_secondary="ana")
    # Three of five hours are triage, 60%, and two are docs, 40%.
    assert priced(RULE, PROBLEM, both) == 10 + 10
    assert told(RULE, PROBLEM, both) == [
        "docs has 2.0 of 5.0 hours, 0.5 fewer than its share of 50%",
        "triage has 3.0 of 5.0 hours, 0.5 more than its share of 50%",
    ]


def test_filling_the_kind_that_lacks_lowers_the_price() -> None:
    one = seated(PROBLEM, hub_4_lead="ana", docs_4_lead="ben")
    # One of four hours is docs instead of two: one hour of five on offer.
    assert priced(RULE, PROBLEM, one) == 20 + 20
    assert priced(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ana")) == 30 + 30
    assert priced(RULE, PROBLEM, Seating({})) == 0


def test_a_kind_that_no_duty_has_misses_its_whole_share() -> None:
    problem = replace(PROBLEM, kinds={"releases": 30})
    assert priced(RULE, problem, seated(problem, hub_4_lead="ana")) == 18
