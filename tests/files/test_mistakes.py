"""Every mistake of a roster is told at its place, with a remedy, and all of them at once."""

from pathlib import Path

import pytest

from scheduler.errors import Mistake
from scheduler.rules.book import TIERS
from tests.files.rosters import DUTIES, ROSTER, told, write


def only(folder: Path, severity: str = "error") -> Mistake:
    (mistake,) = told(folder)
    assert mistake.severity == severity
    return mistake


# What is changed, into what, and which words tell it. "^" marks the place that is told; where it
# is absent that is the first member or duty, (4, 5).
BOOK = ", ".join(tier.name for tier in TIERS)
ANA, WEEKLY = "id: ana,", "cadence: weekly"
ROSTER_MISTAKES = [
    ("team: Tiny", "team: ^''", "this text is empty"),
    ("team: Tiny\n", "^", '"team" is missing'),
    ("members:", "timezone: ^Europe/Berln\nmembers:", 'did you mean "Europe/Berlin"?'),
    ("0b8f3e7c-", "^", '"installation" should be a UUID'),
    ("id: ana", "id: ^ana silva", "is not an id"),
    ("id: ben", "id: ^Ana", 'the member "Ana" is here twice, in line 4 and in line 5'),
    ("id: ana, budget: 8h", "id: ana", '"budget" is missing'),
    ("id: ana, budget: 8h", "id: ana, ^bugdet: 8h", 'did you mean "budget"?'),
    ("id: ana, budget: 8h", "id: ana, budget: ^8x", "is not an amount of work"),
    ("id: ana, budget: 8h", "id: ana, budget: ^169h", "a week has 168 hours"),
    ("leads}}", "^led}}", 'did you mean "leads"?'),
    (ANA, "id: ana, hours: ^9-17,", "working hours such as 09:00-17:00"),
    (ANA, "id: ana, hours: ^'09:00-09:00',", "leave no time to work"),
    (ANA, "id: ana, days: [mon, ^teu],", 'did you mean "tue"?'),
    (ANA, "id: ana, days: ^[],", '"days" is empty'),
    (ANA, "id: ana, joined: ^2027-02-30,", "is no date of any calendar"),
    (ANA, "id: ana, joined: ^2027-2-3,", "is not a date such as"),
    (ANA, "id: ana, joined: ^20270203,", "is not a date such as"),
    (ANA, "id: ana, joined: ^0207-02-03,", "is clearly wrong"),
    (ANA, "id: ana, joined: ^2207-02-03,", "is clearly wrong"),
    (ANA, "id: ana, joined: 2027-02-03, left: ^2027-01-01,", "is before joined"),
    (
        ANA,
        "id: ana, away: [{first: 2027-02-03, last: ^2027-01-01}],",
        "last (2027-01-01) is before first (2027-02-03); swap them",
    ),
    (ANA, "id: ana, away: [^{first: 2027-02-03}],", '"last" is missing'),
    (
        ANA,
        "id: ana, directed: [{first: 2027-02-03, last: 2027-02-05, takes: ^0h}],",
        "write from 1m to 168h a week",
    ),
    (ANA, "id: ana, directed: [^{first: 2027-02-03, last: 2027-02-05}],", '"takes" is missing'),
    (ANA, "id: ana, wishes: {^triaje: like},", 'did you mean "triage"?'),
    (ANA, "id: ana, wishes: {triage: ^love},", "is not one of like, rather not, never"),
    (ANA, "id: ana, goals: [{skill: triage, level: ^lead}],", 'mean "leads"?'),
    (ANA, "id: ana, goals: [{skill: triage, level: leads, mentor: ^bem}],", 'mean "ben"?'),
    (ANA, "id: ana, goals: [{skill: triage, level: leads, mentor: ^ana}],", "their own mentor"),
    (ANA, "id: ana, mentees: ^-1,", "should be at least 0"),
    (ANA, "id: ana, most: {^triaje: 1},", 'did you mean "triage"?'),
    (ANA, "id: ana, most: {triage: ^-1},", "should be at least 0"),
    (ANA, "id: ana, feed_generation: ^-1,", "should be at least 0"),
    (ANA, "id: ana, email: ^ana,", "should look like ana@example.org"),
    ("{triage: leads}", "{triage: leads, ^traige: leads}", 'did you mean "triage"?'),
]
DUTY_MISTAKES = [
    ("upstream: hub", "upstream: ^hubb", 'did you mean "hub"?'),
    ("share: 40%", "share: ^140%", "add up to 140%"),
    ("duties:", "kinds: {triage: 60%, ^docs: 50%}\nduties:", "add up to 110%"),
    ("duties:", "kinds: {^triaje: 60%}\nduties:", 'did you mean "triage"?'),
    ("duties:", "kinds: {triage: ^most}\nduties:", "is not a percentage"),
    ("why: Newcomers get an answer", "why: ^''", "this text is empty"),
    ("    why: Newcomers get an answer\n", "", '"why" is missing'),
    ("    kind: triage\n", "", '"kind" is missing'),
    ("    effort: 4h\n", "", '"effort" is missing'),
    ("effort: 4h", "effort: ^1h/month", '"1h/month" is not an effort such as'),
    (WEEKLY, "cadence: ^wekly", 'did you mean "weekly"?'),
    (WEEKLY, "cadence: {every: ^2 weks}", "is no step"),
    (WEEKLY, "cadence: {every: ^0 weeks}", "is no step"),
    (WEEKLY, "cadence: {every: ^2 days}", "is no step"),
    (WEEKLY, "cadence: {every: ^99 years}", "is no step"),
    (WEEKLY, "cadence: {^evry: week}", 'did you mean "every"?'),
    (
        WEEKLY,
        'cadence: {^rule: "FREQ=WEEKLY;BYDAY=TU", from: 2027-01-04}',
        'unknown key "rule"; did you mean "rrule"?',
    ),
    (WEEKLY, "cadence: {every: week, on: ^mondy}", 'did you mean "monday"?'),
    (WEEKLY, "cadence: {every: month, on: ^frist monday}", 'did you mean "first monday"?'),
    (WEEKLY, "cadence: {every: month, on: ^32}", "is no day of a month"),
    (WEEKLY, "cadence: {every: weekday, on: ^monday}", "only for weeks and months"),
    (WEEKLY, "cadence: {dates: ^[]}", '"dates" is empty'),
    (WEEKLY, "cadence: {dates: [2027-01-04, ^2027-01-04]}", "is here twice"),
    (WEEKLY, "cadence: {dates: [2026-12-14, ^2026-01-11]}", "correct the year"),
    (WEEKLY, "cadence: {once: {first: 2027-01-04, last: ^2026-01-29}}", "is before first"),
    (WEEKLY, "cadence: {once: ^2027-13-01}", "is no date of any calendar"),
    (WEEKLY, "cadence: {rrule: ^FREQ=HOURLY, from: 2027-01-04}", "for a time of day write at"),
    (WEEKLY, "cadence: {rrule: ^FREQ=DAILY;UNTIL=20270301, from: 2027-01-04}", 'write "until"'),
    (WEEKLY, "cadence: {rrule: ^FREQ=DAILY;BYHOUR=9, from: 2027-01-04}", '"BYHOUR" is no part'),
    (WEEKLY, "cadence: {rrule: ^FREQ=DAILY;INTERVAL=0, from: 2027-01-04}", "INTERVAL should be"),
    (WEEKLY, "cadence: {rrule: ^FREQ=WEEKLY;BYDAY=XX, from: 2027-01-04}", "not a recurrence rule"),
    (
        WEEKLY,
        "cadence: ^{rrule: FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30, from: 2027-01-04}",
        "yields no day within 20 years",
    ),
    (WEEKLY, "cadence: ^{rrule: FREQ=DAILY}", '"from" is missing'),
    (WEEKLY, "cadence: {milestones: ^hubb}", 'did you mean "hub"?'),
    (WEEKLY, "cadence: {milestones: [^5.0]}", 'no milestone "5.0"'),
    (WEEKLY, "cadence: {milestones: hub, before: ^-1w}", "from 0d to a year"),
    ("share: 40%", "milestones: [{name: x, date: ^2127-01-01}]", "clearly wrong"),
    (WEEKLY, "cadence: weekly\n    differ: [^country]", "employer"),
    (WEEKLY, "cadence: weekly\n    from: 2027-02-01\n    until: ^2027-01-01", "is before from"),
    (WEEKLY, "cadence: weekly\n    at: '16:00'", '"lasts" is missing'),
    (WEEKLY, "cadence: weekly\n    lasts: ^1h", '"lasts" needs "at"'),
    (WEEKLY, "cadence: weekly\n    at: ^'25:00'\n    lasts: 1h", "is not a time of day"),
    (WEEKLY, "cadence: weekly\n    at: '16:00'\n    lasts: ^25h", "neither at nor lasts"),
    (WEEKLY, "cadence: weekly\n    term: ^0d", "from one day to a year"),
    (WEEKLY, "cadence: weekly\n    priority: ^6", "at most 5"),
    (WEEKLY, "cadence: weekly\n    exclusive: ^1", "should be true or false"),
    (WEEKLY, "cadence: weekly\n    checklist: ^javascript:x", "should look like https://"),
    (WEEKLY, "cadence: weekly\n    handoff: {on: ^mo}", "is not a weekday"),
    (WEEKLY, "cadence: weekly\n    seats: ^[]", '"seats" is empty'),
    (WEEKLY, "cadence: weekly\n    seats: [lead, ^lead]", 'the seat "lead" is here twice'),
    (WEEKLY, "cadence: weekly\n    seats: [x-1, {seat: ^x, count: 2}]", 'seat "x-1" is here twice'),
    (WEEKLY, "cadence: weekly\n    seats: ^[shadow]", "somebody to learn from"),
    (WEEKLY, "cadence: weekly\n    seats: [lead, {seat: shadow, must: ^true}]", "a shadow learns"),
    (
        WEEKLY,
        "cadence: weekly\n    seats: [{seat: lead, count: ^3-1}]",
        "from the least to the most",
    ),
    (WEEKLY, "cadence: weekly\n    seats: [{seat: lead, count: ^few}]", "is not a number of seats"),
    (
        WEEKLY,
        "cadence: weekly\n    seats: [{seat: lead, offset: ^soon}]",
        "is not a length of time",
    ),
    (WEEKLY, "cadence: weekly\n    seats: [{seat: lead, role: ^boss}]", "is not one of lead"),
    ("skill: triage", "seats: [{seat: x, level: ^leads}]", "name the skill too"),
]
POLICY_MISTAKES = [
    ("rules: {^rst: off}", 'did you mean "rest"?'),
    ("rules: {rest: {^dayz: 3}}", 'did you mean "days"?'),
    ("rules: {rest: {days: ^-3}}", "should be at least 0"),
    ("rules: {fair_share: {band: ^0}}", "should be at least 1"),
    ("rules: {rest: {days: ^many}}", "should be a whole number"),
    ("rules: {rest: ^on}", "should be off or"),
    ("rules: {rest: {tier: ^comfrot}}", 'did you mean "comfort"?'),
    ("rules: {wishes: {tier: ^fairness}}", "cannot hold wishes beside fair_share"),
    ("half_life: ^0", "should be more than 0"),
    ("half_life: ^true", "should be a number"),
    ("quiet: [{first: 2027-01-03, last: ^2026-12-21}]", "is before first"),
    ("pins: [{shift: ^triage@2027-01-05, seat: lead, member: ana}]", "triage@2027-01-04"),
    ("pins: [{shift: ^triaje@2027-01-04, seat: lead, member: ana}]", 'mean "triage"?'),
    ("pins: [{shift: ^triage, seat: lead, member: ana}]", "is no shift"),
    ("pins: [{shift: triage@2027-01-04, seat: ^leed, member: ana}]", 'mean "lead"?'),
    ("pins: [{shift: triage@2027-01-04, seat: lead, member: ^anna}]", 'mean "ana"?'),
    (
        "pins:\n- {shift: triage@2027-01-04, seat: lead, member: ana}\n"
        "- ^{shift: triage@2027-01-04, seat: lead, member: ben}",
        "is pinned in line 2 already",
    ),
    (
        f"tiers: [must, ^{BOOK}]",
        'the tier "must" is in line 1 already',
    ),
    ("freeze: ^-1d", "from 0d to a year"),
    ("training: {shadow_turns: ^-1}", "should be at least 0"),
    ("training: {skills: {^traige: {lead_turns: 2}}}", 'mean "triage"?'),
]


