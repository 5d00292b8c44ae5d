"""A whole roster is read into the words of the domain, or told with all that is wrong in it."""

import os
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.duties import Clock, Handoff, Role, SeatPlan
from scheduler.domain.people import Goal, Hours, Level, Wish
from scheduler.domain.problem import QuietPeriod
from scheduler.domain.span import Span
from scheduler.errors import BadFiles
from scheduler.files import read_team
from scheduler.rules.book import TIERS, Policy
from scheduler.rules.preferences.rest import Rest
from scheduler.rules.requirements.local_hours import LocalHours
from tests.files.rosters import DUTIES, ROSTER, told, write

FULL_MEMBER = """\
team: Tiny
installation: 0b8f3e7c-0000-4000-8000-000000000001
timezone: Europe/Berlin
holidays: DE
members:
  - id: ana
    name: Ana Silva
    email: ana@example.org
    slack: U01
    github: ana-s
    timezone: America/Los_Angeles
    hours: 18:00-02:00
    days: [Mon, tuesday]
    holidays: US-CA
    employer: 2i2c
    budget: 6h
    joined: 2024-01-01
    left: 2027-02-28
    paused: [{first: 2026-06-01, last: 2026-06-30}]
    away:
      - {first: 2027-02-01, last: 2027-02-12, reason: honeymoon}
      - 2027-02-20
    skills: {triage: leads, review: learning}
    permissions: [pypi]
    goals: [{skill: release, level: leads, by: 2027-03-31, value: 2}]
    wishes: {triage: rather not}
    feed_generation: 3
  - {id: ben, budget: 90m, skills: [triage, release]}
"""


def test_a_member_is_read_with_everything_that_can_be_said(tmp_path: Path) -> None:
    ana = read_team(write(tmp_path, FULL_MEMBER)).members[0]
    assert (ana.id, ana.name, ana.email, ana.slack) == (
        "ana",
        "Ana Silva",
        "ana@example.org",
        "U01",
    )
    assert (ana.github, ana.employer, ana.holidays) == ("ana-s", "2i2c", "US-CA")
    assert (ana.timezone, ana.region) == ("America/Los_Angeles", "america")
    assert ana.hours == Hours(time(18), time(2))
    assert ana.days == {0, 1}
    assert ana.budget == 360
    assert ana.joined == date(2024, 1, 1)
    assert ana.left == date(2027, 3, 1), "the file names the last day there"
    assert ana.paused == (Span(date(2026, 6, 1), date(2026, 7, 1)),)
    assert ana.away == (
        Span(date(2027, 2, 1), date(2027, 2, 13)),
        Span(date(2027, 2, 20), date(2027, 2, 21)),
    )
    assert ana.skills == {
        "triage": Level.leads,
        "review": Level.learning,
        "release": Level.learning,
    }, "a goal implies learning"
    assert ana.permissions == {"pypi"}
    assert ana.goals == (Goal("release", Level.leads, date(2027, 3, 31), 2),)
    assert ana.wishes == {"triage": Wish.rather_not}
    assert ana.feed_generation == 3


def test_what_a_member_does_not_say_comes_from_the_team(tmp_path: Path) -> None:
    ben = read_team(write(tmp_path, FULL_MEMBER)).members[1]
    assert (ben.name, ben.timezone, ben.region, ben.holidays) == (
        "ben",
        "Europe/Berlin",
        "europe",
        "DE",
    )
    assert (ben.budget, ben.hours, ben.days) == (90, None, frozenset(range(5)))
    assert ben.skills == {"triage": Level.leads, "release": Level.leads}


def test_the_reason_of_an_absence_stays_in_the_file(tmp_path: Path) -> None:
    team = read_team(write(tmp_path, FULL_MEMBER))
    assert "honeymoon" not in repr(team)
    other = FULL_MEMBER.replace("honeymoon", "operation")
    assert read_team(write(tmp_path, other)).inputs == team.inputs


FULL_DUTY = """\
upstreams: [{id: hub, name: JupyterHub, share: 40}]
duties:
  - id: calls
    name: Calls
    upstream: hub
    kind: meetings
    why: >
      People
      meet
    priority: 1
    cadence: {every: 2 weeks, from: 2027-01-06}
    from: 2027-01-04
    until: 2027-12-31
    term: 2w
    at: "16:00"
    lasts: 1h30m
    timezone: Europe/Berlin
    handoff: {on: thu, at: 10:00}
    effort: 4h
    exclusive: true
    together: true
    rest: 4w
    skill: triage
    checklist: https://example.org/x
    channel: "#hub"
    seats:
      - lead
      - {seat: emea, role: secondary, region: Europe, must: true, level: leads, effort: 90m}
      - {seat: helper, count: 1-3, must: true}
      - {seat: incoming, offset: 1w}
      - shadow
  - {id: plain, kind: docs, why: x, cadence: weekly, effort: 2, seats: [{seat: x, count: 2}]}
"""


