"""Who hands over to whom, week by week."""

from __future__ import annotations

from itertools import groupby

from scheduler.domain.span import monday_of, week_of
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View
from scheduler.reports.wording import WEEKDAYS


def page(view: View) -> str:
    """Every seat that passes from one person to another."""
    found = groupby(view.turns.handovers(view.rotation), key=lambda h: week_of(h.after.span.first))
    weeks = [(monday_of(week), list(passed)) for week, passed in found]
    return fill("handovers", view, weeks=weeks, customs=_customs(view))


def _customs(view: View) -> list[tuple[str, str]]:
    """The duties that have an hour for it, with that hour."""
    handed = {seat.duty for seat in view.rotation.assignments}
    return [
        (duty.name, WEEKDAYS[duty.handoff.weekday] + (f" {at:%H:%M}" if at else ""))
        for duty in view.roster.duties
        if duty.handoff and duty.id in handed
        for at in (duty.handoff.at,)
    ]
