"""Plan a horizon: read, solve, and write the draft where that is asked for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.actions.assemble import assemble, history
from scheduler.actions.draw_up import draw_up
from scheduler.actions.fingerprint import fingerprint
from scheduler.actions.standing import stands
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Rotation
from scheduler.domain.shifts import SeatKey
from scheduler.domain.span import Span
from scheduler.errors import BadFiles, Mistake, Refused
from scheduler.files import read_rotations, read_team, rotation_path, write_rotation, writing
from scheduler.files.team import Team
from scheduler.review.pins import broken_pins
from scheduler.solver import Interrupt, Limits, Outcome, Progress, Step, solve_apart
from scheduler.solver.left_out import left_out

__all__ = ["Interrupt", "Made", "Planned", "Prepared", "Progress", "Request", "Step", "plan"]

FAST_WORKERS = 8
"""Threads of ``fast``, also on fewer cores: the portfolio of fewer leaves out the ones that prove
(docs/scale.md)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to plan, and how. ``fresh`` ignores the draft but keeps its pins; ``seconds`` is a
    limit by the clock, ``work`` one in deterministic seconds (see ``solver.Limits``); ``fast`` uses
    all cores, and its rotation may be another one each time."""

    name: str
    horizon: Span
    write: bool = False
    fresh: bool = False
    seconds: float | None = None
    seed: int = 0
    work: float = Limits().work
    fast: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of it. ``stood`` says that the draft was up to date and was left as it is;
    ``written`` that the file on disk has changed; ``notes`` are sentences for the person."""

    team: Team
    rotation: Rotation
    before: Rotation | None
    path: Path
    stood: bool
    written: bool
    seconds: float
    notes: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    """What brought the plan about; nothing where the draft stood."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that planning takes, read from the files; it may travel to another machine.
    ``stands`` says that the draft is up to date and there is nothing to plan."""

    folder: Path
    request: Request
    team: Team
    problem: Problem
    draft: Rotation | None
    inputs: str
    stands: bool
    notes: tuple[str, ...]
    spent: float = 0.0
    """Seconds by the clock that reading and laying out took; they count as planning."""

    @property
    def seconds(self) -> float | None:
        """What is left for solving of a limit by the clock: a tenth of it in any case, so that
        there is a plan."""
        limit = self.request.seconds
        return None if limit is None else max(limit - self.spent, limit / 10)


@dataclass(frozen=True, slots=True)
class Made:
    """A rotation that no file holds yet, how long it took, and what to say of it."""

    rotation: Rotation
    seconds: float
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def plan(
    folder: Path,
    request: Request,
    *,
    watch: Callable[[Progress], None] = lambda progress: None,
    interrupt: Interrupt | None = None,
    executor: Executor | None = None,
) -> Planned:
    """Plan a horizon of the team in a folder.

    Where the existing draft was made from the very same inputs it stands, and nothing is solved
    or written. Parts of the team that share nothing are planned in the executor, if there is one.

    Raises:
        BadFiles: the files hold mistakes, or their pins break a requirement.
        Refused: the rotation is published already, its days are taken by another rotation, or
            somebody changed the draft while this was planning.
    """
    prepared = prepare(folder, request)
    if prepared.stands:
        return finish(prepared)
    return finish(prepared, make(prepared, interrupt, watch=watch, executor=executor))


def prepare(folder: Path, request: Request) -> Prepared:
    """Read what planning takes, and refuse what cannot be planned; raises what ``plan`` does."""
    begun = time.monotonic()
    team = read_team(folder)
    rotations = read_rotations(folder)
    draft = _draft(rotations, request)
    problem = assemble(team, history(rotations, request.horizon), request.horizon, draft)
    _check_pins(team, problem, rotation_path(folder, request.name))
    inputs = fingerprint(problem, team.inputs, request.seed)
    notes = tuple(_unpublished(rotations, request.horizon))
    standing = draft is not None and not request.fresh and stands(draft, problem, team, inputs)
    if request.fresh:
        problem = replace(problem, draft={})
    spent = time.monotonic() - begun
    return Prepared(folder, request, team, problem, draft, inputs, standing, notes, spent)


