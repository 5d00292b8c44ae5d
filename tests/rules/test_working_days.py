from scheduler.domain.cadence import EveryWeekday
from scheduler.rules.requirements.working_days import WorkingDays
from tests.rules.builders import duty, on, roster, seated, someone
from tests.rules.halves import told

TUESDAYS = someone("Ana", days=frozenset({1}))


def test_one_common_day_is_enough() -> None:
    problem = roster([TUESDAYS], [duty("hub")])
    assert told(WorkingDays(), problem, seated(problem, hub_4_lead="ana")) == []


def test_a_day_without_the_member() -> None:
    problem = roster([TUESDAYS], [duty("hub", cadence=EveryWeekday())])
    assert told(WorkingDays(), problem, seated(problem, hub_5_lead="ana")) == []
    assert told(WorkingDays(), problem, seated(problem, hub_4_lead="ana", hub_5_lead="ana")) == [
        "Ana does not work on that weekday (hub@2027-01-04/lead)"
    ]


def test_a_weekend_duty_needs_somebody_who_works_on_weekends() -> None:
    team = [someone("Ana"), someone("Ben", days=frozenset({6}))]
    problem = roster(team, [duty("hub", cadence=on((9, 10)))])
    assert len(told(WorkingDays(), problem, seated(problem, hub_9_lead="ana"))) == 1
    assert told(WorkingDays(), problem, seated(problem, hub_9_lead="ben")) == []
