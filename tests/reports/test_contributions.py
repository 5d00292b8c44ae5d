"""Contributions stand beside the plan: listed by time, never in anybody's load."""

from dataclasses import replace
from datetime import date

from scheduler.domain.contributions import Contribution
from scheduler.reports.contributions import contributions, document, within
from scheduler.reports.overview import overview
from tests.reports.sample import ROSTER, rotation
from tests.reports.test_overview import printed

TALK = Contribution("ben", date(2027, 2, 6), 90, "A talk")
PATCH = Contribution("ana", date(2027, 1, 9), 180, "A patch", "hub")
OLD = Contribution("ana", date(2026, 12, 31), 600, "Long ago")
LOGGED = replace(ROSTER, contributions=(OLD, PATCH, TALK))


def test_those_of_the_days_of_the_rotation_are_listed() -> None:
    assert within(rotation(), LOGGED) == (PATCH, TALK)
    assert within(rotation(), LOGGED, "ben") == (TALK,)
    assert within(rotation(), ROSTER) == ()


def test_the_plan_shows_them_apart_and_no_load_changes() -> None:
    text = printed(overview(rotation(), LOGGED, 80))
    assert ["9", "Jan", "2027", "3.0", "Ana", "Silva", "JupyterHub", "A", "patch"] in [
        line.split() for line in text.splitlines()
    ]
    assert "Long ago" not in text
    plain = printed(overview(rotation(), ROSTER, 80)).splitlines()
    assert set(plain) <= set(text.splitlines())


def test_none_make_no_table() -> None:
    assert contributions((), LOGGED) is None


def test_as_plain_data() -> None:
    told = document(rotation(), within(rotation(), LOGGED))
    assert told["contributions"] == [
        {
            "member": "ana",
            "date": "2027-01-09",
            "hours": 3.0,
            "upstream": "hub",
            "what": "A patch",
        },
        {"member": "ben", "date": "2027-02-06", "hours": 1.5, "upstream": None, "what": "A talk"},
    ]
