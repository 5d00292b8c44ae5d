"""Pins: seats whose holder was decided by hand, judged alone before anything is solved."""

from __future__ import annotations

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.book import Policy
from scheduler.rules.card import Finding


def broken_pins(problem: Problem, policy: Policy) -> tuple[Finding, ...]:
    """What the requirements have to say about the pins alone; nothing where the pins are legal.

    Each finding names the pinned ``seats`` that it is about. Where there is none, a rotation that
    keeps all pins exists.
    """
    seating = Seating(dict(problem.pinned))
    return tuple(
        finding for rule in policy.requirements for finding in rule.explain(problem, seating)
    )
