"""What was left out, why, and what it would take; and how good the plan can be."""

from __future__ import annotations

from scheduler.reports.gaps import alike
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View


def page(view: View) -> str:
    """Every seat that nobody holds, and the price and bound of each goal."""
    empty = view.rotation.unfilled
    return fill("backlog", view, gaps=alike(empty), minutes=sum(seat.effort for seat in empty))
