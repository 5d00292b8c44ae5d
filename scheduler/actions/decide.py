"""A lead decides who holds a seat, and the decision is committed as theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Wish
from scheduler.actions.keep import Kept, keep
from scheduler.actions.override import override


def decide(
    folder: Path, shift: str, seat: str, now: datetime, wish: Wish, *, to: str, push: bool = False
) -> tuple[Altered, Kept]:
    """Give a seat to a member and commit it; raises what ``override`` raises."""
    altered = override(folder, shift, now, replace(wish, write=True), to=to, seat=seat)
    author = next(m for m in altered.team.members if m.id == altered.entry.by)
    taker = next(m.name for m in altered.team.members if m.id == to)
    said = f"Change {altered.entry.id} of {altered.rotation.name}: {taker} (override, {shift})"
    return altered, keep(altered.path, said, author, push=push)
