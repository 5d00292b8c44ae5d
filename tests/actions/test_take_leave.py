"""Time away is written down as long as it is not over where the member is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.actions.take_leave import take_leave
from scheduler.domain.span import Span
from scheduler.errors import Refused
from scheduler.files import read_team
from tests.actions.roster import change, roster

FIRST = Span(date(2027, 2, 1), date(2027, 2, 2))


def test_a_day_is_over_when_it_is_over_where_the_member_is(tmp_path: Path) -> None:
    folder = roster(tmp_path / "moons")
    change(folder, "roster.yaml", "id: ben", "id: ben\n    timezone: America/Los_Angeles")
    # Midnight there is at eight in UTC.
    with pytest.raises(Refused, match="2027-02-01 is over"):
        take_leave(folder, "ben", "ben", FIRST, datetime(2027, 2, 2, 8, tzinfo=UTC))
    take_leave(folder, "ben", "ben", FIRST, datetime(2027, 2, 2, 7, tzinfo=UTC))
    assert FIRST in read_team(folder).members[1].away
