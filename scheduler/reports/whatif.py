"""What would be: plans side by side, on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation
from scheduler.reports.document import bounds
from scheduler.reports.gaps import alike
from scheduler.reports.roster import Roster
from scheduler.reports.tables import table_of
from scheduler.reports.wording import hours, seat_title, when
from scheduler.review.compare import compare
from scheduler.review.wording import counted

SCHEMA = 1
NOBODY = "–"
HEADS = {"today": "Today", "kept": "Fewest moves", "anew": "Planned anew"}
"""The columns, in order; the keys are those of the JSON."""


@dataclass(frozen=True)
class Figures:
    """What a plan comes to, beside the one of today. Shares are scaled to 1.00 as the mean, of
    those who can hold a seat and stay; ``moved`` are turns that somebody had and now another has,
    or nobody."""

    seats: int
    filled: int
    must_empty: int
    highest: float
    lowest: float
    moved: int
    filled_anew: int


def figures(today: Rotation, plan: Rotation, gone: Collection[str] = ()) -> Figures:
    """Count and weigh a plan in which some members, by id, are gone: what they still had says
    nothing about how fair it is to the others."""
    filled = sum(seat.role != "shadow" for seat in plan.assignments)
    staying = {m: index for m, index in scaled(plan.shares).items() if m not in gone}
    indices = [index for index in staying.values() if index is not None]
    told = compare(today, plan)
    return Figures(
        seats=filled + len(plan.unfilled),
        filled=filled,
        must_empty=sum(seat.must for seat in plan.unfilled),
        highest=max(indices, default=0.0),
        lowest=min(indices, default=0.0),
        moved=len(told.moved),
        filled_anew=len(told.filled),
    )


# ------------------------------------------------------------------------------------ one scenario


def what_if(
    plans: Mapping[str, Rotation], roster: Roster, gone: Collection[str] = ()
) -> RenderableType:
    """Figures, hours, and what is left out that today is not; ``plans`` as in ``HEADS``."""
    parts: list[RenderableType] = [_figures(plans, gone), Text(), _members(plans, roster)]
    note = "Hours and, beside them, the share: hours ÷ fair, with 1.00 as the team's mean."
    parts.append(Text(note, style="dim"))
    for head, lines in emptied(plans, roster).items():
        parts += [Text(), Text(f"{head}: nobody any more for", style="bold")]
        parts += [_kept_apart(line) for line in lines]
    return Group(*parts)


def _kept_apart(line: str) -> Padding:
    """A line that keeps its margin where it is wrapped."""
    words = line.lstrip()
    return Padding(Text(words), (0, 0, 0, 2 + len(line) - len(words)))


def emptied(plans: Mapping[str, Rotation], roster: Roster) -> dict[str, list[str]]:
    """By the head of a plan, in lines, what somebody does today and nobody would do in it."""
    gaps = {HEADS[name]: newly_empty(plans["today"], plan) for name, plan in plans.items()}
    return {head: list(_lines(seats, roster)) for head, seats in gaps.items() if seats}


def figure_rows(plans: Mapping[str, Rotation], gone: Collection[str] = ()) -> dict[str, list[str]]:
    """The figures of all plans, row by row under their heads."""
    told = [_of(plans, name, gone) for name in plans]
    return {
        "Seats filled": [f"{f.filled} of {f.seats}" for f in told],
        "Must-fill seats empty": [str(f.must_empty) for f in told],
        "Highest share": [f"{f.highest:.2f}" for f in told],
        "Lowest share": [f"{f.lowest:.2f}" for f in told],
        "Turns moved": [NOBODY, *(str(f.moved) for f in told[1:])],
        "Seats newly filled": [NOBODY, *(str(f.filled_anew) for f in told[1:])],
    }


def _of(plans: Mapping[str, Rotation], name: str, gone: Collection[str]) -> Figures:
    """Today everybody is still there."""
    return figures(plans["today"], plans[name], () if name == "today" else gone)


def hour_rows(plans: Mapping[str, Rotation]) -> dict[str, list[str]]:
    """Hours and share in all plans, by member."""
    columns = [_hours(plan) for plan in plans.values()]
    return {m: [_cell(column.get(m)) for column in columns] for m in _people(plans)}


def _figures(plans: Mapping[str, Rotation], gone: Collection[str]) -> RenderableType:
    table = table_of("")
    for name in plans:
        table.add_column(HEADS[name], justify="right")
    for head, cells in figure_rows(plans, gone).items():
        table.add_row(head, *cells)
    return table


def _members(plans: Mapping[str, Rotation], roster: Roster) -> RenderableType:
    table = table_of("Member")
    for name in plans:
        table.add_column(HEADS[name], justify="right", no_wrap=True)
    for member, cells in hour_rows(plans).items():
        table.add_row(Text(roster.name(member)), *cells)
    return table


def _people(plans: Mapping[str, Rotation]) -> list[str]:
    return list(dict.fromkeys(share.member for plan in plans.values() for share in plan.shares))


def _hours(plan: Rotation) -> dict[str, tuple[int, float | None]]:
    """Load in minutes and the share, by member."""
    indices = scaled(plan.shares)
    return {share.member: (share.load, indices[share.member]) for share in plan.shares}


def _cell(line: tuple[int, float | None] | None) -> str:
    if line is None:
        return NOBODY
    load, index = line
    return f"{hours(load)} {NOBODY:>4}" if index is None else f"{hours(load)} {index:.2f}"


def newly_empty(today: Rotation, plan: Rotation) -> list[Placed]:
    """The seats of a plan that nobody holds and that somebody holds today."""
    held = {placed.key for placed in today.assignments}
    return [placed for placed in plan.unfilled if placed.key in held]


def _lines(gaps: Sequence[Placed], roster: Roster) -> Iterator[str]:
    for seats in alike(gaps):
        seat = seats[0]
        head = f"{roster.duty(seat.duty)} {seat_title(seat)}".rstrip()
        yield f"{head} ({'must, ' if seat.must else ''}{', '.join(map(when, seats))})"
        yield from (f"    {reason}" for reason in seat.reasons)


# --------------------------------------------------------------------------- one for each member


@dataclass(frozen=True)
class Leaver:
    """What it comes to when a member leaves."""

    member: str
    today: Rotation
    plan: Rotation

    @property
    def figures(self) -> Figures:
        return figures(self.today, self.plan, (self.member,))

    @property
    def emptied(self) -> list[Placed]:
        return newly_empty(self.today, self.plan)


def worst_first(leavers: Sequence[Leaver]) -> list[Leaver]:
    """Whose leaving would hurt most: must-fill seats first, then all seats, then moved turns."""

    def hurt(leaver: Leaver) -> tuple[int, int, int, str]:
        told = leaver.figures
        return -told.must_empty, -len(leaver.emptied), -told.moved, leaver.member

    return sorted(leavers, key=hurt)


def without_each(leavers: Sequence[Leaver], roster: Roster) -> RenderableType:
    """A line for each member who might leave, and which duties would be left without anybody."""
    table = table_of("Without")
    for head in LEAVER_HEADS:
        table.add_column(head.replace(" ", "\n"), justify="right")
    table.add_column("Nobody any more for")
    for name, *told, gaps in leaver_rows(leavers, roster):
        table.add_row(Text(name), *told, Text(gaps, style="dim"))
    return table


LEAVER_HEADS = ("Must empty", "All emptied", "Turns moved", "Top share", "Low share")


def leaver_rows(leavers: Sequence[Leaver], roster: Roster) -> list[tuple[str, ...]]:
    """For each member who might leave, the worst first: the name, the figures of
    ``LEAVER_HEADS``, and the duties that would be left without anybody."""
    return [
        (
            roster.name(leaver.member),
            str(told.must_empty),
            str(len(leaver.emptied)),
            str(told.moved),
            f"{told.highest:.2f}",
            f"{told.lowest:.2f}",
            _duties(leaver.emptied, roster),
        )
        for leaver in worst_first(leavers)
        for told in (leaver.figures,)
    ]


def _duties(gaps: Sequence[Placed], roster: Roster) -> str:
    counts: dict[str, int] = {}
    for seat in gaps:
        counts[seat.duty] = counts.get(seat.duty, 0) + 1
    return ", ".join(f"{roster.duty(duty)} ({counted(n, 'seat')})" for duty, n in counts.items())


# -------------------------------------------------------------------------------------------- JSON


def document(plans: Mapping[str, Rotation], gone: Collection[str] = ()) -> dict[str, Any]:
    """A scenario as plain data; ``docs/json.md`` tells its keys."""
    today = plans["today"]
    return {
        "schema": SCHEMA,
        "team": today.team,
        "name": today.name,
        "status": "published" if today.is_published else "draft",
        "plans": {n: _plan(today, plan, _of(plans, n, gone)) for n, plan in plans.items()},
    }


def each_document(leavers: Sequence[Leaver]) -> dict[str, Any]:
    """A scenario for each member as plain data, the worst first."""
    today = leavers[0].today if leavers else None
    return {
        "schema": SCHEMA,
        "team": today.team if today else None,
        "name": today.name if today else None,
        "without": [
            {"member": leaver.member, **_plan(leaver.today, leaver.plan, leaver.figures)}
            for leaver in worst_first(leavers)
        ],
    }


def _plan(today: Rotation, plan: Rotation, told: Figures) -> dict[str, Any]:
    return {
        "interrupted": plan.interrupted,
        "seats": told.seats,
        "filled": told.filled,
        "must_empty": told.must_empty,
        "highest_share": round(told.highest, 3),
        "lowest_share": round(told.lowest, 3),
        "moved": [
            {"shift": seat.shift, "seat": seat.seat, "was": c.was, "now": c.now or None}
            for c in compare(today, plan).moved
            if (seat := c.before) is not None
        ],
        "emptied": [_gap(seat) for seat in newly_empty(today, plan)],
        "members": [_member(member, *line) for member, line in _hours(plan).items()],
    }


def _gap(seat: Placed) -> dict[str, Any]:
    start, end = bounds(seat)
    return {
        "shift": seat.shift,
        "seat": seat.seat,
        "duty": seat.duty,
        "must": seat.must,
        "start": start,
        "end": end,
        "reasons": list(seat.reasons),
    }


def _member(member: str, load: int, index: float | None) -> dict[str, Any]:
    share = None if index is None else round(index, 3)
    return {"id": member, "load_hours": round(load / 60, 2), "share_index": share}
