from dataclasses import replace

from scheduler.domain.people import Directed
from scheduler.domain.rotation import PastTurn
from scheduler.rules.requirements.weekly_budget import WeeklyBudget
from tests.rules.builders import HOUR, days, duty, jan, on, roster, seat, seated, someone
from tests.rules.halves import told

RULE = WeeklyBudget()


def test_the_budget_itself_may_be_used_up() -> None:
    problem = roster([someone("Ana", budget=8 * HOUR)], [duty("hub"), duty("lab"), duty("docs")])
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_4_lead="ana")) == []
    every = seated(problem, hub_4_lead="ana", lab_4_lead="ana", docs_4_lead="ana")
    assert told(RULE, problem, every) == ["Ana would work 12.0 of 8.0 hours in week 1 of 2027"]


def test_one_minute_more_is_too_much() -> None:
    problem = roster([someone("Ana", budget=8 * HOUR - 1)], [duty("hub"), duty("lab")])
    both = seated(problem, hub_4_lead="ana", lab_4_lead="ana")
    assert told(RULE, problem, both) == ["Ana would work 8.0 of 8.0 hours in week 1 of 2027"]


def test_each_week_counts_for_itself() -> None:
    problem = roster([someone("Ana", budget=4 * HOUR)], [duty("hub"), duty("lab")], weeks=2)
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_11_lead="ana")) == []
    both = seated(problem, hub_4_lead="ana", hub_11_lead="ana", lab_11_lead="ana")
    assert told(RULE, problem, both) == ["Ana would work 8.0 of 4.0 hours in week 2 of 2027"]


def test_effort_is_spread_over_the_working_days_of_the_seat() -> None:
    # Friday, Monday and Tuesday: two of six hours fall into the first week, four into the second.
    work = duty("hub", seat(effort=6 * HOUR), cadence=on((8, 12)))
    enough, short = someone("Ana", budget=4 * HOUR), someone("Ben", budget=3 * HOUR)
    problem = roster([enough, short], [work], weeks=2)
    assert told(RULE, problem, seated(problem, hub_8_lead="ana")) == []
    assert told(RULE, problem, seated(problem, hub_8_lead="ben")) == [
        "Ben would work 4.0 of 3.0 hours in week 2 of 2027"
    ]


def test_a_day_off_takes_its_part_of_the_budget_with_it() -> None:
    away = someone("Ana", budget=5 * HOUR, away=(days(4, 5),))
    left = someone("Ben", budget=5 * HOUR, left=jan(8))
    part_time = someone("Chi", budget=4 * HOUR, days=frozenset({0, 1}))
    problem = roster([away, left, part_time], [duty("hub")])
    assert told(RULE, problem, seated(problem, hub_4_lead="ana")) == [
        "Ana would work 4.0 of 3.0 hours in week 1 of 2027"
    ]
    assert told(RULE, problem, seated(problem, hub_4_lead="ben")) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="chi")) == []


def test_directed_work_takes_its_part_of_the_budget_while_it_lasts() -> None:
    # Eight hours less three from Wednesday on: 2 of 5 days at 8, 3 of 5 at 5 hours a week.
    busy = someone("Ana", budget=8 * HOUR, directed=(Directed(days(6, 31), 3 * HOUR),))
    most = (2 * 8 * HOUR + 3 * 5 * HOUR) // 5
    enough = roster([busy], [duty("hub", seat(effort=most))], weeks=2)
    assert told(RULE, enough, seated(enough, hub_4_lead="ana")) == []
    assert told(RULE, enough, seated(enough, hub_11_lead="ana")) == [
        "Ana would work 6.2 of 5.0 hours in week 2 of 2027"
    ]
    above = roster([busy], [duty("hub", seat(effort=most + 1))])
    assert len(told(RULE, above, seated(above, hub_4_lead="ana"))) == 1


def test_directed_work_may_take_everything_but_no_more() -> None:
    spans = (Directed(days(4, 8), 5 * HOUR), Directed(days(5, 5), 9 * HOUR))
    ana = someone("Ana", budget=5 * HOUR, directed=spans)
    assert ana.budget_in(days(4, 10)) == 0
    assert ana.budget_in(days(4, 17)) == 5 * HOUR


def test_shadowing_takes_time_too() -> None:
    problem = roster([someone("Ana", budget=3 * HOUR)], [duty("hub", seat("shadow"))])
    assert len(told(RULE, problem, seated(problem, hub_4_shadow="ana"))) == 1


def test_a_turn_of_the_last_rotation_takes_its_part_of_a_week() -> None:
    # Friday, Monday and Tuesday: six hours, four of them in the first week of this rotation.
    past = (PastTurn("gone", "shadow", "ana", days(1, 5), effort=6 * HOUR),)
    ana = someone("Ana", budget=8 * HOUR)
    problem = replace(roster([ana], [duty("hub"), duty("lab")], weeks=2), past=past)
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_11_lead="ana")) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_4_lead="ana")) == [
        "Ana would work 8.0 of 4.0 hours left by the last rotation in week 1 of 2027"
    ]


def test_what_the_last_rotation_overdrew_forbids_no_more_than_everything() -> None:
    past = (PastTurn("gone", "lead", "ana", days(4, 8), effort=60 * HOUR),)
    work = [duty("hub"), duty("talk", seat(effort=0))]
    problem = replace(roster([someone("Ana")], work), past=past)
    assert told(RULE, problem, seated(problem)) == []
    assert told(RULE, problem, seated(problem, talk_4_lead="ana")) == []
    assert len(told(RULE, problem, seated(problem, hub_4_lead="ana"))) == 1
