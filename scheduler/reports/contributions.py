"""Personal contributions of the days of a rotation: beside the load, and never a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from scheduler.domain.contributions import Contribution
from scheduler.domain.rotation import Rotation
from scheduler.reports.roster import Roster
from scheduler.reports.tables import table_of
from scheduler.reports.wording import day, hours


def within(
    rotation: Rotation, roster: Roster, member: str | None = None
) -> tuple[Contribution, ...]:
    """The contributions of a rotation's days, of one member or of all, in order of time."""
    return tuple(
        one
        for one in roster.contributions
        if one.day in rotation.horizon and member in (None, one.member)
    )


def contributions(found: Sequence[Contribution], roster: Roster) -> RenderableType | None:
    """What people did of their own accord, a line each; ``None`` where that is nothing."""
    if not found:
        return None
    table = table_of("Contributed")
    table.columns[0].no_wrap = True
    table.add_column("Hours", justify="right")
    for heading in ("Member", "Upstream", "What"):
        table.add_column(heading)
    for one in found:
        upstream = roster.upstream(one.upstream) if one.upstream else "–"
        said = Text(roster.name(one.member)), Text(upstream), Text(one.what)
        table.add_row(day(one.day), hours(one.minutes), *said)
    note = "Contributions are valued and stay outside the rotation: they are nobody's load."
    return Group(table, Text(note, style="dim"))


def document(rotation: Rotation, found: Sequence[Contribution]) -> dict[str, Any]:
    """Contributions as plain data, ready for ``json.dumps``."""
    return {
        "schema": 1,
        "team": rotation.team,
        "name": rotation.name,
        "from": rotation.horizon.first.isoformat(),
        "to": rotation.horizon.last.isoformat(),
        "contributions": [
            {
                "member": one.member,
                "date": one.day.isoformat(),
                "hours": round(one.minutes / 60, 2),
                "upstream": one.upstream or None,
                "what": one.what,
            }
            for one in found
        ],
    }
