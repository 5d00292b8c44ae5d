"""How the work was shared over the last rotations, and with which balances the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.actions.assemble import carried, history, ledgers_carried
from scheduler.domain.problem import LedgerKey
from scheduler.domain.rotation import Rotation
from scheduler.domain.span import DAY, Span
from scheduler.errors import Refused
from scheduler.files import read_rotations, read_team
from scheduler.files.store import write_whole
from scheduler.files.team import Team


@dataclass(frozen=True, slots=True)
class Shared:
    """The last published rotations, the earliest first, and the balances in minutes that are
    carried from them, and from all before, to the day after the last one."""

    team: Team
    rotations: tuple[Rotation, ...]
    carried: dict[str, int]
    ledgers_carried: dict[LedgerKey, int]


def fairness(folder: Path, last: int) -> Shared:
    """Look back on so many published rotations.

    Raises:
        BadFiles: the files hold mistakes.
        Refused: nothing is published yet.
    """
    return look_back(read_team(folder), read_rotations(folder), last)


def look_back(team: Team, rotations: Sequence[Rotation], last: int) -> Shared:
    """The same for rotations that are read already.

    Raises:
        Refused: nothing is published yet.
    """
    published = [rotation for rotation in rotations if rotation.is_published]
    if not published:
        raise Refused(
            "Nothing is published yet: `rota publish` a plan, or take over what was with "
            "`rota history import`."
        )
    end = max(rotation.horizon.end for rotation in published)
    after = Span(end, end + DAY)
    past = history(published, after)
    return Shared(
        team=team,
        rotations=past[-last:],
        carried=carried(past, after, team.half_life),
        ledgers_carried=ledgers_carried(past, after, team.half_life),
    )


def write_picture(path: Path, content: bytes) -> None:
    """Write a picture whole or not at all. Raises Refused where the disk does not take it."""
    write_whole(path, content)
