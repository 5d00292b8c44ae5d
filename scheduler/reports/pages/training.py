"""Who learns what, and which duties hang on few people."""

from __future__ import annotations

from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View
from scheduler.reports.training import FEW, goal, told


def page(view: View) -> str:
    """Every training goal with its progress, and every duty with how many can lead it."""
    rotation = view.rotation
    lines = [(line, goal(line), told(line)) for line in rotation.training]
    factors = sorted(rotation.bus_factors, key=lambda b: (b.after, view.roster.duty(b.duty)))
    most = max((max(b.now, b.after) for b in factors), default=1)
    return fill("training", view, lines=lines, factors=factors, most=max(1, most), few=FEW)
