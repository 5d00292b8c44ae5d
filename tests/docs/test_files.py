"""The examples that docs/files.md has between its tables are planned, and do what the page says."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from scheduler.actions.horizon import named
from scheduler.actions.plan import Request, plan
from scheduler.audit import audit
from scheduler.domain.rotation import Placed
from tests.files.rosters import told, write

PAGE = Path(__file__).parents[2].joinpath("docs", "files.md").read_text(encoding="utf-8")
ROSTER = """\
team: Tiny
installation: 0b8f3e7c-0000-4000-8000-000000000001
members:
  - {id: ana, budget: 40h}
  - {id: ben, budget: 40h}
  - {id: chi, budget: 40h}
"""


def example(heading: str, first_key: str) -> str:
    """The example under a heading that begins with a key."""
    section = PAGE.partition(f"\n{heading}\n")[2].partition("\n##")[0]
    blocks = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    (found,) = [block for block in blocks if block.startswith(first_key)]
    return str(found)


def planned(folder: Path, name: str) -> tuple[Placed, ...]:
    """The seats of a plan in which the audit finds nothing wrong."""
    assert told(folder) == []
    made = plan(folder, Request(name, named(name), write=True))
    report = audit(folder, made.path)
    assert (report.broken, report.false_figures, report.empty) == ((), (), ())
    return made.rotation.placed


def test_a_duty_may_go_by_a_milestone_without_being_around_it(tmp_path: Path) -> None:
    folder = write(tmp_path, ROSTER, example("### Cadences", "upstreams:"))
    spans = {seat.shift: seat.span for seat in planned(folder, "2027-01-01_2027-06-30")}
    release = date(2027, 6, 7)
    assert {shift: (span.first, span.days) for shift, span in spans.items()} == {
        "freeze@2027-03-15": (release - timedelta(weeks=12), 1),
        f"client@{release}": (release + timedelta(days=3), 5),
    }


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Placed, ...]:
    """The staggered seats of the page, over four weeks."""
    duties, policy = example("### Seats", "duties:"), example("### Seats", "tiers:")
    folder = write(tmp_path_factory.mktemp("chained"), ROSTER, duties, policy)
    return planned(folder, "2027-01-04_2027-01-31")


def test_all_seats_of_a_shift_are_in_one_hand(chained: tuple[Placed, ...]) -> None:
    holders: dict[str, set[str]] = {}
    for seat in chained:
        holders.setdefault(seat.shift, set()).add(seat.member)
    assert len(holders) == 8
    assert {len(people) for people in holders.values()} == {1}


def test_who_is_secondary_in_a_week_is_primary_in_the_next(chained: tuple[Placed, ...]) -> None:
    held = {(seat.seat, seat.span.first): seat.member for seat in chained}
    for monday in named("2027-01-04_2027-01-31"):
        if monday.weekday() == 0:
            following = monday + timedelta(weeks=1)
            assert held["secondary", monday] == held["primary", following]


def test_a_night_is_on_each_day_from_monday_to_friday(chained: tuple[Placed, ...]) -> None:
    first = [seat for seat in chained if seat.shift == "night@2027-01-04"]
    assert [seat.start and seat.start.isoformat() for seat in first] == [
        f"2027-01-{day:02}T00:00:00+00:00" for day in range(4, 9)
    ]


def test_substitutes_serve_only_where_nobody_else_can(tmp_path: Path) -> None:
    roster = ROSTER.replace("chi, budget: 40h", "chi, budget: 40h, wishes: {desk: rather not}")
    for member in ("ana", "ben"):
        roster = roster.replace(member, f"{member}, away: [2027-01-13]")
    duties = "duties: [{id: desk, kind: support, why: x, cadence: weekly, effort: 4h}]"
    folder = write(tmp_path, roster, duties, example("## policy.yaml", "tiers:"))
    theirs = [s.shift for s in planned(folder, "2027-01-04_2027-01-31") if s.member == "chi"]
    assert theirs == ["desk@2027-01-11"]
