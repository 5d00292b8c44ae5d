"""How the work was shared over the last rotations, ledger by ledger."""

from __future__ import annotations

from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View
from scheduler.reports.shared import WORTH_SAYING, sentence


def page(view: View) -> str:
    """Everybody's share in each rotation, what they carry on, and their ledgers."""
    lines = [(line, sentence(line)) for line in view.sharing.lines]
    return fill("fairness", view, sharing=view.sharing, lines=lines, far=WORTH_SAYING)
