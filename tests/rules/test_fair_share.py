from dataclasses import replace

from scheduler.domain.problem import QuietPeriod
from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.fair_share import FairShare
from tests.rules.builders import HOUR, days, duty, entitled_to, roster, seat, seated, someone
from tests.rules.halves import priced, told

TEAM = [someone("Ana"), someone("Ben"), someone("Chi")]
WORK = [duty("hub", seat(effort=6 * HOUR), seat("shadow"))]
PROBLEM = entitled_to(roster(TEAM, WORK, weeks=3), ana=6 * HOUR, ben=12 * HOUR, chi=7 * HOUR)
ONCE = seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ben", hub_18_lead="chi")


def test_share_indices_are_rounded_up_to_a_band_and_sorted_from_the_highest() -> None:
    # 6 of 6 hours are 1000 thousandths, 6 of 7 are 857 and 6 of 12 are 500.
    assert priced(FairShare(band=50), PROBLEM, ONCE) == (1000, 900, 500)
    assert priced(FairShare(band=10), PROBLEM, ONCE) == (1000, 860, 500)
    assert priced(FairShare(band=300), PROBLEM, ONCE) == (1200, 900, 600)
    assert told(FairShare(), PROBLEM, ONCE)[2] == "Chi serves 6.0 of 7.0 hours entitled"


def test_one_person_does_it_all() -> None:
    alone = seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ana", hub_18_lead="ana")
    assert priced(FairShare(band=50), PROBLEM, alone) == (3000, 0, 0)
    assert priced(FairShare(band=50), PROBLEM, Seating({})) == (0, 0, 0)


def test_shadows_carry_no_load_and_those_without_entitlement_do_not_count() -> None:
    problem = entitled_to(PROBLEM, ana=6 * HOUR, ben=6 * HOUR)
    shares = seated(problem, hub_4_lead="ana", hub_4_shadow="ben", hub_11_lead="chi")
    assert priced(FairShare(band=50), problem, shares) == (1000, 0)
    assert priced(FairShare(band=50), entitled_to(PROBLEM), shares) == ()


def test_quiet_days_weigh_more() -> None:
    quiet = replace(PROBLEM, quiet=(QuietPeriod(days(4, 5), "quiet", 200),))
    # Two of the five days count double: 6 hours weigh 6 × 7/5 = 8.4.
    assert priced(FairShare(band=50), quiet, seated(quiet, hub_4_lead="ana")) == (1400, 0, 0)
