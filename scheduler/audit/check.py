"""The audit of one rotation against one roster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scheduler.audit.case import Case
from scheduler.audit.claim import Claim, read_claim
from scheduler.audit.figures import false_figures
from scheduler.audit.grades import doubles, ledgers, shares, training, upstreams
from scheduler.audit.learning import served_before, taught
from scheduler.audit.policy import REQUIREMENTS
from scheduler.audit.report import Report
from scheduler.audit.requirements import breaches
from scheduler.audit.roster import earlier_rotations, read_roster


def audit(folder: Path, rotation: Path) -> Report:
    """Judge a rotation (a rotation file, the JSON of ``plan`` or ``show``, or a CSV) by the
    roster in a folder, whoever made it.

    Raises:
        BadFiles: a file cannot be read or understood.
        BadRequest: the rotation is none of the three kinds of file, or holds nothing.
    """
    claim = read_claim(rotation)
    earlier = list(_published_before(folder, claim))
    first = claim.horizon.first
    before = served_before(earlier, first)
    case = Case(taught(read_roster(folder), earlier, first), claim, before)
    found = breaches(case)
    lines = shares(case, earlier)
    by_member, two, three = doubles(case)
    empty = list(case.open_seats())
    return Report(
        team=case.roster.team,
        name=case.claim.name,
        horizon=case.claim.horizon,
        turns=len(case.filled),
        broken=tuple(breach for breach in found if not breach.waived),
        waived=tuple(breach for breach in found if breach.waived),
        empty=tuple(seat.name for seat in empty if seat.kind.must),
        left_out=tuple(seat.name for seat in empty if not seat.kind.must),
        false_figures=tuple(false_figures(case, lines)),
        notes=tuple(_notes(case)),
        shares=lines,
        days_with_two=two,
        days_with_three=three,
        doubles=by_member,
        upstreams=upstreams(case),
        training=training(case),
        ledgers=ledgers(case),
    )


def _published_before(folder: Path, claim: Claim) -> Iterator[Claim]:
    """Other rotations of the folder; what is no rotation is told as a mistake."""
    for path in earlier_rotations(folder):
        earlier = read_claim(path)
        if earlier.name != claim.name:
            yield earlier


def _notes(case: Case) -> Iterator[str]:
    policy = case.roster.policy
    switched_off = [rule for rule in REQUIREMENTS if not policy.in_force(rule)]
    if switched_off:
        yield f"policy.yaml switches off, so not checked: {', '.join(switched_off)}"
    if policy.unknown():
        yield f"the audit cannot judge these rules of policy.yaml: {', '.join(policy.unknown())}"
    if not case.claim.complete:
        days = case.claim.horizon
        yield f"a table states no horizon: audited from {days.first} to {days.last}"
