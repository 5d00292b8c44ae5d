"""Days that weigh like public holidays though no calendar knows them."""

from datetime import date
from pathlib import Path

from scheduler.actions.assemble import assemble
from scheduler.actions.audit import audit
from scheduler.actions.horizon import named
from scheduler.actions.plan import plan
from scheduler.domain.burden import load
from scheduler.files import read_team
from tests.actions.roster import JANUARY, change, request, roster

FOUNDING_DAY, OWN_DAY = date(2027, 1, 5), date(2027, 1, 6)
EPIPHANY = date(2027, 1, 6)


def team(folder: Path) -> Path:
    """The founding day is free for all; Ana has a day of her own, Ben the calendar of Bavaria."""
    roster(folder)
    change(folder, "roster.yaml", "members:", "extra_holidays: [2027-01-05]\nmembers:")
    ana = "{id: ana, name: Ana Silva, "
    own = "extra_holidays: [{first: 2027-01-06, last: 2027-01-07}], "
    change(folder, "roster.yaml", ana, ana + own)
    change(folder, "roster.yaml", "name: Ben Okafor", "name: Ben Okafor\n    holidays: DE-BY")
    return folder


def test_everybody_has_the_teams_days_beside_their_own(tmp_path: Path) -> None:
    problem = assemble(read_team(team(tmp_path)), (), named(JANUARY))
    ana, ben, chi = (member.public_holidays for member in problem.members)
    assert ana == {FOUNDING_DAY, OWN_DAY, date(2027, 1, 7)}
    assert ben > {FOUNDING_DAY, EPIPHANY}
    assert chi == {FOUNDING_DAY}


def test_they_weigh_like_public_holidays(tmp_path: Path) -> None:
    problem = assemble(read_team(team(tmp_path)), (), named(JANUARY))
    week = next(seat for seat in problem.seats if seat.shift.id == "triage@2027-01-04")
    # Three hours over five days: 36 minutes a day, and half as many again on a holiday.
    assert [load(problem, member, week) for member in problem.members] == [234, 216, 198]


def test_they_are_part_of_what_a_plan_is_made_from_and_the_audit_weighs_them_too(
    tmp_path: Path,
) -> None:
    before = read_team(roster(tmp_path / "plain")).inputs
    folder = team(tmp_path / "moons")
    assert read_team(folder).inputs != before
    planned = plan(folder, request())
    report = audit(folder, planned.path)
    assert report.false_figures == ()
    assert report.broken == ()
