"""The rotation that is over when planning begins: a published one, made by the greedy peer."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from benchmarks.census import read
from benchmarks.facts import facts
from benchmarks.found import Run
from benchmarks.peers import greedy
from benchmarks.seating import rotation_of
from benchmarks.sizes import Size
from scheduler.files import write_rotation


def publish_past(folder: Path, size: Size) -> None:
    """Write the rotation before, as people leave it who fill the least loaded first."""
    work = read(folder, size.past)
    announced = datetime.combine(size.past.first - timedelta(days=14), time(9), tzinfo=UTC)
    name = f"{size.past.first}_{size.past.last}"
    found = greedy.plan(Run(work, facts(work), seconds=600))
    write_rotation(folder, rotation_of(work, name, found.holders, published=announced))
