"""The rule book: by which rules the team plans."""

from __future__ import annotations

from itertools import groupby

from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View


def page(view: View) -> str:
    """Every rule that is switched on, requirements first, and the order of the goals."""
    kinds = [(kind, list(rules)) for kind, rules in groupby(view.rules, key=lambda r: r.kind)]
    return fill("rules", view, kinds=kinds)