def test_where_an_upstreams_work_is_discussed_changes_no_plan(tmp_path: Path) -> None:
    roster = ROSTER.replace("budget: 8h", "budget: 8h, region: europe")
    before = read_team(write(tmp_path, roster, FULL_DUTY))
    link = "share: 40, issues: 'https://example.org/hub/issues'"
    team = read_team(write(tmp_path, roster, FULL_DUTY.replace("share: 40", link)))
    assert team.issues == {"hub": "https://example.org/hub/issues"}
    assert (before.issues, before.inputs) == ({}, team.inputs)


def test_a_duty_is_read_with_everything_that_can_be_said(tmp_path: Path) -> None:
    roster = ROSTER.replace("budget: 8h", "budget: 8h, region: europe")
    team = read_team(write(tmp_path, roster, FULL_DUTY))
    calls, plain = team.duties
    assert (calls.name, calls.upstream, calls.kind, calls.why) == (
        "Calls",
        "hub",
        "meetings",
        "People meet",
    )
    assert (calls.priority, calls.value, calls.term, calls.rest) == (1, 16, 14, 28)
    assert calls.cadence == EveryWeeks(2, 2, date(2027, 1, 6)), "in step with its first day"
    assert (calls.from_day, calls.until_day) == (date(2027, 1, 4), date(2027, 12, 31))
    assert calls.clock == Clock(time(16), "Europe/Berlin", 90)
    assert calls.handoff == Handoff(3, time(10))
    assert calls.exclusive
    assert calls.together
    assert (calls.checklist, calls.channel) == ("https://example.org/x", "#hub")
    assert calls.seats == (
        SeatPlan("lead", Role.lead, Level.leads, "triage", effort=240),
        SeatPlan(
            "emea", Role.secondary, Level.leads, "triage", region="europe", must=True, effort=90
        ),
        SeatPlan("helper", Role.lead, Level.leads, "triage", most=3, must=True, effort=240),
        SeatPlan("incoming", Role.lead, Level.leads, "triage", effort=240, offset=7),
        SeatPlan("shadow", Role.shadow, Level.learning, "triage", effort=240),
    )
    assert plain.seats == (SeatPlan("x", least=2, most=2, effort=120),)
    assert plain.value == 4
    assert team.upstreams[0].share == 40


def test_a_duty_without_seats_has_a_lead_and_starts_on_its_handoff_day(tmp_path: Path) -> None:
    duty = read_team(write(tmp_path, duties=DUTIES + "    handoff: {on: fri}\n")).duties[0]
    assert duty.seats == (SeatPlan("lead", Role.lead, Level.leads, "triage", effort=240),)
    assert duty.cadence == EveryWeeks(1, 4)


@pytest.mark.parametrize(("people", "seat"), [("APAC", "APAC"), ("apac", "APAC"), ("Apac", "apac")])
def test_a_region_is_one_however_it_is_written(tmp_path: Path, people: str, seat: str) -> None:
    roster = ROSTER.replace("budget: 8h", f"budget: 8h, region: {people}")
    seats = f"    seats: [{{seat: lead, region: {seat}}}]\n"
    folder = write(tmp_path, roster, DUTIES + seats)
    assert told(folder) == []
    assert read_team(folder).members[0].region == "apac"


POLICY = """\
tiers: [must, backlog, fairness, growth, doubles, {comfort: {give: 5%}}, draft, ceiling]
rules:
  rest: {days: 14, weight: 10}
  few_at_once: {tier: doubles}
  local_hours: off
quiet: [{first: 2026-12-21, last: 2027-01-03, name: year's end}]
pins: [{shift: triage@2027-01-04, seat: lead, member: ana}]
warn_weeks: 6
half_life: 1
"""


