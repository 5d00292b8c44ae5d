"""How far people are with their training goals, and how many can lead each duty."""

from __future__ import annotations

from scheduler.domain.people import Level
from scheduler.domain.rotation import Rotation
from scheduler.domain.training import BusFactor, Progress
from scheduler.reports.wording import day
from scheduler.review.wording import counted

FEW = 2
"""So few people who can lead a duty are worth a line, also where a rotation changes nothing."""


def goal(line: Progress) -> str:
    """A goal in short: ``release: leads by 30 Jun 2027``."""
    by = f" by {day(line.by)}" if line.by else ""
    return f"{line.skill}: {line.level.name}{by}"


def told(line: Progress) -> str:
    """How far a member is, in words: ``2 of 3 shadow turns, leads from 8 Mar 2027 with a mentor,
    can lead alone in the next plan``."""
    return ", ".join(_steps(line)) or "nothing that turns could teach"


def _steps(line: Progress) -> list[str]:
    done, needed = line.done, line.needed
    found = []
    if needed.shadow:
        of = counted(needed.shadow, "shadow turn")
        found.append(f"{min(done.shadow, needed.shadow)} of {of}")
    if line.leads_from:
        found.append(f"leads from {day(line.leads_from)} with a mentor")
    if needed.lead and not line.reached:
        of = counted(needed.lead, "turn")
        found.append(f"{min(done.lead, needed.lead)} of {of} in the lead")
    if line.reached:
        leads = line.level >= Level.leads
        met = "can lead alone in the next plan" if leads else f"has reached {line.level.name}"
        found.append(met)
    return found


def few_can_lead(rotation: Rotation) -> tuple[BusFactor, ...]:
    """The duties that few people can lead, and those that more can lead after a rotation."""
    return tuple(b for b in rotation.bus_factors if b.now <= FEW or b.after != b.now)
