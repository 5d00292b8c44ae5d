"""Look a rotation up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.horizon import chosen
from scheduler.domain.change import Debt
from scheduler.domain.changing import cover_debts
from scheduler.domain.rotation import Placed, Rotation
from scheduler.errors import BadRequest
from scheduler.files import read_rotations, read_team
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.team import Team


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rotation, and which of its seats; an empty filter lets everything through."""

    name: str | None = None
    member: str | None = None
    duty: str | None = None
    on: date | None = None

    @property
    def is_part(self) -> bool:
        return self.member is not None or self.duty is not None or self.on is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A rotation, or the part of it that was asked for, and the rotation as a whole. ``debts`` are
    what the member asked for owes and is owed for turns that were covered, in any rotation."""

    team: Team
    part: Rotation
    whole: Rotation
    debts: tuple[Debt, ...] = ()

    @property
    def seats(self) -> tuple[Placed, ...]:
        """The seats of the part that are held, and those that should be."""
        return tuple(s for s in self.part.placed if s.member or s.role != "shadow")


def show(folder: Path, wanted: Wanted, now: datetime) -> Shown:
    """Find a rotation: by its name, else the one that runs on the day asked for (or today, where
    the team is), else the newest.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such rotation, member or duty.
        Refused: nothing is planned yet.
    """
    team = read_team(folder)
    rotations = read_rotations(folder)
    today = wanted.on or now.astimezone(ZoneInfo(team.timezone)).date()
    whole = chosen(rotations, wanted.name, today)
    _check(team, whole, wanted)
    placed = tuple(seat for seat in whole.placed if _fits(seat, wanted))
    shares = tuple(s for s in whole.shares if wanted.member in (None, s.member))
    owed = cover_debts(rotation for rotation in rotations if rotation.is_published)
    debts = tuple(debt for debt in owed if wanted.member in (debt.debtor, debt.creditor))
    return Shown(team, replace(whole, placed=placed, shares=shares), whole, debts)


def _fits(seat: Placed, wanted: Wanted) -> bool:
    return (
        wanted.member in (None, seat.member)
        and wanted.duty in (None, seat.duty)
        and (wanted.on is None or wanted.on in seat.span)
    )


def _check(team: Team, rotation: Rotation, wanted: Wanted) -> None:
    """Refuse names that neither the roster nor the rotation knows."""
    members = {m.id for m in team.members} | {s.member for s in rotation.assignments}
    duties = {d.id for d in team.duties} | {s.duty for s in rotation.placed}
    _known("member", wanted.member, members)
    _known("duty", wanted.duty, duties)


def _known(kind: str, name: str | None, names: Iterable[str]) -> None:
    known = sorted(names)
    if name is not None and name not in known:
        guess = did_you_mean(name, known)
        raise BadRequest(
            f"There is no {kind} {quoted(name)}{guess or '; they are: ' + ', '.join(known)}"
        )