def marked(text: str) -> tuple[str, int, int]:
    """The text without its mark, and the line and column of the mark."""
    before, found, after = text.partition("^")
    if not found:
        return text, 4, 5
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(("old", "new", "words"), ROSTER_MISTAKES)
def test_roster(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in ROSTER
    text, *place = marked(ROSTER.replace(old, new, 1))
    mistake = only(write(tmp_path, roster=text))
    assert words in mistake.sentence
    assert (mistake.file, mistake.line, mistake.column) == ("roster.yaml", *place)


@pytest.mark.parametrize(("old", "new", "words"), DUTY_MISTAKES)
def test_duties(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in DUTIES
    text, *place = marked(DUTIES.replace(old, new, 1))
    (mistake,) = [m for m in told(write(tmp_path, duties=text)) if m.severity == "error"]
    assert words in mistake.sentence
    assert (mistake.file, mistake.line, mistake.column) == ("duties.yaml", *place)


@pytest.mark.parametrize(("policy", "words"), POLICY_MISTAKES)
def test_policy(tmp_path: Path, policy: str, words: str) -> None:
    text, *place = marked(policy + "\n")
    mistake = only(write(tmp_path, policy=text))
    assert words in mistake.sentence
    assert (mistake.file, mistake.line, mistake.column) == ("policy.yaml", *place)


# ---------------------------------------------------------------------------------- all at once


def test_all_files_and_all_layers_are_told_at_once(tmp_path: Path) -> None:
    roster = """\
team: Bad
installation: 0b8f3e7c-0000-4000-8000-000000000001
members:
  - id: ana
    emial: a@example.org
    budget: 8h
    skills: {triage: leads}
    away: [{first: 2027-02-12, last: 2027-02-01}]
    wishes: {triaje: like}
  - {id: ben, budget: 2h, away: [{first: 2072-02-01, last: 2072-02-12}, 2027-02-01, 2027-02-03]}
  - {id: Ana, budget: 4h}
"""
    duties = """\
duties:
  - {id: triage, kind: triage, why: x, cadence: wekly, effort: 2h, upstream: hub}
  - {id: ship, kind: ci, why: x, cadence: weekly, effort: 2h, seats: [{seat: a, permission: pypi}]}
  - {id: calls, kind: meetings, why: x, cadence: weekly, effort: 2h, at: "16:00", sklil: triage}
"""
    policy = "rules: {rst: off}\npins: [{shift: x@2027-01-04, seat: lead, member: bne}]\n"
    places = [(m.file, m.line) for m in told(write(tmp_path, roster, duties, policy))]
    assert places == [
        ("duties.yaml", 2),  # cadence
        ("duties.yaml", 2),  # upstream
        ("duties.yaml", 3),  # nobody has pypi
        ("duties.yaml", 4),  # at without lasts
        ("duties.yaml", 4),  # sklil
        ("policy.yaml", 1),
        ("policy.yaml", 2),  # no such duty
        ("policy.yaml", 2),  # no such member
        ("roster.yaml", 5),
        ("roster.yaml", 7),  # triage is used by nothing but the misspelt sklil
        ("roster.yaml", 8),
        ("roster.yaml", 9),
        ("roster.yaml", 10),
        ("roster.yaml", 10),
        ("roster.yaml", 11),
    ]


def test_a_file_that_is_not_yaml_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, roster=ROSTER.replace("id: ben", "id: Ana"), policy="rules: {rst: off}\n")
    tmp_path.joinpath("duties.yaml").write_bytes(b"duties: \xff\n")
    assert [m.file for m in told(tmp_path)] == ["duties.yaml", "policy.yaml", "roster.yaml"]


def test_a_mistake_does_not_breed_others(tmp_path: Path) -> None:
    # Ana's skills are lost to a misspelt level; she may well hold triage.
    roster = ROSTER.replace("triage: leads", "triage: led", 1).replace(
        ", skills: {triage: leads}", ""
    )
    assert only(write(tmp_path, roster=roster)).line == 4


def test_the_same_address_is_the_same_person(tmp_path: Path) -> None:
    roster = ROSTER.replace("budget", "slack: U01, budget")
    assert "is of ana too" in only(write(tmp_path, roster=roster)).sentence


def test_a_pin_on_a_broken_duty_is_let_be(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        duties=DUTIES.replace("weekly", "wekly"),
        policy="pins: [{shift: triage@2027-01-05, seat: lead, member: ana}]\n",
    )
    assert only(folder).file == "duties.yaml"


# ----------------------------------------------------------------------- what nobody could hold


def hard(folder: Path, seats: str, members: str = "", duty: str = "") -> list[Mistake]:
    duties = DUTIES + f"    seats: [{seats}]\n" + duty
    roster = ROSTER.replace("id: ", f"{members}id: ") if members else ROSTER
    return told(write(folder, roster=roster, duties=duties))


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        ("{seat: lead, permission: pypi}", "ana lacks the permission pypi (like 1 other)"),
        ("{seat: lead, level: mentors}", "ana has not reached the level mentors in triage"),
        ("{seat: lead, region: asia}", "ana is not in the region asia"),
        ("{seat: lead, effort: 9h}", "ana has 8 h a week, and it takes 9 h in one week"),
    ],
)
def test_a_seat_that_nobody_can_hold_names_what_stops_whom(
    tmp_path: Path, seats: str, words: str
) -> None:
    (mistake,) = hard(tmp_path, seats)
    assert words in mistake.sentence
    assert (mistake.severity, mistake.line) == ("error", 11)


