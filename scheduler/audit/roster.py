"""A team's folder, read in the audit's own simple way: the first mistake stops it, for telling
them all is the business of ``rota check``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.audit.duties import Duty, read_duties
from scheduler.audit.people import Member, read_from_calendars, read_members
from scheduler.audit.policy import Policy, read_policy
from scheduler.audit.source import read_yaml
from scheduler.audit.words import number, zone


@dataclass(frozen=True)
class Roster:
    """People, duties, the strategy's share of each upstream in percent, and the policy."""

    team: str
    members: dict[str, Member]
    duties: dict[str, Duty]
    upstreams: dict[str, int | None]
    policy: Policy
    apart: tuple[frozenset[str], ...] = ()
    """Groups of members of whom no two share a shift."""
    done: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Turns of earlier rotations as a shadow and in the lead, by member and skill."""

    def name(self, member: str) -> str:
        """How sentences call a member; the id where the roster does not know it."""
        return self.members[member].name if member in self.members else member


def read_roster(folder: Path) -> Roster:
    """The roster of a folder. Raises BadFiles at the first thing that cannot be understood."""
    people = read_yaml(folder / "roster.yaml")
    work = read_yaml(folder / "duties.yaml")
    timezone = zone(people["timezone"], "UTC")
    rules = folder / "policy.yaml"
    lock = folder / "away.lock.yaml"
    read = read_from_calendars(read_yaml(lock)) if lock.exists() else {}
    return Roster(
        team=people.need("team").text(),
        members=read_members(people, timezone, read),
        duties=read_duties(work, timezone),
        upstreams={
            entry.need("id").text(): number(entry["share"], 0) if entry["share"] else None
            for entry in work["upstreams"].entries()
        },
        policy=read_policy(read_yaml(rules)) if rules.exists() else Policy(),
        apart=tuple(
            frozenset(member.text() for member in group.entries())
            for group in people["not_together"].entries()
        ),
    )


def earlier_rotations(folder: Path) -> Iterator[Path]:
    """The rotation files of a folder, by name."""
    yield from sorted((folder / "rotations").glob("*.yaml"))
