from scheduler.rules.requirements.away import Away
from tests.rules.builders import at, days, duty, on, roster, seated, someone
from tests.rules.halves import told


def test_away_for_the_whole_seat_or_a_part_of_it() -> None:
    def said(*away: tuple[int, int], tolerate: int = 0) -> list[str]:
        ana = someone("Ana", away=tuple(days(*span) for span in away))
        problem = roster([ana], [duty("hub")])
        return told(Away(tolerate), problem, seated(problem, hub_4_lead="ana"))

    assert said() == []
    assert said((4, 10)) == ["Ana is away then (hub@2027-01-04/lead)"]
    assert said((8, 8)) == ["Ana is away on 1 of its 5 days (hub@2027-01-04/lead)"]
    assert said((4, 4), (8, 12)) == ["Ana is away on 2 of its 5 days (hub@2027-01-04/lead)"]
    # The weekend of the turn, and the days around it, are nobody's working days.
    assert said((9, 10), (1, 3), (11, 20)) == []


def test_a_short_absence_is_tolerated_up_to_the_percent() -> None:
    ana = someone("Ana", away=(days(4, 4),))
    problem = roster([ana], [duty("hub")])
    seating = seated(problem, hub_4_lead="ana")
    assert told(Away(tolerate=20), problem, seating) == []
    assert len(told(Away(tolerate=19), problem, seating)) == 1


def test_the_day_of_a_timed_seat_is_the_day_on_the_members_own_clock() -> None:
    # 23:00 UTC on Monday is Tuesday morning in Auckland.
    call = duty("call", cadence=on((4, 4)), clock=at("23:00"))
    ana = someone("Ana", timezone="Pacific/Auckland", away=(days(4, 4),))
    ben = someone("Ben", timezone="Pacific/Auckland", away=(days(5, 5),))
    problem = roster([ana, ben], [call])
    assert told(Away(), problem, seated(problem, call_4_lead="ana")) == []
    assert len(told(Away(), problem, seated(problem, call_4_lead="ben"))) == 1
