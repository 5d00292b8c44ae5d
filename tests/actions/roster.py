"""A roster of three people and two duties, small enough to plan within a blink."""

from pathlib import Path

from scheduler.actions.horizon import named
from scheduler.actions.plan import Request

ROSTER = """\
team: Moons
installation: 0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f10
members:
  - {id: ana, name: Ana Silva, budget: 8h, skills: [triage, release]}
  - id: ben
    name: Ben Okafor
    budget: 8h
    skills: [triage]
    away: [{first: 2027-01-11, last: 2027-01-17, reason: honeymoon}]
  - {id: chi, name: Chi Nguyen, budget: 4h, skills: [triage]}
"""
DUTIES = """\
upstreams:
  - {id: hub, name: Hub, share: 70%}
duties:
  - id: triage
    name: Issue triage
    upstream: hub
    kind: triage
    why: Newcomers are heard
    cadence: weekly
    effort: 3h
    skill: triage
    seats: [{seat: lead, must: true}]
  - id: release
    name: Release
    kind: releases
    why: Fixes reach people
    cadence: {once: {first: 2027-01-11, last: 2027-01-22}}
    effort: 6h
    skill: release
    seats: [lead, {seat: shadow, effort: 1h}]
"""
JANUARY = "2027-01-04_2027-01-31"
FEBRUARY = "2027-02-01_2027-02-28"


def roster(folder: Path, policy: str = "") -> Path:
    """Write the roster into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("roster.yaml").write_text(ROSTER, encoding="utf-8")
    folder.joinpath("duties.yaml").write_text(DUTIES, encoding="utf-8")
    if policy:
        folder.joinpath("policy.yaml").write_text(policy, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change a line of a file."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def request(name: str = JANUARY, *, write: bool = True, fresh: bool = False) -> Request:
    """Four weeks to plan."""
    return Request(name, named(name), write=write, fresh=fresh)
