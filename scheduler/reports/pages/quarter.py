"""The first page: a rotation at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed
from scheduler.reports.gaps import alike
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.timeline import timeline
from scheduler.reports.pages.view import View
from scheduler.reports.wording import hours

MOST_GAPS = 6
"""How many kinds of gaps the first page tells; the page of what was left out tells all."""


def page(view: View) -> str:
    """The timeline, what nobody holds, and four figures; of the current rotation, also who is on
    duty."""
    gaps = alike(view.rotation.unfilled)
    return fill(
        "quarter",
        view,
        figures=tuple(_figures(view)),
        timeline=timeline(view),
        gaps=gaps[:MOST_GAPS],
        more=len(gaps) - MOST_GAPS,
        now=_now(view) if view.marked and view.rotation == view.current else (),
    )


def _figures(view: View) -> Iterator[tuple[str, str, str]]:
    """A number, what it counts and which page tells more."""
    rotation = view.rotation
    held = [seat for seat in rotation.assignments if seat.role != "shadow"]
    seats = len(held) + len(rotation.unfilled)
    yield f"{len(held)} of {seats}", "seats have somebody", view.within("backlog")
    must = sum(seat.must for seat in rotation.unfilled)
    yield str(must), "must-fill seats are empty", view.within("backlog")
    yield hours(sum(seat.effort for seat in held)), "hours of work", view.within("upstreams")
    indices = [index for index in scaled(rotation.shares).values() if index is not None]
    if indices:
        spread = f"{min(indices):.2f} to {max(indices):.2f}"
        yield spread, "shares, 1.00 being fair", view.to("fairness")


def _now(view: View) -> list[Placed]:
    """The turns of today, by the name of their duty. One may have begun in the rotation before."""
    found = view.turns.on(view.today)
    return sorted(found, key=lambda seat: (view.roster.duty(seat.duty).casefold(), seat.key))
