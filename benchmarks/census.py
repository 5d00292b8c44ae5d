"""A roster folder as a problem to plan, and what is in it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from scheduler.actions.assemble import assemble, history
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat, SeatKey
from scheduler.domain.span import Span
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team
from scheduler.rules.book import fitting


@dataclass(frozen=True)
class Work:
    """What there is to plan. ``pairs`` are the seats with each member who may hold them by all
    that one member and one seat tell; the seconds are by the clock."""

    folder: Path
    team: Team
    problem: Problem
    pairs: tuple[tuple[Seat, Member], ...]
    reading: float
    laying_out: float

    @property
    def fillable(self) -> set[SeatKey]:
        """The working seats that somebody may hold, as far as one seat and one member tell."""
        return {seat.key for seat, _ in self.pairs if not seat.is_shadow}


def read(folder: Path, horizon: Span) -> Work:
    """Read a roster folder as ``rota plan`` does, and lay out a horizon.

    Raises:
        BadFiles: with every mistake of its files.
    """
    begun = time.monotonic()
    team = read_team(folder)
    rotations = read_rotations(folder)
    half = time.monotonic()
    problem = assemble(team, history(rotations, horizon), horizon)
    pairs = tuple(fitting(problem, team.policy))
    return Work(folder, team, problem, pairs, half - begun, time.monotonic() - half)


def census(work: Work) -> str:
    """A few lines about a roster, among them how many people may hold each seat."""
    problem = work.problem
    able = Counter(seat.key for seat, _ in work.pairs)
    must = [able[seat.key] for seat in problem.seats if seat.must]
    backlog = [able[s.key] for s in problem.seats if not s.must and not s.is_shadow]
    shadow = [able[seat.key] for seat in problem.seats if seat.is_shadow]
    offered = sum(seat.effort for seat in problem.seats if not seat.is_shadow) / 60
    budget = sum(member.budget_in(problem.horizon) for member in problem.members) / 60
    return "\n".join(
        (
            f"{problem.team}: {len(problem.members)} members, {len(problem.duties)} duties, "
            f"{problem.horizon.first} to {problem.horizon.last}",
            f"{len(problem.seats)} seats, {len(work.pairs)} eligible pairs, "
            f"{len(problem.past)} turns remembered",
            f"must seats:    {_spread(must)}",
            f"backlog seats: {_spread(backlog)}",
            f"shadow seats:  {_spread(shadow)}",
            f"work of {offered:.0f} h on budgets of {budget:.0f} h ({offered / budget:.0%})",
            f"read in {work.reading:.1f} s, laid out in {work.laying_out:.1f} s",
        )
    )


def _spread(able: list[int]) -> str:
    if not able:
        return "0"
    return (
        f"{len(able)}; may hold one: {min(able)} to {max(able)}, median {median(able):g}; "
        f"{able.count(0)} that nobody may hold"
    )
