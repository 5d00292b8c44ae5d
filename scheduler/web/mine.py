"""What a member sees on their own page: turns, questions and changes that they may act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from scheduler.calendars import Subscription, subscription
from scheduler.domain.change import Entry, Move, marks, undone
from scheduler.domain.rotation import Placed, Rotation
from scheduler.errors import BadRequest, Refused
from scheduler.web.desk import Desk
from scheduler.web.signin import Visitor

if TYPE_CHECKING:
    from scheduler.actions.alter import Offered
    from scheduler.actions.inbox import Inbox, Question
    from scheduler.actions.look import Look
    from scheduler.actions.snapshot import Team
    from scheduler.review.candidates import Candidate

_RECENT = timedelta(days=21)
"""How long ago a turn may have begun, or a change been made, to be acted on from here."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A member's page. ``seats`` has the turns that are spoken of, by shift and seat."""

    member: str
    ahead: tuple[Placed, ...]
    begun: tuple[Placed, ...]
    asked: tuple[Question, ...]
    own: tuple[Question, ...]
    changes: tuple[tuple[str, Entry], ...]
    seats: dict[tuple[str, str], Placed]
    everybody: tuple[tuple[str, str], ...]
    """Id and name of all members, for leads; else nothing."""
    gaps: tuple[Placed, ...]
    """Turns to come that nobody holds, for leads; else nothing."""
    calendar: Subscription | None
    """How to subscribe to one's own calendar; nobody sees another's secret address."""

    def moves(self, question: Question) -> tuple[Move, ...]:
        """What a question would move."""
        return tuple(Move(*move) for move in question.request.details["moves"])

    def waiting(self, shift: str, seat: str) -> bool:
        """Whether a question about a turn of this member is open."""
        return any((shift, seat) == q.request.seats[0] for q in self.own)


async def mine(desk: Desk, visitor: Visitor, wanted: str = "") -> dict[str, Any]:
    """What the page of a visitor shows; a lead may want another's.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such member.
        Refused: only a lead may look there.
    """
    from scheduler.actions.inbox import inbox
    from scheduler.actions.look import look

    now = desk.live.clock()
    seen = await desk.do(look, desk.folder)
    member = _whose(seen, visitor, wanted)
    found = await desk.do(inbox, desk.journal, member, now)
    calendar = _calendar(desk, seen.team, visitor) if member == visitor.id else None
    return {"desk": _mine(seen, found, member, now, calendar, lead=visitor.is_lead)}


async def offers(desk: Desk, visitor: Visitor, turn: str) -> dict[str, Any]:
    """The turns that a turn could be exchanged for, the best first.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such turn.
        Refused: it has begun, nobody holds it, or it is another's.
    """
    from scheduler.actions.alter import Offered, Wish
    from scheduler.actions.swap import swap

    shift, _, seat = turn.rpartition("/")
    if not shift:
        raise BadRequest("Say which turn to exchange.")
    now = desk.live.clock()
    offered = await desk.do(swap, desk.folder, shift, now, Wish(), seat=seat)
    assert isinstance(offered, Offered)
    if offered.seat.member != visitor.id and not visitor.is_lead:
        raise Refused("Only a lead may act for somebody else.")
    return {"seat": offered.seat, "choices": list(_choices(offered))}


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to exchange: ``value`` names the other turns, ``got`` is what the holder would take."""

    value: str
    got: Placed
    candidate: Candidate


def _choices(offered: Offered) -> Iterator[Choice]:
    by_key = {placed.key: placed for placed in offered.rotation.placed}
    for candidate in offered.candidates or offered.chains:
        others = candidate.moves[1:]
        value = " ".join(f"{move.shift}/{move.seat}" for move in others)
        yield Choice(value, by_key[others[0].key], candidate)


def _whose(seen: Look, visitor: Visitor, wanted: str) -> str:
    if not wanted or wanted == visitor.id:
        return visitor.id
    if not visitor.is_lead:
        raise Refused("Only a lead may act for somebody else.")
    return seen.member(wanted)


def _calendar(desk: Desk, team: Team, visitor: Visitor) -> Subscription:
    from scheduler.actions.feed_address import feed_address

    address = feed_address(team, visitor.member, desk.live.secret, desk.live.base_url)
    return subscription(address, f"{team.name}: {visitor.member.name}")


def _mine(
    seen: Look, found: Inbox, member: str, now: datetime, calendar: Subscription | None, *,
    lead: bool,
) -> Mine:  # fmt: skip
    seats = {turn.placed.key: turn.placed for turn in seen.book.turns}
    people = tuple((one.id, one.name) for one in seen.team.members) if lead else ()
    zone = seen.team.timezone
    gaps = [t.placed for t in seen.book.turns if not t.placed.member and t.start(zone) > now]
    return Mine(
        member=member,
        ahead=seen.ahead(member, now),
        begun=tuple(_begun(seen, member, now)),
        asked=_standing(found.asked, seats),
        own=_standing(found.own, seats),
        changes=tuple(_changes(seen.book.rotations, member, now)),
        seats=seats,
        everybody=people,
        gaps=tuple(placed for placed in gaps if placed.role != "shadow") if lead else (),
        calendar=calendar,
    )


def _standing(
    questions: Iterable[Question], seats: Mapping[tuple[str, str], Placed]
) -> tuple[Question, ...]:
    """Those whose turns are all in a rotation still: nothing can come of another."""
    return tuple(q for q in questions if all(key in seats for key in q.request.seats))


def _begun(seen: Look, member: str, now: datetime) -> Iterator[Placed]:
    """Turns that have begun lately and of which nobody has said what became of them."""
    said = {key for rotation in seen.book.rotations for key in marks(rotation.changes)}
    zone = seen.team.timezone
    for turn in seen.book.held:
        recent = now - _RECENT < turn.start(zone) <= now
        if recent and turn.placed.member == member and turn.placed.key not in said:
            yield turn.placed


def _changes(
    rotations: tuple[Rotation, ...], member: str, now: datetime
) -> Iterator[tuple[str, Entry]]:
    """Changes that moved something and that the member may take back, the newest first."""
    for rotation in reversed(rotations):
        gone = undone(rotation.changes)
        for entry in reversed(rotation.changes):
            moved = {who for move in entry.moves for who in (move.was, move.now)}
            mine = member in {entry.by, entry.on_behalf, *moved}
            if mine and entry.id not in gone and entry.undoes is None and entry.at > now - _RECENT:
                yield rotation.name, entry