def test_hours_that_nobody_keeps(tmp_path: Path) -> None:
    clock = "    at: '23:00'\n    lasts: 1h\n"
    (mistake,) = hard(tmp_path, "lead", "hours: 09:00-17:00, ", clock)
    assert "ana works 09:00 to 17:00, there it is 23:00 (like 1 other)" in mistake.sentence


def test_working_days_that_nobody_has(tmp_path: Path) -> None:
    duties = DUTIES.replace("weekly", "{every: [sat]}")
    assert "does not work on that weekday" in only(write(tmp_path, duties=duties)).sentence


def test_who_is_away_or_gone_could_still_hold_it(tmp_path: Path) -> None:
    roster = ROSTER.replace("id: ", "left: 2010-01-01, away: [2024-01-03], id: ")
    assert told(write(tmp_path, roster=roster)) == []


def test_a_seat_that_may_stay_empty_is_only_doubtful(tmp_path: Path) -> None:
    (mistake,) = hard(tmp_path, "lead, {seat: second, permission: pypi}")
    assert mistake.severity == "warning"
    (mistake,) = hard(tmp_path, "lead, {seat: second, permission: pypi, must: true}")
    assert mistake.severity == "error"


def test_a_shadow_seat_waits_for_learners(tmp_path: Path) -> None:
    assert hard(tmp_path, "lead, shadow") == []


