"""Figures as they stand in a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any


def short(value: float) -> str:
    """Three digits of a number above 0."""
    if value < 0.01:
        return "<0.01"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def price(what: Any) -> str:
    """A price; of a list the highest entries, each with how often it comes."""
    if what is None:
        return "–"
    if not isinstance(what, list | tuple):
        return str(what)
    runs = [f"{value}×{len(list(same))}" for value, same in groupby(what)]
    return " ".join(runs[:4]) + (" …" if len(runs) > 4 else "")


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    """A table in Markdown, line by line, an empty line before it."""
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
