"""Grades counted by hand, and figures that a rotation states about itself."""

from pathlib import Path

import pytest

from scheduler.audit import Report
from scheduler.audit.report import Doubles, Share, Training, UpstreamEffort
from tests.audit.dock import Dock

ROSTER = """
team: Pair
members:
  - {id: ann, budget: 10h, goals: [{skill: ci, level: leads, by: 2027-01-17, value: 3}]}
  - {id: bob, budget: 5h, skills: [ci]}
  - {id: idle, budget: 9h, wishes: {ci: never, docs: never}}
"""
DUTIES = """
upstreams: [{id: hub, share: 60%}, {id: book}]
duties:
  - {id: ci, kind: ci, upstream: hub, cadence: weekly, effort: 3h, skill: ci, seats: [lead, shadow]}
  - {id: docs, kind: docs, upstream: book, cadence: weekly, effort: 1h, priority: 1,
     seats: [{seat: lead, must: true}, {seat: extra, effort: 30m}]}
"""
POLICY = """
quiet:
  - {first: 2027-01-06, last: 2027-01-07, weight: 200%}
  - {first: 2027-01-07, last: 2027-01-07, weight: 120%}
rules: {few_at_once: {tier: doubles, at_most: 1}}
tiers: [must, doubles, backlog, fairness, growth, comfort, draft]
"""
ROTATION = """
name: 2027-01
first: 2027-01-04
last: 2027-01-17
STATED
shifts:
  - {id: ci@2027-01-04, duty: ci, first: 2027-01-04, last: 2027-01-10, seats: [
      {seat: lead, effort: 180, member: bob}, {seat: shadow, effort: 180, member: ann}]}
  - {id: ci@2027-01-11, duty: ci, first: 2027-01-11, last: 2027-01-17, seats: [
      {seat: lead, effort: 180, member: bob}, {seat: shadow, effort: 180}]}
  - {id: docs@2027-01-04, duty: docs, first: 2027-01-04, last: 2027-01-10, seats: [
      {seat: lead, must: true, effort: 60, member: bob}, {seat: extra, effort: 30, member: ann}]}
  - {id: docs@2027-01-11, duty: docs, first: 2027-01-11, last: 2027-01-17, seats: [
      {seat: lead, must: true, effort: 60}, {seat: extra, effort: 30, empty: [nobody is there]}]}
"""
EARLIER = """
name: 2026-Q4
first: 2026-10-01
last: LAST
PUBLISHED
shares:
  - {member: ann, load: 200, fair: 100}
  - {member: idle, load: 0, fair: 0}
  - {member: gone, load: 0, fair: 50}
  - {member: left, load: 100, fair: 150}
shifts: []
"""


@pytest.fixture
def pair(dock: Dock) -> Dock:
    dock.write(ROSTER, DUTIES, POLICY)
    return dock


def judged(pair: Dock, stated: str = "") -> Report:
    return pair.judge("2027-01.yaml", ROTATION.replace("STATED", stated))


def earlier(folder: Path, *, last: str, published: bool = True) -> None:
    said = "published: 2026-09-01T00:00:00Z" if published else ""
    text = EARLIER.replace("LAST", last).replace("PUBLISHED", said)
    folder.joinpath("rotations").mkdir(exist_ok=True)
    folder.joinpath("rotations", "2026-Q4.yaml").write_text(text, encoding="utf-8")


def test_shares_by_hand(pair: Dock) -> None:
    # Two of five days weigh double: 180 minutes count 252, 60 count 84 and 30 count 42.
    # On offer: 252 + 180 + 84 + 60 + 42 + 30 = 648, to 1200 and 600 minutes of budget.
    ann, bob, idle = judged(pair).shares
    assert ann == Share("ann", 1200, 42, 432, 432, 0, 97, round(42 / 432 / (558 / 648), 3))
    assert (bob.load, bob.fair, bob.index) == (252 + 180 + 84, 216, 2389)
    assert idle == Share("idle", 1080, 0, 0, 0, 0, None, None)


