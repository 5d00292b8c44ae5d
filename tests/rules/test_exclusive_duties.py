from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scheduler.domain.duties import Duty
from scheduler.domain.rotation import PastTurn
from scheduler.rules.requirements.exclusive_duties import ExclusiveDuties
from tests.rules.builders import at, days, duty, on, roster, seat, seated, someone
from tests.rules.halves import told

RULE = ExclusiveDuties()
TEAM = [someone("Ana"), someone("Ben")]


def test_both_must_be_exclusive_and_overlap() -> None:
    hub = duty("hub", cadence=on((4, 8)), exclusive=True)
    lab = duty("lab", cadence=on((8, 9), (9, 12)), exclusive=True)
    problem = roster(TEAM, [hub, lab, duty("docs")])
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_8_lead="ana")) == [
        "Ana would hold hub@2027-01-04/lead and lab@2027-01-08/lead at the same time, "
        "and both are exclusive"
    ]
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_8_lead="ben")) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_9_lead="ana")) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", docs_4_lead="ana")) == []


def test_seats_of_one_duty_are_left_to_another_rule() -> None:
    hub = duty("hub", seat("a"), seat("b"), exclusive=True)
    lab = duty("lab", exclusive=True)
    problem = roster(TEAM, [hub, lab])
    assert told(RULE, problem, seated(problem, hub_4_a="ana", hub_4_b="ana")) == []
    every = seated(problem, hub_4_a="ana", hub_4_b="ana", lab_4_lead="ana")
    assert len(told(RULE, problem, every)) == 2


def test_meetings_overlap_by_the_minute() -> None:
    def meeting(name: str, clock: str) -> Duty:
        return duty(name, cadence=on((4, 4)), clock=at(clock), exclusive=True)

    team = [meeting("one", "09:00"), meeting("two", "09:59"), meeting("three", "10:00")]
    problem = roster(TEAM, team)
    assert len(told(RULE, problem, seated(problem, one_4_lead="ana", two_4_lead="ana"))) == 1
    assert told(RULE, problem, seated(problem, one_4_lead="ana", three_4_lead="ana")) == []


def test_a_turn_of_the_last_rotation_that_lasts_into_this_one() -> None:
    hub, lab = duty("hub", exclusive=True), duty("lab", exclusive=True)
    past = (
        PastTurn("hub", "lead", "ana", days(-2, 4)),
        PastTurn("docs", "lead", "ben", days(-2, 4)),
        PastTurn("lab", "lead", "chi", days(-9, 3)),
    )
    team = [*TEAM, someone("Chi")]
    problem = replace(roster(team, [hub, lab, duty("docs")], weeks=2), past=past)
    assert told(RULE, problem, seated(problem, lab_4_lead="ana")) == [
        "Ana still has a turn of Hub from the last rotation when lab@2027-01-04/lead begins, "
        "and both are exclusive"
    ]
    fine = seated(problem, lab_4_lead="ben", hub_4_lead="chi", lab_11_lead="ana", docs_4_lead="ana")
    assert told(RULE, problem, fine) == []


def test_turns_of_two_days_overlap_where_they_are_timed_far_in_the_west_or_east() -> None:
    hub = duty("hub", cadence=on((4, 4)), exclusive=True)
    call = duty("call", cadence=on((4, 4)), clock=at("08:00", "Asia/Tokyo"), exclusive=True)
    base = roster(TEAM, [hub, call])
    evening = past_turn("call", 3, datetime(2027, 1, 4, 1, tzinfo=UTC), hours=1)  # in Los Angeles
    problem = replace(base, past=(evening, PastTurn("hub", "lead", "ben", days(3, 3))))
    assert len(told(RULE, problem, seated(problem, hub_4_lead="ana"))) == 1
    assert len(told(RULE, problem, seated(problem, call_4_lead="ben"))) == 1
    assert told(RULE, problem, seated(problem, hub_4_lead="ben")) == []


def test_the_latest_evening_may_last_into_the_earliest_morning() -> None:
    hub = duty("hub", exclusive=True)
    call = duty("call", cadence=on((4, 4)), clock=at("00:00", "Pacific/Kiritimati"), exclusive=True)
    base = roster(TEAM, [hub, call])
    # 23:59 on the first of January, twelve hours behind UTC; the call opens on the third in UTC.
    late = past_turn("hub", 1, datetime(2027, 1, 2, 11, 59, tzinfo=UTC), hours=24)
    problem = replace(base, past=(late,))
    assert len(told(RULE, problem, seated(problem, call_4_lead="ana"))) == 1


def past_turn(name: str, day: int, start: datetime, hours: int) -> PastTurn:
    end = start + timedelta(hours=hours)
    return PastTurn(name, "lead", "ana", days(day, day), start=start, end=end)
