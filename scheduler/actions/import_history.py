"""Take over what was before rota: turns of the past as published rotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler import __version__
from scheduler.actions.assemble import carried, entitle, history, ledgers_carried, with_holidays
from scheduler.actions.draw_up import placed_of
from scheduler.actions.horizon import quarter_on
from scheduler.domain.duties import Duty
from scheduler.domain.fairness import shares
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Rotation, Seating, quarter
from scheduler.domain.shifts import Seat, seats_of, shift_on, shifts_of
from scheduler.domain.span import DAY, Span
from scheduler.errors import BadFiles, Mistake
from scheduler.files import read_rotations, read_team, write_rotation, writing
from scheduler.files.past_turns import HeldSeat, read_past_turns
from scheduler.files.rotation_file import in_order
from scheduler.files.team import Team

YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Imported:
    """The rotations that a file amounts to, the earliest first, and whether they were written."""

    team: Team
    rotations: tuple[Rotation, ...]
    written: bool


def import_history(folder: Path, file: Path, now: datetime, *, write: bool = False) -> Imported:
    """Make a published rotation of the turns of each quarter in a CSV.

    The quarter that still runs ends with the day before ``now`` where the team is, so that the
    rest of it can be planned.

    Raises:
        BadFiles: the roster or the CSV holds mistakes, or a turn lies in a rotation that is there.
        Refused: another process is writing.
    """
    team = read_team(folder)
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    turns = read_past_turns(file, team, today)
    known = read_rotations(folder)
    _refuse_known_days(file, turns, known)
    made = tuple(_rotations(team, turns, known, file, now, today))
    if write:
        with writing(folder):
            for rotation in made:
                write_rotation(folder, rotation)
    return Imported(team, made, write)


def _refuse_known_days(file: Path, turns: Iterable[HeldSeat], known: Sequence[Rotation]) -> None:
    mistakes = [
        Mistake(
            str(file), turn.line, 1, f"{turn.day} lies in {rotation.name}, which is there already"
        )
        for turn in turns
        for rotation in known
        if _first(turn) in rotation.horizon
    ]
    if mistakes:
        raise BadFiles(mistakes)


def _first(turn: HeldSeat) -> date:
    """The first day of the turn's shift; a staggered seat begins before or after it."""
    return turn.day - timedelta(days=turn.plan.offset)


def _rotations(
    team: Team,
    turns: Sequence[HeldSeat],
    known: Sequence[Rotation],
    file: Path,
    now: datetime,
    today: date,
) -> Iterator[Rotation]:
    every = list(known)
    for whole, held in _by_quarter(turns, known):
        horizon = _horizon(whole, held, known, today)
        is_whole = horizon == whole
        name = quarter_on(whole.first) if is_whole else f"{horizon.first}_{horizon.last}"
        rotation = _rotation(team, name, horizon, turns, held, history(every, horizon))
        note = f"imported from {file.name}"
        every.append(
            replace(rotation, published=now.astimezone(UTC).replace(microsecond=0), notes=(note,))
        )
        yield every[-1]


def _by_quarter(
    turns: Sequence[HeldSeat], known: Sequence[Rotation]
) -> Iterator[tuple[Span, list[HeldSeat]]]:
    """The turns of each quarter in order of time; what lies before and after another rotation is
    kept apart."""
    found: dict[tuple[str, int], list[HeldSeat]] = {}
    for turn in sorted(turns, key=_first):
        before = sum(rotation.horizon.end <= _first(turn) for rotation in known)
        found.setdefault((quarter_on(_first(turn)), before), []).append(turn)
    return ((quarter(name), held) for (name, _), held in found.items())


def _horizon(whole: Span, held: Sequence[HeldSeat], known: Sequence[Rotation], today: date) -> Span:
    """The quarter, as far as it is past and no other rotation has its days."""
    first, end = whole.first, min(whole.end, max(today, _first(held[-1]) + DAY))
    for rotation in known:
        if rotation.horizon.end <= _first(held[0]):
            first = max(first, rotation.horizon.end)
        else:
            end = min(end, max(rotation.horizon.first, first + DAY))
    return Span(first, end)


def _rotation(
    team: Team,
    name: str,
    horizon: Span,
    turns: Sequence[HeldSeat],
    held: Sequence[HeldSeat],
    earlier: Sequence[Rotation],
) -> Rotation:
    holders = dict(_seated(turns, held))
    problem = Problem(
        team=team.name,
        horizon=horizon,
        members=with_holidays(team.members, horizon),
        duties=team.duties,
        seats=tuple(holders),
        upstreams=team.upstreams,
        quiet=team.quiet,
        burden=team.burden,
        carried=carried(earlier, horizon, team.half_life),
        ledgers_carried=ledgers_carried(earlier, horizon, team.half_life),
    )
    served = {seat: problem.member_by_id[m.id] for seat, m in holders.items() if m is not None}
    problem = entitle(problem, team.policy, served.items())
    placed = tuple(placed_of(seat, served.get(seat)) for seat in holders)
    return Rotation(
        team=team.name,
        name=name,
        horizon=horizon,
        placed=tuple(seat for _, seats in in_order(placed) for seat in seats),
        tiers=(),
        shares=shares(problem, Seating(served)),
        inputs="imported",
        version=__version__,
        seed=0,
    )


def _seated(
    turns: Sequence[HeldSeat], held: Sequence[HeldSeat]
) -> Iterator[tuple[Seat, Member | None]]:
    """The seats of some turns with their holders, shift by shift."""
    by_shift: dict[tuple[Duty, date], dict[str, Member | None]] = {}
    for turn in held:
        by_shift.setdefault((turn.duty, _first(turn)), {})[turn.seat] = turn.member
    for (duty, first), members in by_shift.items():
        shift = shift_on(duty, f"{duty.id}@{first}", _days(duty, first, turns))
        yield from ((s, members[s.name]) for s in seats_of([shift]) if s.name in members)


def _days(duty: Duty, first: date, turns: Iterable[HeldSeat]) -> Span:
    """How long a shift lasted that began on a day: as the cadence has it from that day, else as
    long as such shifts usually last, but not into the next one."""
    always = replace(duty, from_day=None, until_day=None)
    on_time = next(shifts_of(always, Span(first, first + DAY)), None)
    if on_time is not None:
        return on_time.span
    usual = next(shifts_of(always, Span(first, first + YEAR)), None)
    days = usual.span.days if usual else duty.term or 1
    later = [(_first(t) - first).days for t in turns if t.duty is duty and _first(t) > first]
    return Span(first, first + timedelta(days=min([days, *later])))
