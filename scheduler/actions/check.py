"""Read a roster and say what is wrong, or will go wrong, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.assemble import assemble, history
from scheduler.actions.horizon import named, next_to_plan
from scheduler.actions.time_away import doubts, told
from scheduler.domain.people import Level
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Rotation
from scheduler.errors import Mistake
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team
from scheduler.review.forecast import forecast
from scheduler.review.wording import day


@dataclass(frozen=True, slots=True)
class Checked:
    """A roster without mistakes. ``warnings`` have a place in a file, ``forecast`` are sentences
    about planning ``name``, the next quarter, which ``problem`` lays out."""

    team: Team
    name: str
    problem: Problem
    warnings: tuple[Mistake, ...]
    forecast: tuple[str, ...]
    away: tuple[str, ...]
    """What calendars told, as sentences with dates and nothing else."""


def check(folder: Path, now: datetime, name: str | None = None) -> Checked:
    """Check the files of a folder, and look ahead to a quarter: the one named, else the first
    from today on (where the team is) that no published rotation covers.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: the name is not a quarter.
    """
    team = read_team(folder)
    rotations = read_rotations(folder)
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    name, horizon = (name, named(name)) if name else next_to_plan(rotations, today)
    problem = assemble(team, history(rotations, horizon), horizon)
    foreseen = forecast(problem, team.policy, ceiling=team.max_share_on_duty)
    ending = tuple(_ending(team, rotations, today))
    earned = tuple(_earned(team, problem))
    warnings = tuple(sorted((*team.warnings, *doubts(team, folder, now))))
    forecasts = (*ending, *earned, *foreseen)
    return Checked(team, name, problem, warnings, forecasts, told(team, now))


def _ending(team: Team, rotations: Sequence[Rotation], today: date) -> Iterator[str]:
    """A warning where what is published is about to run out, or has."""
    published = [rotation for rotation in rotations if rotation.is_published]
    if not published:
        return
    last = max(published, key=lambda rotation: rotation.horizon.end)
    left = (last.horizon.end - today).days
    ends = day(last.horizon.last)
    if left <= 0:
        yield f"{last.name}, the last rotation published, ended on {ends}: plan the next one"
    elif left < 7 * team.warn_weeks:
        yield (
            f"{last.name}, the last rotation published, ends on {ends}, in "
            f"{_days(left)}: plan the next one"
        )


def _earned(team: Team, problem: Problem) -> Iterator[str]:
    """Levels that earlier rotations earned and roster.yaml does not know yet."""
    for stated, grown in zip(team.members, problem.members, strict=True):
        for skill, level in grown.skills.items():
            if level > stated.level(skill) and level >= Level.leads:
                yield (
                    f"{grown.name} has earned the level {level.name} in {skill}: write it into "
                    "roster.yaml, and the goal can go"
                )


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
