from scheduler.rules.requirements.membership import Membership
from tests.rules.builders import days, duty, jan, roster, seated, someone
from tests.rules.halves import told

WHERE = "(hub@2027-01-11/lead)"


def said(**what: object) -> list[str]:
    problem = roster([someone("Ana", **what)], [duty("hub")], weeks=2)
    return told(Membership(), problem, seated(problem, hub_11_lead="ana"))


def test_the_first_and_the_last_working_day_count() -> None:
    assert said(joined=jan(11), left=jan(16)) == []
    assert said(joined=jan(12)) == [f"Ana joins only on 2027-01-12 {WHERE}"]
    assert said(left=jan(15)) == [f"Ana is no longer there from 2027-01-15 {WHERE}"]


def test_one_paused_day_is_enough() -> None:
    assert said(paused=(days(13, 13),)) == [f"Ana is paused then {WHERE}"]
    assert said(paused=(days(1, 10), days(16, 30))) == []
