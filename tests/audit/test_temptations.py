"""A solver that forgets one requirement is caught by the audit: for each of them a roster in which
the best plan without it breaks it. With it, the audit accepts the plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.actions.assemble import assemble
from scheduler.actions.draw_up import draw_up
from scheduler.audit import Report, audit
from scheduler.audit.policy import REQUIREMENTS
from scheduler.domain.span import DAY, Span
from scheduler.files import read_team, rotation_path, write_rotation
from scheduler.rules.book import Policy
from scheduler.solver import Limits, solve
from tests.rules.builders import jan

HORIZON = Span(jan(4), jan(31) + DAY)
LEARNER = "skills: {ci: learning}, goals: [{skill: ci, level: leads}]"
WEEK = "cadence: {once: {first: 2027-01-04, last: 2027-01-08}}, effort: 4h"
SEATS = "seats: [{seat: lead}, {seat: secondary, role: secondary}]"

TEMPTATIONS = {
    "membership": ("joined: 2027-01-05", WEEK),
    "away": ("away: [2027-01-05]", WEEK),
    "working_days": ("days: [mon]", "cadence: {dates: [2027-01-05]}, effort: 1h"),
    "local_hours": (
        "hours: 09:00-17:00",
        'cadence: {dates: [2027-01-05]}, at: "08:30", lasts: 1h, effort: 1h',
    ),
    "skill": ("skills: {ci: shadowed}", f"skill: ci, {WEEK}"),
    "permission": ("skills: [ci]", f"seats: [{{seat: lead, permission: pypi}}], {WEEK}"),
    "region": ("region: america", f"seats: [{{seat: lead, region: europe}}], {WEEK}"),
    "never": ("wishes: {work: never}", WEEK),
    "distinct_seats": ("skills: [ci]", f"{SEATS}, {WEEK}"),
    "exclusive_duties": ("skills: [ci]", f"exclusive: true, {WEEK}"),
    "weekly_budget": ("budget: 3h", WEEK),
    "shadow_beside_lead": (LEARNER, f"skill: ci, seats: [lead, shadow], {WEEK}"),
    "earned_lead": (LEARNER, f"skill: ci, {WEEK}"),
    "not_together": ("skills: [ci]", f"{SEATS}, {WEEK}"),
    "mentor_limits": (
        "skills: [ci]",
        f"skill: ci, seats: [lead, {{seat: shadow, count: 0-3}}], {WEEK}",
    ),
    "most_turns": (
        "skills: [ci], most: {work: 1}",
        "cadence: {dates: [2027-01-05, 2027-01-12]}, effort: 1h",
    ),
    "differ": ("employer: Org", f"differ: [employer], {SEATS}, {WEEK}"),
}
"""Rule → what there is to say about ana, and about the duty."""

OTHERS = {"not_together": [""], "differ": ["employer: Org"], "mentor_limits": [LEARNER] * 3}
"""Rule → what there is to say about further people that it takes."""


def write(folder: Path, rule: str) -> None:
    """A roster of ana, of others where it takes them, and of somebody who can do everything and is
    away."""
    about, duty = TEMPTATIONS[rule]
    people = [f"{{id: ana, {'' if 'budget' in about else 'budget: 40h, '}{about}}}"]
    for name, about in zip(("ben", "chi", "dee"), OTHERS.get(rule, []), strict=False):
        people.append(f"{{id: {name}, budget: 40h, {about}}}")
    people.append(
        "{id: spare, budget: 40h, skills: [ci], permissions: [pypi], region: europe,"
        " employer: Other, away: [{first: 2027-01-01, last: 2027-01-31}]}"
    )
    work = [f"{{id: work, kind: ci, why: it helps, {duty}}}"]
    if rule == "exclusive_duties":
        work.append(f"{{id: more, kind: ci, why: it helps, {duty}}}")
    team = "team: Any\ninstallation: 0b8f3e7c-0000-4000-8000-000000000000\n"
    pair = "not_together: [[ana, ben]]\n" if rule == "not_together" else ""
    members = "".join(f"  - {person}\n" for person in people)
    (folder / "roster.yaml").write_text(f"{team}{pair}members:\n{members}", encoding="utf-8")
    duties = "".join(f"  - {entry}\n" for entry in work)
    (folder / "duties.yaml").write_text(f"duties:\n{duties}", encoding="utf-8")


def judged(folder: Path, policy: Policy) -> Report:
    """What the audit says of the plan that a policy leads to."""
    team = read_team(folder)
    problem = assemble(replace(team, policy=policy), (), HORIZON)
    outcome = solve(problem, policy, Limits(work=1))
    name = f"{HORIZON.first}_{HORIZON.last}"
    write_rotation(folder, draw_up(name, problem, policy, outcome, inputs=team.inputs, seed=0))
    return audit(folder, rotation_path(folder, name))


@pytest.mark.parametrize("rule", TEMPTATIONS)
def test_the_audit_catches_a_solver_that_forgets_a_requirement(tmp_path: Path, rule: str) -> None:
    write(tmp_path, rule)
    policy = read_team(tmp_path).policy
    assert judged(tmp_path, policy).broken == ()
    forgetful = replace(policy, rules=tuple(r for r in policy.rules if r.id() != rule))
    assert {breach.rule for breach in judged(tmp_path, forgetful).broken} == {rule}


def test_every_requirement_that_can_tempt_has_its_roster() -> None:
    # Nothing is won by letting those shadow who lead already.
    assert set(REQUIREMENTS) - set(TEMPTATIONS) == {"shadow_learns"}
