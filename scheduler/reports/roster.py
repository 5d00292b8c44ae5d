"""The names behind the ids of a rotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.domain.contributions import Contribution
from scheduler.domain.duties import Duty, Upstream
from scheduler.domain.people import Member


@dataclass(frozen=True)
class Roster:
    """What reports need of a team. A rotation may name people and duties that have left since:
    those keep their ids."""

    members: tuple[Member, ...] = ()
    duties: tuple[Duty, ...] = ()
    upstreams: tuple[Upstream, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    """The strategy's share of a kind of work, in percent."""
    contributions: tuple[Contribution, ...] = ()
    issues: Mapping[str, str] = field(default_factory=dict)
    """Where the work of an upstream is discussed, by its id."""

    @cached_property
    def _names(self) -> dict[str, str]:
        return {member.id: member.name for member in self.members}

    @cached_property
    def duty_by_id(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def _first_names(self) -> dict[str, str]:
        """First names, where they say enough to tell people apart."""
        first = {id: name.split()[0] if name.split() else id for id, name in self._names.items()}
        bearers = Counter(first.values())
        return {id: name if bearers[name] == 1 else self._names[id] for id, name in first.items()}

    def name(self, member: str) -> str:
        """A member's full name."""
        return self._names.get(member, member)

    def short(self, member: str) -> str:
        """A member's first name where nobody else of the team has it."""
        return self._first_names.get(member, member)

    def duty(self, duty: str) -> str:
        """A duty's name."""
        found = self.duty_by_id.get(duty)
        return found.name if found else duty

    def upstream(self, upstream: str) -> str:
        """The name of a community; that of the team's own work where there is none."""
        for found in self.upstreams:
            if found.id == upstream:
                return found.name
        return upstream or "all of them"
