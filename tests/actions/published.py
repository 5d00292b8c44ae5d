"""A published rotation of the small roster, seat by seat as a test wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scheduler.actions.assemble import assemble
from scheduler.actions.horizon import named
from scheduler.domain.facts import seated
from scheduler.domain.fairness import shares
from scheduler.domain.rotation import Placed, Price, Rotation, TierResult
from scheduler.files import read_team, write_rotation
from scheduler.review.scorecard import score
from tests.actions.roster import JANUARY

DECEMBER = datetime(2026, 12, 20, 9, tzinfo=UTC)
TRIAGE = tuple(f"triage@2027-01-{day:02}" for day in (4, 11, 18, 25))
RELEASE = "release@2027-01-11"


def _least(price: Price) -> Price:
    return (0,) * len(price) if isinstance(price, tuple) else 0


def published(folder: Path, **holders: str) -> Rotation:
    """Write and publish January: ``t4="ana"`` gives the triage of the 4th to Ana, ``release`` and
    ``shadow`` are the seats of the release. Who is not named leaves a seat empty."""
    team = read_team(folder)
    horizon = named(JANUARY)
    problem = assemble(team, (), horizon)
    names = {(f"triage@2027-01-{who[1:]:>02}", "lead"): m for who, m in holders.items()}
    names[RELEASE, "lead"] = holders.get("release", "")
    names[RELEASE, "shadow"] = holders.get("shadow", "")
    placed = tuple(
        Placed(
            shift=seat.shift.id,
            seat=seat.name,
            duty=seat.duty.id,
            upstream=seat.duty.upstream,
            role=seat.plan.role.value,
            span=seat.span,
            start=None,
            end=None,
            effort=seat.effort,
            must=seat.must,
            member=names.get(seat.key, ""),
            why="It is their turn." if names.get(seat.key) else "",
        )
        for seat in problem.seats
    )
    rotation = Rotation(
        team=team.name,
        name=JANUARY,
        horizon=horizon,
        placed=placed,
        tiers=(),
        shares=(),
        inputs="sha256:0",
        version="0",
        seed=0,
        published=DECEMBER,
    )
    seating = seated(problem, rotation)
    card = score(problem, team.policy, seating)
    rotation = replace(
        rotation,
        shares=shares(problem, seating),
        tiers=tuple(
            TierResult(name, price, _least(price), price == _least(price))
            for name, price in card.tiers
        ),
    )
    write_rotation(folder, rotation)
    return rotation