def test_a_policy_names_what_differs_from_the_book(tmp_path: Path) -> None:
    team = read_team(write(tmp_path, policy=POLICY))
    assert Rest(weight=10, days=14) in team.policy.rules
    assert not any(isinstance(rule, LocalHours) for rule in team.policy.rules)
    assert len(team.policy.rules) == len(Policy().rules) - 1
    named = ["must", "backlog", "fairness", "growth", "doubles", "comfort", "draft", "ceiling"]
    # What looks back at a published rotation is put in where the policy does not name it.
    assert [tier.name for tier in team.policy.tiers if tier.name in named] == named
    assert [tier.name for tier in team.policy.tiers][:3] == ["must", "stay", "near"]
    assert {tier.name: tier.give for tier in team.policy.tiers if tier.give} == {"comfort": 5}
    assert (team.quiet[0].weight, team.quiet[0].span.days) == (150, 14)
    assert team.pins == {("triage@2027-01-04", "lead"): "ana"}
    _, line, column = team.pin_places["triage@2027-01-04", "lead"]
    assert (line, column) == (7, 8)
    assert (team.warn_weeks, team.max_share_on_duty, team.half_life) == (6, 40, 1)


def test_without_a_policy_the_book_holds(tmp_path: Path) -> None:
    team = read_team(write(tmp_path))
    assert team.policy == Policy()
    assert team.policy.tiers == TIERS
    assert team.warnings == ()


@pytest.mark.parametrize("policy", ["{}\n", "rules: {}\n", "rules: {rest: {}}\n"])
def test_a_policy_may_say_nothing(tmp_path: Path, policy: str) -> None:
    assert told(write(tmp_path, policy=policy)) == []


# ----------------------------------------------------------------------------- the fingerprint


def test_layout_comments_and_order_of_keys_do_not_count(tmp_path: Path) -> None:
    roster = """\
# The same people, laid out otherwise.
installation: "0b8f3e7c-0000-4000-8000-000000000001"
timezone: UTC
members:
  - skills:
      triage: leads
    budget: 480m
    name: ana
    id: ana
  - {budget: 8, id: ben, skills: [triage]}
team: Tiny
"""
    first = read_team(write(tmp_path / "a")).inputs
    assert read_team(write(tmp_path / "b", roster)).inputs == first
    assert first.startswith("sha256:")


@pytest.mark.parametrize(
    ("old", "new"), [("budget: 8h", "budget: 7h"), ("leads", "mentors"), ("ben", "bob")]
)
def test_every_change_of_meaning_counts(tmp_path: Path, old: str, new: str) -> None:
    first = read_team(write(tmp_path / "a")).inputs
    assert read_team(write(tmp_path / "b", ROSTER.replace(old, new))).inputs != first


def test_the_fingerprint_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    roster = ROSTER.replace("budget: 8h", "budget: 8h, permissions: [a, b, c, d, e]")
    code = (
        "import sys; from pathlib import Path; from scheduler.files import read_team;"
        f"print(read_team(Path({str(write(tmp_path, roster))!r})).inputs)"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


# --------------------------------------------------------------------------------- absent files


def test_without_files_init_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFiles) as caught:
        read_team(tmp_path)
    names = [Path(mistake.file).name for mistake in caught.value.mistakes]
    assert names == ["duties.yaml", "roster.yaml"]
    assert all("rota init" in mistake.sentence for mistake in caught.value.mistakes)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    file = write(tmp_path) / "roster.yaml"
    for path, part in ((tmp_path / "no", "rota init"), (file, "this is a file")):
        with pytest.raises(BadFiles, match=part):
            read_team(path)


def test_who_must_not_meet_and_who_prefers_what(tmp_path: Path) -> None:
    roster = ROSTER.replace("id: ana,", "id: ana, prefers: [tue, Friday],")
    folder = write(
        tmp_path,
        roster + "not_together: [[ana, ben]]\n",
        DUTIES + "    differ: [region, employer, region]\n",
        "quiet: [{first: 2027-01-01, last: 2027-01-03, name: x, reduced: 4, remember: true}]\n",
    )
    team = read_team(folder)
    assert team.apart == (("ana", "ben"),)
    assert [member.prefers for member in team.members] == [{1, 4}, set()]
    assert team.duties[0].differ == ("region", "employer")
    span = Span(date(2027, 1, 1), date(2027, 1, 4))
    assert team.quiet == (QuietPeriod(span, "x", 150, reduced=4, remember=True),)


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("[ana, bne]", 'did you mean "ben"?'),
        ("[ana]", "should have at least 2"),
        ("[ana, [ben]]", "list"),
    ],
)
def test_groups_of_people_who_must_not_meet(tmp_path: Path, group: str, words: str) -> None:
    (mistake,) = told(write(tmp_path, ROSTER + f"not_together: [{group}]\n"))
    assert words in mistake.sentence
    assert mistake.line == 6
