from datetime import date, time

from scheduler.domain.people import Hours
from scheduler.domain.problem import Problem, lay_out
from scheduler.domain.rotation import Seating
from scheduler.domain.span import Span
from scheduler.rules.requirements.local_hours import LocalHours
from tests.rules.builders import at, duty, on, roster, seated, someone
from tests.rules.halves import told

OFFICE = Hours(time(9), time(17))
NIGHT = Hours(time(22), time(6))


def said(hours: Hours | None, clock: str, minutes: int = 60, timezone: str = "UTC") -> list[str]:
    call = duty("call", cadence=on((4, 4)), clock=at(clock, minutes=minutes))
    problem = roster([someone("Ana", hours=hours, timezone=timezone)], [call])
    return told(LocalHours(), problem, seated(problem, call_4_lead="ana"))


def test_from_the_first_minute_to_the_last() -> None:
    assert said(OFFICE, "09:00") == said(OFFICE, "16:00") == said(OFFICE, "09:00", 480) == []
    assert said(OFFICE, "08:59") == [
        "Ana works 09:00 to 17:00, there it is 08:59 (call@2027-01-04/lead)"
    ]
    assert len(said(OFFICE, "16:01")) == len(said(OFFICE, "09:00", 481)) == 1


def test_hours_past_midnight() -> None:
    assert said(NIGHT, "22:00") == said(NIGHT, "23:30") == said(NIGHT, "05:00") == []
    assert len(said(NIGHT, "05:01")) == len(said(NIGHT, "21:59")) == 1


def test_on_the_members_own_clock() -> None:
    assert said(OFFICE, "17:00", timezone="America/Los_Angeles") == []
    assert said(OFFICE, "09:00", timezone="America/Los_Angeles") == [
        "Ana works 09:00 to 17:00, there it is 01:00 (call@2027-01-04/lead)"
    ]


def test_daylight_saving_time_of_the_day() -> None:
    # 07:30 UTC is 08:30 in Berlin in winter and 09:30 from 28 March on.
    spring = Span(date(2027, 3, 22), date(2027, 4, 5))
    call = duty("call", clock=at("07:30"))
    seats = lay_out((call,), spring)
    ana = someone("Ana", hours=OFFICE, timezone="Europe/Berlin")
    problem = Problem("Team", spring, (ana,), (call,), seats)
    assert told(LocalHours(), problem, Seating(dict.fromkeys(seats, ana))) == [
        "Ana works 09:00 to 17:00, there it is 08:30 (call@2027-03-22/lead)"
    ]


def test_whole_day_duties_and_members_without_hours_are_free() -> None:
    problem = roster([someone("Ana", hours=OFFICE)], [duty("hub")])
    assert told(LocalHours(), problem, seated(problem, hub_4_lead="ana")) == []
    assert said(None, "03:00") == []