def test_somebody_who_could_serve_once_is_counted(pair: Dock) -> None:
    pair.write(ROSTER.replace(", docs: never", ", other: never"), DUTIES, POLICY)
    # 1200, 600 and 1080 minutes of budget.
    assert [share.fair for share in judged(pair).shares] == [270, 135, 243]


@pytest.mark.parametrize(
    ("last", "carried"),
    # From the day before the horizon; and 183 days, just over two quarters, before it.
    [("2027-01-03", 100), ("2026-07-04", 50)],
)
def test_earlier_rotations_carry_over_with_a_half_life(pair: Dock, last: str, carried: int) -> None:
    earlier(pair.folder, last=last)
    pair.folder.joinpath("rotations", "2026-Q4.yaml").write_text(
        EARLIER.replace("2026-10-01", "2026-04-01")
        .replace("LAST", last)
        .replace("PUBLISHED", "published: 2026-01-01T00:00:00Z"),
        encoding="utf-8",
    )
    ann, bob, _ = judged(pair).shares
    assert (ann.carried, ann.entitlement) == (carried, 432 - carried)
    # Nothing is known of bob, who starts at the mean of those of whom something is.
    assert (bob.carried, bob.entitlement) == (carried, 216 - carried)


def test_the_first_rotation_tells_what_was_brought_into_it(pair: Dock) -> None:
    earlier(pair.folder, last="2027-01-03")
    path = pair.folder / "rotations" / "2026-Q4.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("load: 200", "carried: 80, load: 200"))
    # 95 days of the 182.6 of a half-life have gone by since: 80 × 0.5 ** 0.52 = 55.8.
    assert judged(pair).shares[0].carried == 100 + 56


def test_a_holiday_where_the_holder_is_weighs_more(pair: Dock) -> None:
    before = judged(pair).shares
    pair.write("holidays: DE-BE\n" + ROSTER, DUTIES, POLICY)
    assert judged(pair).shares == before  # Berlin has none in these weeks
    pair.write("holidays: DE-BY\n" + ROSTER, DUTIES, POLICY + "burden: {holidays: 300%}\n")
    after = judged(pair).shares
    # In Bavaria it is Epiphany on 6 January: the days of the week weigh 1, 1, 3, 2 and 1.
    assert [share.load for share in after] == [48, 288 + 180 + 96, 0]
    assert [share.fair for share in after] == [share.fair for share in before]


def test_drafts_and_later_rotations_carry_nothing(pair: Dock) -> None:
    earlier(pair.folder, last="2027-01-03", published=False)
    assert judged(pair).shares[0].carried == 0
    earlier(pair.folder, last="2027-01-04")
    assert judged(pair).shares[0].carried == 0


def test_nobody_is_entitled_to_less_than_an_hour(pair: Dock) -> None:
    earlier(pair.folder, last="2027-01-03")
    path = pair.folder / "rotations" / "2026-Q4.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("load: 200", "load: 9000"))
    assert judged(pair).shares[0].entitlement == 60


def test_open_seats_doubles_upstreams_training_and_ledgers(pair: Dock) -> None:
    report = judged(pair)
    assert report.broken == ()
    assert report.empty == ("docs@2027-01-11/lead",)
    assert report.left_out == ("docs@2027-01-11/extra",)
    assert report.doubles == (Doubles("ann", 7, 0), Doubles("bob", 7, 0))
    assert (report.days_with_two, report.days_with_three) == (7, 0)
    assert report.upstreams == (
        UpstreamEffort("hub", 360, 80.0, 60),
        UpstreamEffort("book", 90, 20.0, None),
    )
    assert report.training == (Training("ann", "ci", "leads", "2027-01-17", 1, 2, 0),)
    ann, bob, idle = report.ledgers
    assert (ann.kinds, ann.shadow, ann.burdensome) == ({"docs": 30}, 180, 12)
    assert (bob.kinds, bob.shadow, bob.burdensome) == ({"ci": 360, "docs": 60}, 0, 72 + 24)
    assert idle.kinds == {}


