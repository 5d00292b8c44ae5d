from dataclasses import replace

from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.keep_draft import KeepDraft
from tests.rules.builders import duty, roster, seated, someone
from tests.rules.halves import priced, told


def test_one_unit_for_each_turn_that_leaves_its_holder() -> None:
    problem = roster([someone("Ana"), someone("Ben")], [duty("hub")], weeks=3)
    draft = {("hub@2027-01-04", "lead"): "ana", ("hub@2027-01-11", "lead"): "ben"}
    problem = replace(problem, draft=draft)
    kept = seated(problem, hub_4_lead="ana", hub_11_lead="ben", hub_18_lead="ana")
    assert priced(KeepDraft(), problem, kept) == 0
    assert priced(KeepDraft(weight=4), problem, Seating({})) == 8
    assert told(KeepDraft(), problem, seated(problem, hub_4_lead="ana", hub_11_lead="ana")) == [
        "hub@2027-01-11/lead leaves Ben, who held it in the draft"
    ]


def test_seats_and_members_that_are_gone_cost_nothing() -> None:
    problem = roster([someone("Ana")], [duty("hub")])
    draft = {("hub@2027-01-04", "lead"): "gone", ("gone@2027-01-04", "lead"): "ana"}
    assert priced(KeepDraft(), replace(problem, draft=draft), Seating({})) == 0
