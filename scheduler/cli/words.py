"""Small words that several commands say."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.files.team import Team
    from scheduler.reports.roster import Roster


def quoted(path: Path) -> str:
    """A path as a shell takes it."""
    return shlex.quote(str(path))


def roster_of(team: "Team") -> "Roster":
    """What reports need of a team."""
    from scheduler.reports.roster import Roster

    return Roster(team.members, team.duties, team.upstreams, team.kinds, team.contributions)
