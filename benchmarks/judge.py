"""The verdict on a plan, whoever made it: by the independent audit and by Rota's own scorecard."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.census import Work
from benchmarks.found import Found
from benchmarks.seating import rotation_of, seating_of
from scheduler.audit import audit
from scheduler.domain.rotation import Price, TierResult
from scheduler.files import rotation_path, write_rotation
from scheduler.review.scorecard import score


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the audit counts, and the price of each tier by name. ``false_figures`` are prices and
    shares of the scorecard that the audit comes to another figure for: there should be none."""

    seats: int
    filled: int
    """Shadow seats are among both."""
    working: int
    """Seats that are no shadow's."""
    must_missed: int
    left_out: int
    broken: dict[str, int]
    """Breaches by requirement."""
    tiers: dict[str, Price]
    highest: int | None
    lowest: int | None
    """Share index in thousandths."""
    false_figures: tuple[str, ...]


def judge(work: Work, found: Found) -> Verdict:
    """Write the plan as a rotation file, and read what the audit says about it."""
    card = score(work.problem, work.team.policy, seating_of(work, found.holders))
    claimed = found.tiers or tuple(TierResult(name, p, _zero(p), False) for name, p in card.tiers)
    horizon = work.problem.horizon
    name = f"{horizon.first}_{horizon.last}"
    rotation = replace(rotation_of(work, name, found.holders), tiers=claimed)
    with tempfile.TemporaryDirectory() as folder:
        write_rotation(Path(folder), rotation)
        report = audit(work.folder, rotation_path(Path(folder), name))
    indices = [share.index for share in report.shares if share.index is not None]
    return Verdict(
        seats=len(work.problem.seats),
        filled=report.turns,
        working=sum(not seat.is_shadow for seat in work.problem.seats),
        must_missed=len(report.empty),
        left_out=len(report.left_out),
        broken=dict(sorted(Counter(breach.rule for breach in report.broken).items())),
        tiers=dict(card.tiers),
        highest=max(indices, default=None),
        lowest=min(indices, default=None),
        false_figures=report.false_figures,
    )


def _zero(price: Price) -> Price:
    return (0,) * len(price) if isinstance(price, tuple) else 0
