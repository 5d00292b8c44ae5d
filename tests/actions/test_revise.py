"""What a rotation says of its goals once the rest of it is planned again."""

from datetime import UTC, date, datetime
from pathlib import Path

from scheduler.actions.plan import Request as PlanRequest
from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.replan import Request, replan
from scheduler.domain.span import Span

WINTER = Span(date(2027, 1, 4), date(2027, 2, 15))
NOW = datetime(2027, 1, 25, 9, 0, tzinfo=UTC)
LEAVES = """\
team: Tides
installation: 6f5a0a55-6dd5-4f86-a3a3-3d1b5a1d2c11
members:
  - {id: ben, budget: 10h, skills: [north], left: 2027-01-30}
  - {id: chi, budget: 10h, skills: [south], left: 2027-01-30}
  - {id: ana, budget: 10h, skills: [north, south], joined: 2027-02-01}
"""
STAYS = LEAVES.replace(", left: 2027-01-30", "").replace("joined: 2027-02-01", "joined: 2027-03-01")
WEEK = "{{first: 2027-{0}, last: 2027-{1}}}"
DUTY = """\
  - id: {id}
    kind: triage
    why: Nothing waits
    upstream: {id}
    cadence: {{dates: [{dates}]}}
    effort: 10h
    skill: {id}
    seats: [lead]
"""


def weeks(*spans: str) -> str:
    return ", ".join(WEEK.format(*span.split()) for span in spans)


NORTH = weeks("01-04 01-08", "01-11 01-15", "01-18 01-22", "01-25 01-29", "02-01 02-05")
SOUTH = weeks("01-04 01-08", "01-11 01-15", "02-01 02-05")
DUTIES = (
    "upstreams: [{id: north, share: 50%}, {id: south, share: 50%}]\nduties:\n"
    + DUTY.format(id="north", dates=NORTH)
    + DUTY.format(id="south", dates=SOUTH)
)


def test_what_the_rest_has_proved_is_not_said_of_a_price_that_what_has_begun_brings_down(
    tmp_path: Path,
) -> None:
    (tmp_path / "duties.yaml").write_text(DUTIES)
    (tmp_path / "roster.yaml").write_text(STAYS)
    plan(tmp_path, PlanRequest("winter", WINTER, write=True))
    publish(tmp_path, "winter", datetime(2026, 12, 1, tzinfo=UTC))
    (tmp_path / "roster.yaml").write_text(LEAVES)
    done = replan(tmp_path, Request(NOW.date(), NOW))
    # 40 hours of north and 20 of south have begun. Ana has time for ten more of either, and for the
    # rest alone it is all the same which; of all, one costs 38 and the other 14.
    (rest,) = (tier for tier in done.outcome.tiers if tier.name == "strategy")
    (whole,) = (tier for tier in done.rotation.tiers if tier.name == "strategy")
    assert (rest.price, rest.bound, rest.proved) == (50, 50, True)
    assert whole.price in {38, 14}
    assert (whole.bound, whole.proved) == (0, False)
