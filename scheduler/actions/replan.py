"""Plan the rest of a published rotation again, with as few moved turns as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from scheduler.actions.alter import known_member
from scheduler.actions.horizon import chosen
from scheduler.actions.remainder import remainder
from scheduler.actions.revise import restated, revised
from scheduler.actions.spending import STAY, ladder
from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadRequest, Refused
from scheduler.files import (
    read_rotations,
    read_team,
    rotation_path,
    rotation_texts,
    write_rotation,
    writing,
)
from scheduler.files.team import Team
from scheduler.review.compare import Comparison, compare
from scheduler.review.left_out import LeftOut
from scheduler.review.wording import counted
from scheduler.rules.book import Policy, Tier
from scheduler.solver import Limits, Progress, solve
from scheduler.solver.engine import Interrupt
from scheduler.solver.left_out import left_out
from scheduler.solver.outcome import Outcome

PRICING = 0.3
"""Deterministic seconds for the prices of what is left out: replanning is meant to be quick."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to plan again, and how. ``today`` divides facts from plans; ``at_most`` is a budget of
    moved turns, which goes before everything else; ``spend`` is how many more than must may move
    for the sake of fairness; ``by`` is the id of whoever asks."""

    today: date
    now: datetime
    name: str | None = None
    at_most: int | None = None
    spend: int = 0
    by: str = ""
    write: bool = False
    force: bool = False
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What so many moved turns come to: the highest and the lowest share, 1.00 being the mean."""

    moved: int
    highest: float
    lowest: float


@dataclass(frozen=True, slots=True)
class Replanned:
    """The rotation afterwards beside the one before. The tier ``stay`` of the ``outcome`` tells the
    least number of turns that must move; ``beyond`` is the outcome without a change budget, and
    ``steps`` are what it came to without spending a turn, with one, and so on. ``idle`` are the
    ids of those who could serve and have no turn at all."""

    team: Team
    before: Rotation
    rotation: Rotation
    changes: Comparison
    path: Path
    written: bool
    outcome: Outcome
    beyond: Outcome | None = None
    steps: tuple[Step, ...] = ()

    @property
    def idle(self) -> tuple[str, ...]:
        shares = self.rotation.shares
        return tuple(s.member for s in shares if s.entitlement and not s.load)


def replan(
    folder: Path,
    request: Request,
    *,
    watch: Callable[[Progress], None] = lambda progress: None,
    interrupt: Interrupt | None = None,
) -> Replanned:
    """Bring a published rotation up to date with the roster.

    The past never moves; published turns move only where seats that must be filled ask for it or
    their holder cannot serve, the least number of them, the far ones before the near ones. The
    rest of the goals is met within that.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such rotation, ``by`` is nobody, or there are two limits.
        Refused: it is not published, more turns would move than the policy allows, or somebody
            changed the file meanwhile.
    """
    if request.spend and request.at_most is not None:
        raise BadRequest("Say either --at-most or --spend, not both.")
    team = read_team(folder)
    if request.by:
        known_member(team, request.by)
    texts = rotation_texts(folder)
    rotations = read_rotations(folder)
    before = chosen(rotations, request.name, request.today)
    if not before.is_published:
        raise Refused(f"{before.name} is a draft: plan it with `rota plan`.")
    if request.today >= before.horizon.end:
        raise Refused(
            f"{before.name} ended on {before.horizon.last}, and no turn of it can move any more: "
            "plan the next one with `rota plan`."
        )
    rest = remainder(team, rotations, before, request.today)
    limits = Limits(seconds=request.seconds, seed=before.seed)

    def planned(policy: Policy) -> Outcome:
        return solve(rest.problem, policy, limits, watch=watch, interrupt=interrupt)

    def drawn(outcome: Outcome, prices: Iterable[LeftOut] = ()) -> Rotation:
        moment, by = request.now, request.by
        found = revised(before, rest, team, outcome, now=moment, by=by, prices=prices)
        return restated(found, team, rest.whole)

    *fewer, outcome = _outcomes(team.policy, request, planned)
    priced = left_out(rest.problem, team.policy, outcome, work=PRICING, interrupt=interrupt)
    outcome = replace(outcome, interrupted=outcome.interrupted or priced.cut)
    rotation = drawn(outcome, priced.seats)
    steps = tuple(_step(before, each) for each in (*map(drawn, fewer), rotation))
    beyond = None if request.at_most is None else planned(team.policy)
    changes = compare(before, rotation)
    written = request.write and _write(folder, team, texts, rotation, changes, request)
    path = rotation_path(folder, before.name)
    return Replanned(team, before, rotation, changes, path, written, outcome, beyond, steps)


def _outcomes(
    policy: Policy, request: Request, plan: Callable[[Policy], Outcome]
) -> Iterator[Outcome]:
    """The plan that is asked for, behind those that spend fewer turns."""
    if request.spend:
        return ladder(policy, request.spend, plan)
    budgeted = policy if request.at_most is None else _budgeted(policy, request.at_most)
    return iter([plan(budgeted)])


def _step(before: Rotation, after: Rotation) -> Step:
    indices = [index for index in scaled(after.shares).values() if index is not None]
    moved = len(compare(before, after).moved)
    return Step(moved, max(indices, default=0.0), min(indices, default=0.0))


def _budgeted(policy: Policy, moves: int) -> Policy:
    """The policy with the number of moved turns held to a budget before anything else; a budget
    below what is unavoidable allows just that."""
    rest = tuple(tier for tier in policy.tiers if tier.name != STAY)
    return replace(policy, tiers=(Tier(STAY, upto=moves), *rest))


def _write(
    folder: Path,
    team: Team,
    texts: Mapping[str, bytes],
    rotation: Rotation,
    changes: Comparison,
    request: Request,
) -> bool:
    """Write the rotation, unless its file is no longer the one that planning started from."""
    most = team.most_moves
    if most is not None and len(changes.moved) > most and not request.force:
        raise Refused(
            f"{counted(len(changes.moved), 'published turn')} would move, and policy.yaml allows "
            f"{most} at once: look at them, then write with --force."
        )
    with writing(folder):
        if rotation_texts(folder).get(rotation.name) != texts[rotation.name]:
            raise Refused(
                f"rotations/{rotation.name}.yaml was changed while this plan was made, and was "
                "left as it is: plan again."
            )
        return write_rotation(folder, rotation)