TIERS = "tiers: [{name: %s, price: %s}]"


@pytest.mark.parametrize(
    ("tier", "price"),
    [
        ("must", "1"),
        ("doubles", "14"),
        ("backlog", "16"),
        # A shadow turn and a turn in the lead are missing, each ten times 3; and of three who
        # should be able to lead ci, two are missing: one and two units of 10.
        ("growth", "90"),
        ("fairness", "[2400, 100]"),
    ],
)
def test_a_price_that_is_so_passes_and_another_is_told(pair: Dock, tier: str, price: str) -> None:
    assert judged(pair, TIERS % (tier, price)).false_figures == ()
    off_by_one = price.replace("1", "2").replace("9", "8")
    report = judged(pair, TIERS % (tier, off_by_one))
    assert [f"the price of {tier} is stated as" in told for told in report.false_figures] == [True]
    assert report.holds


def test_a_tier_with_rules_that_the_audit_cannot_price_is_left_alone(pair: Dock) -> None:
    assert judged(pair, TIERS % ("comfort", "77")).false_figures == ()


TRUE_SHARES = """
shares:
  - {member: ann, available: 1200, load: 42, fair: 432, entitlement: 432, carried: 0}
  - {member: bob, available: 600, load: 516, fair: 216, entitlement: 216, carried: 0}
  - {member: idle, available: 1080, load: 0, fair: 0, entitlement: 0, carried: 0}
"""


@pytest.mark.parametrize(
    ("true", "false", "words"),
    [
        ("load: 516", "load: 456", "bob: load is stated as 7.60 hours and is 8.60"),
        ("entitlement: 432", "entitlement: 492", "ann: entitlement is stated as 8.20 hours"),
        ("member: idle", "member: zoe", "a share is stated for zoe, whom the roster does not know"),
        ("available: 600", "available: 60", "bob: available is stated as 1.00 hours and is 10.00"),
    ],
)
def test_false_shares_are_told(pair: Dock, true: str, false: str, words: str) -> None:
    assert judged(pair, TRUE_SHARES).false_figures == ()
    report = judged(pair, TRUE_SHARES.replace(true, false))
    assert words in report.false_figures[0]
    assert report.holds


@pytest.mark.parametrize(
    ("true", "false", "words"),
    [
        ("lead, effort: 180", "lead, effort: 60", "the effort is stated as 1.00 hours"),
        ("lead, must: true", "lead, must: false", "the roster says that it must be filled"),
    ],
)
def test_false_facts_of_a_seat_are_told(pair: Dock, true: str, false: str, words: str) -> None:
    text = ROTATION.replace("STATED", "").replace(true, false, 1)
    (told,) = pair.judge("2027-01.yaml", text).false_figures
    assert words in told


def test_a_seat_that_is_neither_filled_nor_named_as_empty_is_a_breach(pair: Dock) -> None:
    hidden = ", {seat: extra, effort: 30, empty: [nobody is there]}"
    assert hidden in ROTATION
    report = pair.judge("2027-01.yaml", ROTATION.replace("STATED", "").replace(hidden, ""))
    assert [breach.sentence for breach in report.broken] == [
        "docs@2027-01-11/extra from 2027-01-11 is neither filled nor named as empty"
    ]


def test_a_waived_rule_is_told_and_passes(pair: Dock) -> None:
    wrong = ROTATION.replace("STATED", "").replace("member: bob}", "member: idle}", 1)
    assert {breach.rule for breach in pair.judge("a.yaml", wrong).broken} == {"never", "skill"}
    report = pair.judge("a.yaml", wrong.replace("idle}", "idle, waives: [never, skill]}"))
    assert report.broken == ()
    assert {breach.rule for breach in report.waived} == {"never", "skill"}
    assert report.exit_code == 0
    other = pair.judge("a.yaml", wrong.replace("idle}", "idle, waives: [never]}"))
    assert {breach.rule for breach in other.broken} == {"skill"}
