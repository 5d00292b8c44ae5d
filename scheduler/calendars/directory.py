"""What a feed may know of the roster, and nothing else of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from scheduler.domain.duties import Duty


@dataclass(frozen=True, slots=True)
class Directory:
    """Names by id, and where UIDs hang. Addresses and absences are left out, so that no feed can
    ever show them.

    ``timezone`` is the zone of hand-over times. What the roster has since dropped is shown by its
    id, because the rotation still names it.
    """

    installation: UUID
    team: str
    timezone: str
    members: Mapping[str, str]
    duties: Mapping[str, Duty]
    upstreams: Mapping[str, str]

    def member(self, member_id: str) -> str:
        """The name of a member."""
        return self.members.get(member_id, member_id)

    def duty(self, duty_id: str) -> str:
        """The name of a duty."""
        return self.duties[duty_id].name if duty_id in self.duties else duty_id

    def upstream(self, upstream_id: str) -> str:
        """The name of an upstream."""
        return self.upstreams.get(upstream_id, upstream_id)
