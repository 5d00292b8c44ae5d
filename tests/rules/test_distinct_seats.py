from dataclasses import replace
from datetime import UTC, datetime

from scheduler.domain.rotation import PastTurn
from scheduler.rules.requirements.distinct_seats import DistinctSeats
from tests.rules.builders import at, days, duty, on, roster, seat, seated, someone
from tests.rules.halves import told

RULE = DistinctSeats()
TEAM = [someone("Ana"), someone("Ben")]
PAIR = (seat(), seat("secondary"))


def test_two_seats_of_a_shift() -> None:
    problem = roster(TEAM, [duty("hub", *PAIR), duty("lab")], weeks=2)
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", hub_4_secondary="ana")) == [
        "Ana would hold hub@2027-01-04/lead and hub@2027-01-04/secondary at the same time"
    ]
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", hub_4_secondary="ben")) == []
    # Another shift, or another duty at the same time, is another matter.
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", hub_11_secondary="ana")) == []
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", lab_4_lead="ana")) == []


def test_a_staggered_seat_runs_on_into_the_next_shift() -> None:
    problem = roster(TEAM, [duty("hub", seat(), seat("late", offset=3))], weeks=2)
    assert len(told(RULE, problem, seated(problem, hub_4_late="ana", hub_11_lead="ana"))) == 1
    problem = roster(TEAM, [duty("hub", seat(), seat("late", offset=7))], weeks=2)
    assert len(told(RULE, problem, seated(problem, hub_4_late="ana", hub_11_lead="ana"))) == 1
    assert told(RULE, problem, seated(problem, hub_4_late="ana", hub_4_lead="ana")) == []


def test_together_allows_the_seats_of_one_shift_alone() -> None:
    work = duty("hub", *PAIR, cadence=on((4, 9), (8, 12)), together=True)
    problem = roster(TEAM, [work], weeks=2)
    assert told(RULE, problem, seated(problem, hub_4_lead="ana", hub_4_secondary="ana")) == []
    assert len(told(RULE, problem, seated(problem, hub_4_lead="ana", hub_8_lead="ana"))) == 1


def test_a_turn_of_the_last_rotation_that_lasts_into_this_one() -> None:
    past = (
        PastTurn("hub", "lead", "ana", days(-2, 4)),
        PastTurn("hub", "lead", "ben", days(-9, 3)),
    )
    problem = replace(roster(TEAM, [duty("hub", *PAIR, together=True)], weeks=2), past=past)
    assert told(RULE, problem, seated(problem, hub_4_secondary="ana")) == [
        "Ana still has a turn of Hub from the last rotation when hub@2027-01-04/secondary begins"
    ]
    assert told(RULE, problem, seated(problem, hub_4_lead="ben", hub_11_lead="ana")) == []


def test_a_timed_turn_of_the_last_rotation_is_over_at_its_end() -> None:
    def call(opens: int, closes: int) -> PastTurn:
        start, end = (datetime(2027, 1, 4, hour, tzinfo=UTC) for hour in (opens, closes))
        return PastTurn("hub", "lead", "ana", days(4, 4), start=start, end=end)

    base = roster(TEAM, [duty("hub", clock=at("09:00"))])
    morning = seated(base, hub_4_lead="ana")
    assert told(RULE, replace(base, past=(call(8, 9),)), morning) == []
    assert len(told(RULE, replace(base, past=(call(8, 10),)), morning)) == 1


def test_a_turn_of_the_evening_before_far_in_the_west_lasts_into_the_first_day() -> None:
    start, end = (datetime(2027, 1, 4, hour, tzinfo=UTC) for hour in (1, 2))
    evening = PastTurn("hub", "lead", "ana", days(3, 3), start=start, end=end)
    problem = replace(roster(TEAM, [duty("hub")], weeks=2), past=(evening,))
    assert len(told(RULE, problem, seated(problem, hub_4_lead="ana"))) == 1
    assert told(RULE, problem, seated(problem, hub_11_lead="ana")) == []
