from scheduler.rules.preferences.preferred_days import PreferredDays
from tests.rules.builders import at, duty, on, roster, seated, someone
from tests.rules.halves import priced, told

ONE = PreferredDays(weight=1)
TEAM = [someone("Ana", prefers=frozenset({1, 2})), someone("Ben")]
DAYS = duty("day", cadence=on((4, 4), (5, 5), (6, 6)))


def test_single_days_on_the_weekdays_that_somebody_prefers() -> None:
    problem = roster(TEAM, [DAYS])
    assert told(ONE, problem, seated(problem, day_4_lead="ana", day_5_lead="ana")) == [
        "Ana prefers other weekdays than that of day@2027-01-04/lead"
    ]
    assert priced(PreferredDays(weight=3), problem, seated(problem, day_4_lead="ana")) == 3
    assert priced(ONE, problem, seated(problem, day_4_lead="ben", day_6_lead="ana")) == 0


def test_longer_turns_have_no_weekday() -> None:
    problem = roster(TEAM, [duty("hub"), duty("pair", cadence=on((7, 8)))])
    assert priced(ONE, problem, seated(problem, hub_4_lead="ana", pair_7_lead="ana")) == 0


def test_a_meeting_counts_by_the_calendar_at_the_members_place() -> None:
    # Monday at 23:00 in UTC is Tuesday in Auckland.
    there = someone("Ana", prefers=frozenset({1}), timezone="Pacific/Auckland")
    here = someone("Ben", prefers=frozenset({1}))
    problem = roster([there, here], [duty("call", clock=at("23:00"))])
    assert priced(ONE, problem, seated(problem, call_4_lead="ana")) == 0
    assert priced(ONE, problem, seated(problem, call_4_lead="ben")) == 1
