"""How time grows with the number of seats: a picture on log axes, and an exponent."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import Any


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of seconds over seats on log axes by least squares; ``None`` where fewer than two
    numbers of seats are known."""
    if len({seats for seats, _ in points}) < 2:
        return None
    xs, ys = [log(seats) for seats, _ in points], [log(seconds) for _, seconds in points]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    rise = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return rise / sum((x - x_mean) ** 2 for x in xs)


def draw(
    points: Sequence[dict[str, Any]], path: Path, suffixes: Sequence[str] = (".svg", ".png")
) -> None:
    """Write the picture, in each format; ``points`` have planner, time, seats and seconds."""
    import altair

    seats = altair.X("seats:Q", title="seats", scale=altair.Scale(type="log"))
    seconds = altair.Y("seconds:Q", title="seconds", scale=altair.Scale(type="log"))
    chart = (
        altair.Chart(altair.InlineData(values=list(points)))
        .mark_line(point=True)
        .encode(x=seats, y=seconds, color=altair.Color("planner:N", title="planner"))
        .properties(width=240, height=200)
        .facet(column=altair.Column("time:N", title=None, sort=None))
    )
    for suffix in suffixes:
        chart.save(path.with_suffix(suffix))
