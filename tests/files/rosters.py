"""Small rosters on disk, for tests."""

from pathlib import Path

from scheduler.errors import BadFiles, Mistake
from scheduler.files import read_team

ROSTER = """\
team: Tiny
installation: 0b8f3e7c-0000-4000-8000-000000000001
members:
  - {id: ana, budget: 8h, skills: {triage: leads}}
  - {id: ben, budget: 8h, skills: {triage: leads}}
"""
DUTIES = """\
upstreams:
  - {id: hub, share: 40%}
duties:
  - id: triage
    kind: triage
    why: Newcomers get an answer
    cadence: weekly
    effort: 4h
    upstream: hub
    skill: triage
"""


def write(folder: Path, roster: str = ROSTER, duties: str = DUTIES, policy: str = "") -> Path:
    """Write a roster; an empty policy is no file."""
    folder.mkdir(exist_ok=True)
    folder.joinpath("roster.yaml").write_text(roster)
    folder.joinpath("duties.yaml").write_text(duties)
    if policy:
        folder.joinpath("policy.yaml").write_text(policy)
    return folder


def told(folder: Path) -> list[Mistake]:
    """All that there is to say about a roster, with the bare names of files."""
    try:
        found = read_team(folder).warnings
    except BadFiles as bad:
        found = bad.mistakes
    return [Mistake(Path(m.file).name, m.line, m.column, m.sentence, m.severity) for m in found]
