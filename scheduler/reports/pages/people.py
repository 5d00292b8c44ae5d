"""Everybody, with their next turn and their share."""

from __future__ import annotations

from scheduler.domain.fairness import scaled
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.view import View


def page(view: View) -> str:
    """A line for each member of the roster, and for whoever has left it since."""
    indices = scaled(view.rotation.shares)
    lines = []
    for member in known(view):
        turns = view.turns.of(member)
        here = [t for t in turns if t.span.overlaps(view.rotation.horizon)]
        lines.append((member, here, indices.get(member)))
    lines.sort(key=lambda line: view.roster.name(line[0]).casefold())
    return fill("people", view, lines=lines)


def known(view: View) -> tuple[str, ...]:
    """The ids of all whom the roster or a turn names."""
    ids = [member.id for member in view.roster.members]
    named = {p.member for rotation in view.rotations for p in rotation.assignments}
    return (*ids, *sorted(named - set(ids)))
