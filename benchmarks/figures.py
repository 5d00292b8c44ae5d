"""What the lines of a file of results say: runs in the middle, medians, and who comes first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

Line = dict[str, Any]
OURS, FAST, REPLAN = "ours", "fast", "replan"
ASIDE = (FAST, REPLAN)
"""Rota again, in lines of their own: no peers."""


def read(results: Path) -> list[Line]:
    """The lines of a file of results."""
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]


def groups(lines: Iterable[Line], *keys: str) -> Iterable[tuple[tuple[str, ...], list[Line]]]:
    """The lines that have the same values, in the order in which these come first."""
    found: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        found.setdefault(tuple(line[key] for key in keys), []).append(line)
    return found.items()


def by(lines: Iterable[Line], key: str) -> Iterable[tuple[str, list[Line]]]:
    """The same for one value."""
    return [(value, some) for (value,), some in groups(lines, key)]


def done(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """By planner the runs that came to an end; nothing of a planner of which none did."""
    return dict(by((line for line in lines if "missing" not in line), "planner"))


def middle(of: list[Line]) -> Line:
    """The run in the middle, from the best plan to the worst."""
    return sorted(of, key=rank)[len(of) // 2]


def mid(values: Iterable[float | None]) -> float | None:
    """The median, where what never came counts as infinite; ``None`` where that is infinite."""
    known = [float("inf") if value is None else value for value in values]
    found = median(known) if known else float("inf")
    return None if found == float("inf") else found


def rank(line: Line) -> tuple[Any, ...]:
    """What puts one plan before another: breaches of requirements, then the tiers in order."""
    verdict = line["verdict"]
    broken = sum(verdict["broken"].values())
    return (broken, *(_tuple(price) for price in verdict["tiers"].values()))


def difference(ours: Line, other: Line) -> str:
    """Where two plans first differ, in order of the tiers, and whose is better there."""
    if ours is other:
        return ""
    names = ("requirements", *ours["verdict"]["tiers"])
    for name, one, another in zip(names, rank(ours), rank(other), strict=True):
        if one != another:
            return f"{'ours' if one < another else 'theirs'}, {name}"
    return "none"


def _tuple(price: Any) -> tuple[int, ...]:
    return tuple(price) if isinstance(price, list | tuple) else (price,)
