"""What if: plans of a team that is only supposed, beside the plan of today. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from scheduler.actions.assemble import assemble, history, laid_out
from scheduler.actions.draw_up import draw_up
from scheduler.actions.horizon import chosen, named
from scheduler.actions.remainder import remainder
from scheduler.actions.revise import restated, revised
from scheduler.actions.suppose import Asked, Supposition, suppose, supposed
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Rotation
from scheduler.domain.span import Span
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team
from scheduler.review.pins import broken_pins
from scheduler.rules.book import Policy
from scheduler.solver import Interrupt, Limits, Progress, each, solve
from scheduler.solver.outcome import Outcome

__all__ = ["Asked", "Interrupt", "Progress", "Request", "WhatIf", "each_without", "what_if"]

Watch = Callable[[Progress], None]
Solve = Callable[..., Outcome]


@dataclass(frozen=True, slots=True)
class Request:
    """What to suppose, of which rotation, and at which moment; ``seconds`` is for each plan."""

    now: datetime
    name: str | None = None
    asked: Asked = field(default_factory=Asked)
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The rotation of ``today`` beside what it would become: ``kept`` moves as few turns as can be,
    or stays close to the draft; ``anew`` heeds only what has begun, and is absent where it was not
    asked for. Each states shares by the roster that it is for."""

    team: Team
    """As it would be."""
    supposition: Supposition
    today: Rotation
    kept: Rotation
    anew: Rotation | None

    @property
    def plans(self) -> dict[str, Rotation]:
        """The plans that there are, by name, today's first."""
        plans = {"today": self.today, "kept": self.kept}
        return plans if self.anew is None else {**plans, "anew": self.anew}


@dataclass(frozen=True)
class _World:
    """What scenarios start from; it travels to other processes."""

    team: Team
    rotations: tuple[Rotation, ...]
    name: str
    horizon: Span
    now: datetime
    seconds: float | None

    @property
    def standing(self) -> Rotation | None:
        return next((r for r in self.rotations if r.name == self.name), None)

    @property
    def published(self) -> bool:
        return self.standing is not None and self.standing.is_published

    def with_team(self, team: Team) -> _World:
        return replace(self, team=team)


def what_if(
    folder: Path,
    request: Request,
    *,
    watch: Watch = lambda progress: None,
    interrupt: Interrupt | None = None,
) -> WhatIf:
    """Plan a rotation for the team as somebody supposes it to be.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such rotation or quarter, or the supposition makes no sense.
    """
    world = _world(folder, request)
    what = suppose(folder, world.team, request.asked)
    solving = partial(solve, watch=watch, interrupt=interrupt)
    today = _today(world, solving)
    return _scenario(world, today, what, solving)


def each_without(
    folder: Path,
    request: Request,
    *,
    executor: Executor | None = None,
    interrupt: Interrupt | None = None,
) -> tuple[WhatIf, ...]:
    """What if this member left, for each member in turn who is in the roster and has a turn to
    come: the plans that move as few turns as can be. What else is supposed holds for all.

    The scenarios run in the executor, one after the other without one; those that had not begun
    when the end was asked for are left out.

    Raises:
        BadFiles, BadRequest: as ``what_if`` does.
    """
    world = _world(folder, request)
    asked = request.asked
    common = Supposition() if asked == Asked() else suppose(folder, world.team, asked)
    today = _today(world, solve)
    scenarios = [
        replace(common, without=(*common.without, member))
        for member in _with_turns(world, today)
        if member not in common.without
    ]
    run = partial(_lean, world, today)
    found = each(run, scenarios, executor, interrupt or Interrupt())
    return tuple(scenario for scenario in found if scenario is not None)


def _with_turns(world: _World, today: Rotation) -> list[str]:
    day = world.now.date()
    busy = {placed.member for placed in today.assignments if placed.span.first > day}
    return [member.id for member in world.team.members if member.id in busy]


def _world(folder: Path, request: Request) -> _World:
    team, rotations = read_team(folder), read_rotations(folder)
    names = {rotation.name for rotation in rotations}
    if request.name is not None and request.name not in names:
        horizon = named(request.name)
        return _World(team, rotations, request.name, horizon, request.now, request.seconds)
    found = chosen(rotations, request.name, request.now.date())
    return _World(team, rotations, found.name, found.horizon, request.now, request.seconds)


def _today(world: _World, solving: Solve) -> Rotation:
    """The rotation as it stands, with shares by today's roster; planned now where there is none."""
    standing = world.standing
    if standing is None:
        return _draft(world, solving)
    if not standing.is_published:
        return standing
    laid = laid_out(world.team, history(world.rotations, world.horizon), world.horizon)
    return restated(standing, world.team, laid)


def _lean(world: _World, today: Rotation, what: Supposition, interrupt: Interrupt) -> WhatIf:
    """A scenario without the plan from scratch."""
    return _scenario(world, today, what, partial(solve, interrupt=interrupt), anew=False)


def _scenario(
    world: _World, today: Rotation, what: Supposition, solving: Solve, *, anew: bool = True
) -> WhatIf:
    then = world.with_team(supposed(world.team, what, world.now.date()))
    if world.published:
        kept = _replanned(then, solving)
        fresh = _replanned(then, solving, anew=True) if anew else None
    else:
        kept = _draft(then, solving, near=today)
        fresh = _draft(then, solving) if anew else None
    return WhatIf(then.team, what, today, kept, fresh)


def _replanned(world: _World, solving: Solve, *, anew: bool = False) -> Rotation:
    """The rest of a published rotation, planned again; ``anew`` as if nobody had been told."""
    standing = world.standing
    assert standing is not None
    team = replace(world.team, freeze=0) if anew else world.team
    rest = remainder(team, world.rotations, standing, world.now.date())
    if anew:
        rest = replace(rest, problem=replace(rest.problem, published={}))
    limits = Limits(seconds=world.seconds, seed=standing.seed)
    problem = _possible(rest.problem, team.policy)
    outcome = solving(problem, team.policy, limits)
    found = revised(standing, rest, team, outcome, now=world.now)
    return restated(found, team, rest.whole)


def _draft(world: _World, solving: Solve, *, near: Rotation | None = None) -> Rotation:
    """A draft for the team, close to another one or from scratch."""
    earlier = history(world.rotations, world.horizon)
    policy = world.team.policy
    problem = _possible(assemble(world.team, earlier, world.horizon, near), policy)
    limits = Limits(seconds=world.seconds)
    outcome = solving(problem, policy, limits)
    return draw_up(world.name, problem, policy, outcome, inputs="", seed=limits.seed)


def _possible(problem: Problem, policy: Policy) -> Problem:
    """The problem without the pins that what is supposed makes impossible."""
    broken = {seat.key for finding in broken_pins(problem, policy) for seat in finding.seats}
    return replace(problem, pins={k: m for k, m in problem.pins.items() if k not in broken})
