"""Everybody, with what they do and their share."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View


@dataclass(frozen=True, slots=True)
class Person:
    """A member in a rotation: minutes of effort, shadow turns included; the share index, ``None``
    for whoever can hold no seat; the names of the duties."""

    member: str
    turns: int
    minutes: int
    index: float | None
    duties: tuple[str, ...]


def page(view: View) -> str:
    """A line for each member of the roster, and for whoever has left it since."""
    indices = scaled(view.rotation.shares)
    held: dict[str, list[Placed]] = {}
    for seat in view.rotation.assignments:
        held.setdefault(seat.member, []).append(seat)
    lines = [_person(view, id, held.get(id, []), indices.get(id)) for id in known(view)]
    lines.sort(key=lambda line: view.roster.name(line.member).casefold())
    return fill("people", view, lines=lines)


def known(view: View) -> tuple[str, ...]:
    """The ids of all whom the roster or a turn names."""
    ids = [member.id for member in view.roster.members]
    named = {p.member for rotation in view.rotations for p in rotation.assignments}
    return (*ids, *sorted(named - set(ids)))


def _person(view: View, member: str, held: list[Placed], index: float | None) -> Person:
    duties = sorted({view.roster.duty(seat.duty) for seat in held}, key=str.casefold)
    return Person(member, len(held), sum(seat.effort for seat in held), index, tuple(duties))
