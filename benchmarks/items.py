"""What there is to plan: made-up rosters of four sizes, and the rosters of this repository."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.sizes import SIZES
from scheduler.domain.rotation import quarter
from scheduler.domain.span import Span

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Item:
    """A roster to plan, and for how many seconds each planner may look at most."""

    name: str
    horizon: Span
    seconds: float
    roster: Path | None = None
    """Where it lies; a made-up one lies nowhere yet."""

    def prepare(self, folder: Path, seed: int) -> Path:
        """Lay the roster down in a folder of its own, and say in which."""
        target = folder / f"{self.name}-{seed}"
        shutil.rmtree(target, ignore_errors=True)
        if self.roster is None:
            generate(SIZES[self.name], seed, target)
        else:
            shutil.copytree(self.roster, target)
        return target


def _days(first: date, last: date) -> Span:
    return Span(first, last + timedelta(days=1))


_SECONDS = {"team": 20, "large-team": 30, "organisation": 60, "foundation": 120}

ITEMS = {
    item.name: item
    for item in (
        *(Item(size.name, size.horizon, _SECONDS[size.name]) for size in SIZES.values()),
        Item("2i2c", quarter("2027-Q1"), 30, ROOT / "rosters" / "2i2c"),
        Item("2i2c-support", quarter("2023-Q4"), 20, ROOT / "examples" / "2i2c-support"),
        Item(
            "firefox-triage",
            _days(date(2025, 12, 29), date(2026, 8, 31)),
            30,
            ROOT / "examples" / "firefox-triage",
        ),
        Item(
            "jupyterhub-calls",
            _days(date(2027, 1, 1), date(2027, 6, 30)),
            20,
            ROOT / "examples" / "jupyterhub-calls",
        ),
        Item(
            "otel-collector-releases",
            _days(date(2026, 8, 31), date(2027, 2, 1)),
            20,
            ROOT / "examples" / "otel-collector-releases",
        ),
    )
}
"""By name: the sizes, then the scenarios."""
