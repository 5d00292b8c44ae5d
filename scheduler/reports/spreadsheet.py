"""A rotation as a table of rows for a spreadsheet. The module that needs pandas: import it late."""

from __future__ import annotations

import pandas as pd

from scheduler.domain.rotation import Rotation
from scheduler.reports.document import bounds

COLUMNS = (
    "shift",
    "duty",
    "seat",
    "start",
    "end",
    "member",
    "upstream",
    "role",
    "must",
    "effort_hours",
)


def frame(rotation: Rotation) -> pd.DataFrame:
    """A row for every seat that is held, and one without a member for every seat that should be.

    ``end`` is exclusive; dates for whole-day duties, instants with their offset for timed ones.
    """
    rows = [
        (
            seat.shift,
            seat.duty,
            seat.seat,
            *bounds(seat),
            seat.member,
            seat.upstream,
            seat.role,
            seat.must,
            round(seat.effort / 60, 2),
        )
        for seat in rotation.placed
        if seat.member or seat.role != "shadow"
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS))


def as_csv(rotation: Rotation) -> str:
    """The same as CSV, with a line of headings."""
    text: str = frame(rotation).to_csv(index=False, lineterminator="\n")
    return text
