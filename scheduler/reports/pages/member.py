"""A member's own page: their duties and why, their share, what they learn, their calendar."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.duties import Duty
from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation
from scheduler.reports.contributions import within
from scheduler.reports.pages.people import known
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.timeline import absences
from scheduler.reports.pages.view import View
from scheduler.reports.shared import sentence
from scheduler.reports.training import goal, told


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn with the people around it, by id; ``duty`` is absent where the roster dropped it."""

    seat: Placed
    duty: Duty | None
    takes_from: str
    gives_to: str


def page(view: View, member: str) -> str:
    """What a member has to do with the current rotation and with those after it.

    Raises:
        LookupError: neither the roster nor a turn names them.
    """
    if member not in known(view):
        raise LookupError(member)
    found = next((m for m in view.roster.members if m.id == member), None)
    line = next((line for line in view.sharing.lines if line.member == member), None)
    rotations = [r for r in view.rotations if r.horizon.end >= view.rotation.horizon.end]
    return fill(
        "member",
        view,
        id=member,
        member=found,
        quarters=[(r, _turns(view, r, member)) for r in rotations],
        line=line,
        told=sentence(line) if line else "",
        index=scaled(view.rotation.shares).get(member),
        learning=[(goal(p), told(p)) for p in view.rotation.training if p.member == member],
        away=absences(found, view.rotation.horizon) if found else [],
        contributed=within(view.rotation, view.roster, member),
    )


def _turns(view: View, rotation: Rotation, member: str) -> list[Turn]:
    own = [p for p in rotation.assignments if p.member == member]
    own.sort(key=lambda p: (p.moment, p.key))
    return [_turn(view, seat) for seat in own]


def _turn(view: View, seat: Placed) -> Turn:
    before, after = view.turns.before(seat), view.turns.after(seat)
    return Turn(
        seat,
        view.roster.duty_by_id.get(seat.duty),
        before.member if before and before.member != seat.member else "",
        after.member if after and after.member != seat.member else "",
    )
