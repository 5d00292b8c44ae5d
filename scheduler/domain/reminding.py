"""How a team wants to be reminded: it decides who is told when, and never who serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DAYS_AHEAD = (7, 1)


@dataclass(frozen=True, slots=True)
class Reminding:
    """How the turns of a duty are announced.

    ``ahead`` are days before the turn opens, the most first; ``morning`` asks for one more on its
    first morning. ``groups`` are the handles of user groups whose members are those on duty.
    """

    ahead: tuple[int, ...] = DAYS_AHEAD
    morning: bool = True
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chat:
    """What a team has settled about its chat.

    ``channel`` is the team's own, empty where there is none. ``digest`` is the weekday (Monday =
    0) of the weekly overview, ``None`` for never. ``groups`` are handles of user groups whose
    members are all who are on any duty. ``duties`` holds how each duty is announced, by its id.
    """

    channel: str = ""
    digest: int | None = 0
    groups: tuple[str, ...] = ()
    duties: Mapping[str, Reminding] = field(default_factory=dict)

    def reminding(self, duty: str) -> Reminding:
        """How the turns of a duty are announced, also of one that the roster has dropped."""
        return self.duties.get(duty, Reminding())
