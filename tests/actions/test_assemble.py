"""From a team and its history to a problem."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.actions.assemble import assemble, carried, history, ledgers_carried, past
from scheduler.actions.horizon import named
from scheduler.domain.rotation import Ledger, Placed, Rotation, Share
from scheduler.domain.span import Span
from scheduler.files import Team, read_team
from tests.actions.roster import FEBRUARY, JANUARY, roster

MAY = named("2027-05-03_2027-05-30")


def turn(first: date, member: str, *, pinned: bool = False) -> Placed:
    return Placed(
        shift=f"triage@{first}",
        seat="lead",
        duty="triage",
        upstream="hub",
        role="lead",
        span=Span(first, date.fromordinal(first.toordinal() + 7)),
        start=None,
        end=None,
        effort=180,
        must=True,
        member=member,
        pinned=pinned,
    )


def rotation(name: str, *placed: Placed, **balances: int) -> Rotation:
    """A published rotation after which members stand so many minutes above the fair share."""
    return Rotation(
        team="Moons",
        name=name,
        horizon=named(name),
        placed=placed,
        tiers=(),
        shares=tuple(Share(m, 1920, 6000 + b, 6000, 6000, 0) for m, b in balances.items()),
        inputs="sha256:0",
        version="0",
        seed=0,
        published=datetime(2026, 12, 1, tzinfo=UTC),
    )


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return read_team(roster(tmp_path))


def test_the_seats_are_those_of_the_horizon(team: Team) -> None:
    problem = assemble(team, (), named(JANUARY))
    assert [seat.key for seat in problem.seats] == [
        ("triage@2027-01-04", "lead"),
        ("triage@2027-01-11", "lead"),
        ("release@2027-01-11", "lead"),
        ("release@2027-01-11", "shadow"),
        ("triage@2027-01-18", "lead"),
        ("triage@2027-01-25", "lead"),
    ]


def test_entitlements_follow_the_budgets_after_leave(team: Team) -> None:
    # 18 hours are on offer; 32, 24 and 16 hours are there: 72 in all.
    problem = assemble(team, (), named(JANUARY))
    assert problem.entitlements == {"ana": 480, "ben": 360, "chi": 240}


def test_who_can_hold_nothing_has_no_entitlement(team: Team) -> None:
    chi = replace(team.members[2], skills={})
    problem = assemble(replace(team, members=(*team.members[:2], chi)), (), named(JANUARY))
    assert "chi" not in problem.entitlements


def test_history_is_what_is_published_and_over(team: Team) -> None:
    january, february = rotation(JANUARY), rotation(FEBRUARY)
    draft = replace(rotation("2026-Q3"), published=None)
    assert history([february, january, draft], named(FEBRUARY)) == (january,)
    assert history([february, january, draft], MAY) == (january, february)


def test_the_balance_is_carried_in_full_to_the_next_day() -> None:
    earlier = [rotation(JANUARY, ana=120, ben=-120)]
    assert carried(earlier, named(FEBRUARY), 2.0) == {"ana": 120, "ben": -120}


def test_the_balance_halves_with_every_half_life() -> None:
    # 1 February to 3 May is 91 days: a quarter, give or take six hours.
    earlier = [rotation(JANUARY, ana=1200, ben=-1200)]
    assert carried(earlier, MAY, 1.0)["ana"] == pytest.approx(600, abs=2)
    assert carried(earlier, MAY, 2.0)["ana"] == pytest.approx(849, abs=2)


def test_balances_add_up_over_rotations() -> None:
    earlier = [
        rotation("2026-Q4", ana=300, ben=-300),
        rotation("2027-01-01_2027-01-31", ana=-100, ben=100),
    ]
    february = carried(earlier, named(FEBRUARY), 1000.0)
    assert february == {"ana": 200, "ben": -200}


def test_seats_that_stayed_empty_are_nobodys_debt() -> None:
    # About half of what was on offer was done: 3,000 and 3,300 of 6,000 each.
    half = [rotation(JANUARY, ana=-3000, ben=-2700)]
    assert carried(half, named(FEBRUARY), 2.0) == {"ana": -150, "ben": 150}


def test_the_first_rotation_tells_with_which_balance_somebody_began() -> None:
    first = rotation(JANUARY, ana=60, ben=-60)
    began = tuple(replace(share, carried=30) for share in first.shares)
    earlier = [replace(first, shares=began), rotation(FEBRUARY, ana=0, ben=0)]
    march = named("2027-03-01_2027-03-28")
    assert carried(earlier, march, 1000.0) == {"ana": 90, "ben": -30}


def test_ledgers_are_carried_each_for_itself() -> None:
    quarter = rotation(JANUARY, ana=0, ben=0)
    notes = Ledger("meetings", 240, 120), Ledger("meetings", 0, 120)
    shares = tuple(
        replace(share, ledgers=(ledger,))
        for share, ledger in zip(quarter.shares, notes, strict=True)
    )
    earlier = [replace(quarter, shares=shares)]
    assert ledgers_carried(earlier, named(FEBRUARY), 2.0) == {
        ("ana", "meetings"): 120,
        ("ben", "meetings"): -120,
    }
    assert ledgers_carried(earlier, MAY, 1.0)["ana", "meetings"] == pytest.approx(60, abs=1)


def test_holidays_come_from_the_calendar_of_each_member(team: Team) -> None:
    ana = replace(team.members[0], holidays="DE-BY")
    problem = assemble(replace(team, members=(ana, *team.members[1:])), (), named(JANUARY))
    assert date(2027, 1, 6) in problem.members[0].public_holidays
    assert problem.members[1].public_holidays == frozenset()


def test_who_could_not_serve_carries_nothing() -> None:
    empty = replace(rotation(JANUARY), shares=(Share("ana", 1920, 0, 0, 0, 0),))
    assert carried([empty], named(FEBRUARY), 2.0) == {}


def test_a_carried_balance_lowers_the_entitlement(team: Team) -> None:
    before = assemble(team, (), named(JANUARY)).entitlements
    earlier = [rotation("2026-Q4", ana=60, ben=0, chi=0, gone=-60)]
    after = assemble(team, earlier, named(JANUARY)).entitlements
    assert before["ana"] - after["ana"] == pytest.approx(60, abs=1)
    assert after["ben"] == before["ben"]


def test_past_turns_are_remembered_for_more_than_a_year() -> None:
    old, recent = turn(date(2025, 11, 24), "ana"), turn(date(2026, 12, 28), "ben")
    earlier = [rotation("2026-Q4", old, recent, turn(date(2026, 12, 21), ""))]
    (remembered,) = past(earlier, named("2027-01-11_2027-01-31"))
    assert (remembered.member, remembered.duty, remembered.role) == ("ben", "triage", "lead")


def test_a_turn_that_lasts_into_the_horizon_takes_time_of_its_week(team: Team) -> None:
    reaching = turn(date(2026, 12, 31), "ben")
    problem = assemble(team, [rotation("2026-Q4", reaching)], named(JANUARY))
    ben = problem.member_by_id["ben"]
    alone = assemble(team, (), named(JANUARY)).budget(ben, (2027, 1))
    # Three of its five working days, Monday to Wednesday, are in January's first whole week.
    assert problem.budget(ben, (2027, 1)) == alone - 180 * 3 // 5
    assert [past.effort for past, _, _ in problem.seam] == [180]


def test_the_draft_gives_holders_and_pins(team: Team) -> None:
    draft = rotation(
        JANUARY, turn(date(2027, 1, 4), "ana"), turn(date(2027, 1, 18), "ben", pinned=True)
    )
    problem = assemble(team, (), named(JANUARY), draft)
    first, third = ("triage@2027-01-04", "lead"), ("triage@2027-01-18", "lead")
    assert problem.draft == {first: "ana", third: "ben"}
    assert problem.pins == {third: "ben"}


def test_the_policy_has_the_last_word_on_pins(tmp_path: Path) -> None:
    pin = "{shift: triage@2027-01-18, seat: lead, member: chi}"
    later = "{shift: triage@2027-03-01, seat: lead, member: chi}"
    team = read_team(roster(tmp_path, f"pins: [{pin}, {later}]\n"))
    draft = rotation(JANUARY, turn(date(2027, 1, 18), "ben", pinned=True))
    problem = assemble(team, (), named(JANUARY), draft)
    assert problem.pins == {("triage@2027-01-18", "lead"): "chi"}
