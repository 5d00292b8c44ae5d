"""FairCeiling, counted by hand: bands of the highest share index, and only beside a draft."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.problem import Problem
from scheduler.rules.preferences.fair_ceiling import FairCeiling
from tests.rules.builders import duty, entitled_to, roster, seat, seated, someone
from tests.rules.halves import priced

HUB = duty("hub", seat(effort=100))


def drafted() -> Problem:
    """Two weeks of 100 minutes each, with a draft in which Ana has the first."""
    problem = roster([someone("Ana"), someone("Ben")], [HUB], 2)
    return replace(problem, draft={("hub@2027-01-04", "lead"): "ana"})


def test_the_highest_share_counts_in_bands_rounded_up() -> None:
    problem = entitled_to(drafted(), ana=100, ben=100)
    both = seated(problem, hub_4_lead="ana", hub_11_lead="ben")
    assert priced(FairCeiling(), problem, both) == 20
    alone = seated(problem, hub_4_lead="ana", hub_11_lead="ana")
    assert priced(FairCeiling(), problem, alone) == 40
    assert priced(FairCeiling(band=300), problem, alone) == 7


def test_who_may_hold_nothing_is_not_counted() -> None:
    problem = entitled_to(drafted(), ben=100)
    assert priced(FairCeiling(), problem, seated(problem, hub_4_lead="ana")) == 0


def test_without_a_draft_there_is_nothing_to_guard() -> None:
    problem = entitled_to(replace(drafted(), draft={}), ana=100, ben=100)
    assert priced(FairCeiling(), problem, seated(problem, hub_4_lead="ana")) == 0
