from dataclasses import replace

from scheduler.rules.preferences.everybody import Everybody
from tests.rules.builders import duty, entitled_to, roster, seat, seated, someone
from tests.rules.halves import priced, told

TEAM = [someone("Ana"), someone("Ben"), someone("Chi")]
PROBLEM = entitled_to(
    roster(TEAM, [duty("hub", seat(), seat("shadow"))], weeks=2), ana=60, ben=60, chi=60
)


def test_one_unit_for_whoever_has_no_turn() -> None:
    both = seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ana", hub_4_shadow="ben")
    assert told(Everybody(weight=1), PROBLEM, both) == [
        "Ben has no turn at all",
        "Chi has no turn at all",
    ]
    assert priced(Everybody(weight=3), PROBLEM, seated(PROBLEM)) == 9


def test_who_can_hold_no_seat_is_not_missed() -> None:
    problem = replace(PROBLEM, entitlements={"ana": 60})
    assert priced(Everybody(), problem, seated(problem, hub_4_lead="ana")) == 0