def test_a_rule_that_is_off_bars_nobody(tmp_path: Path) -> None:
    duties = DUTIES.replace("4h", "9h")
    assert told(write(tmp_path, duties=duties, policy="rules: {weekly_budget: off}\n")) == []


def test_a_skill_that_several_have_is_right(tmp_path: Path) -> None:
    first, second = told(write(tmp_path, duties=DUTIES.replace("skill: triage", "skill: traige")))
    assert "nobody can hold" in first.sentence
    assert 'nobody has the skill "traige"; did you mean "triage"?' in second.sentence


# -------------------------------------------------------------------------------------- warnings


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kind: triage", "kind: triages", 'did you mean "triage"?'),
        ("kind: triage", "kind: release", 'did you mean "releases"?'),
        ("kind: triage", "kind: selling", "other work lowers budgets"),
        ("cadence: weekly", "cadence: {once: 2027-01-04}\n    from: 2027-02-01", "never starts"),
    ],
)
def test_duties_that_look_odd(tmp_path: Path, old: str, new: str, words: str) -> None:
    mistake = only(write(tmp_path, duties=DUTIES.replace(old, new)), "warning")
    assert words in mistake.sentence


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("leads}}", "leads, cooking: leads}}", 'no duty uses the skill "cooking"'),
        ("leads}}", "leads}, goals: [{skill: ci, level: leads}]}", "nothing leads to this goal"),
        ("id: ben", "id: ben, name: Ana", "is this one person?"),
        (
            "leads}}\n  - {id: ben, budget: 8h, skills: {triage: leads",
            "leads}, goals: [{skill: triage, level: mentors, mentor: ben}]}\n"
            "  - {id: ben, budget: 8h, skills: {triage: learning",
            "ben does not lead triage",
        ),
    ],
)
def test_people_who_look_odd(tmp_path: Path, old: str, new: str, words: str) -> None:
    mistake = only(write(tmp_path, roster=ROSTER.replace(old, new, 1)), "warning")
    assert words in mistake.sentence


def test_a_tier_left_out_is_told(tmp_path: Path) -> None:
    policy = f"tiers: [{BOOK.replace(', growth', '')}]\n"
    mistake = only(write(tmp_path, policy=policy), "warning")
    assert "training_goals counts for nothing" in mistake.sentence


@pytest.mark.parametrize(("one", "other"), [("tier-1", "tier-2"), ("hub", "hug")])
def test_names_that_are_rightly_alike(tmp_path: Path, one: str, other: str) -> None:
    roster = ROSTER.replace("triage: leads", f"triage: leads, {one}: leads")
    duties = (
        DUTIES + f"  - {{id: x, kind: ci, why: x, cadence: weekly, effort: 1h, skill: {other}}}\n"
    )
    assert not any(
        "did you mean" in m.sentence and m.severity == "error" and "skill" in m.sentence
        for m in told(write(tmp_path, roster, duties))
    )


def test_years_that_stand_apart(tmp_path: Path) -> None:
    roster = ROSTER.replace(
        "id: ana,", "id: ana, joined: 2009-01-01, away: [2027-01-04, 2027-02-01, 2072-03-01],"
    )
    mistake = only(write(tmp_path, roster=roster))
    assert "2072-03-01 is more than five years after the other dates" in mistake.sentence