def make(
    prepared: Prepared,
    interrupt: Interrupt | None = None,
    *,
    watch: Callable[[Progress], None] = lambda progress: None,
    executor: Executor | None = None,
) -> Made:
    """Solve: a function from a value to a value, wherever it runs."""
    request, problem, policy = prepared.request, prepared.problem, prepared.team.policy
    workers = max(FAST_WORKERS, os.cpu_count() or 1) if request.fast else 1
    limits = Limits(request.work, prepared.seconds, request.seed, workers)
    outcome = solve_apart(
        problem, policy, limits, watch=watch, interrupt=interrupt, executor=executor
    )
    limit = prepared.seconds
    left = None if limit is None else max(0.0, limit - outcome.seconds)
    priced = left_out(problem, policy, outcome, interrupt=interrupt, seconds=left)
    cut = outcome.interrupted or priced.cut or request.fast
    rotation = draw_up(
        request.name,
        problem,
        policy,
        replace(outcome, interrupted=cut),
        inputs=prepared.inputs,
        seed=request.seed,
        prices=priced.seats,
    )
    return Made(rotation, outcome.seconds, tuple(_said(outcome, request)), outcome.steps)


def finish(prepared: Prepared, made: Made | None = None) -> Planned:
    """Write what was made where that was asked for; without anything made the draft stands."""
    team, draft, request = prepared.team, prepared.draft, prepared.request
    path = rotation_path(prepared.folder, request.name)
    if made is None:
        assert draft is not None
        return Planned(team, draft, draft, path, True, False, 0.0, prepared.notes)
    written = request.write and _write(prepared.folder, made.rotation, draft)
    notes = (*prepared.notes, *made.notes)
    return Planned(
        team, made.rotation, draft, path, False, written, made.seconds, notes, made.steps
    )


def _said(outcome: Outcome, request: Request) -> Iterator[str]:
    duties = [duty for part in outcome.parts for duty in part]
    # Seats of one duty may be in two parts, and then the duties do have something in common.
    if duties and len(duties) == len(set(duties)):
        groups = "; ".join(", ".join(part) for part in outcome.parts)
        yield f"These duties share nobody and were planned apart: {groups}."
    if request.fast:
        yield "Planned with --fast: the next run may find another rotation."


def _draft(rotations: Sequence[Rotation], request: Request) -> Rotation | None:
    """The draft of the same name, once nothing stands in its way."""
    found = None
    for other in rotations:
        if other.name == request.name:
            found = other
        elif other.horizon.overlaps(request.horizon):
            raise Refused(
                f"{request.name} shares days with {other.name} ({other.horizon.first} to "
                f"{other.horizon.last}): plan other days, or remove rotations/{other.name}.yaml."
            )
    if found is not None and found.is_published:
        raise Refused(
            f"{found.name} is published, and planning it again would overwrite it. To plan it "
            f"anew, first remove rotations/{found.name}.yaml, which git remembers."
        )
    return found


def _unpublished(rotations: Sequence[Rotation], horizon: Span) -> Iterator[str]:
    for other in rotations:
        if not other.is_published and other.horizon.end <= horizon.first:
            yield (
                f"{other.name} is only a draft, so its turns do not count as history: "
                "publish it first."
            )


def _check_pins(team: Team, problem: Problem, draft: Path) -> None:
    """Refuse pins that nothing can keep, each with its place."""
    mistakes = [
        _mistake(team, key, draft, sentence) for key, sentence in _impossible_pins(team, problem)
    ]
    if mistakes:
        raise BadFiles(mistakes)


def _impossible_pins(team: Team, problem: Problem) -> Iterator[tuple[SeatKey, str]]:
    for key, member in problem.pins.items():
        shift, seat = key
        if key not in problem.seat_by_key:
            yield key, f"The plan has no seat {seat} in a shift {shift}, so it cannot be pinned."
        elif member not in problem.member_by_id:
            yield key, f"{shift} {seat} is pinned to {member}, who is not in roster.yaml."
    for finding in broken_pins(problem, team.policy):
        for pinned in finding.seats[:1]:
            yield pinned.key, f"This pin breaks a rule: {finding.sentence}"


def _mistake(team: Team, key: SeatKey, draft: Path, sentence: str) -> Mistake:
    """Where a pin stands: in policy.yaml, else in the draft."""
    place = team.pin_places.get(key)
    if place is not None:
        return Mistake(*place, sentence)
    line = next(_lines_of(draft, key), 1)
    return Mistake(str(draft), line, 1, sentence)


def _lines_of(draft: Path, key: SeatKey) -> Iterator[int]:
    """The line of a seat in a draft, counted from 1."""
    inside = False
    for number, line in enumerate(draft.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip().startswith("- id:"):
            inside = key[0] in line
        elif inside and "seat:" in line and key[1] in line:
            yield number


def _write(folder: Path, rotation: Rotation, draft: Rotation | None) -> bool:
    """Write the rotation, unless the file is no longer the one that planning started from."""
    with writing(folder):
        now = {other.name: other for other in read_rotations(folder)}
        if now.get(rotation.name) != draft:
            raise Refused(
                f"rotations/{rotation.name}.yaml was changed while this plan was made, and was "
                "left as it is: plan again."
            )
        return write_rotation(folder, rotation)
