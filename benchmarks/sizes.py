"""The four sizes of team that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.span import Span

MONDAY = date(2027, 1, 4)
"""The first day of every horizon that is planned here."""

PAST_WEEKS = 6
"""How long the rotation was that is over when planning begins."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a team is. ``upstreams`` are the communities it serves, ``each`` the number that
    one member works for at least and at most, ``leading`` how likely somebody leads one of the
    areas of such an upstream, in percent, and ``least`` how many lead each area at least."""

    name: str
    members: int
    duties: int
    weeks: int
    upstreams: int
    each: tuple[int, int]
    leading: int
    least: int
    budgets: tuple[int, ...]
    """Hours a week, of full-timers, to choose from."""

    @property
    def horizon(self) -> Span:
        """The days to plan."""
        return Span(MONDAY, MONDAY + timedelta(weeks=self.weeks))

    @property
    def past(self) -> Span:
        """The days of the rotation before it."""
        return Span(MONDAY - timedelta(weeks=PAST_WEEKS), MONDAY)


SIZES = {
    size.name: size
    for size in (
        Size("team", 12, 10, 13, 2, (1, 2), 55, 4, (6, 8)),
        Size("large-team", 40, 15, 13, 3, (1, 3), 50, 8, (5, 6, 8)),
        Size("organisation", 100, 40, 26, 8, (2, 3), 50, 7, (5, 6, 8)),
        Size("foundation", 1000, 300, 52, 60, (2, 3), 48, 7, (4, 5, 6)),
    )
}
"""By name, from the smallest."""
