"""What members do by a form: each verb is an action for one turn, question or change, and gives the
sentence that the next page says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from scheduler.domain.change import Move
from scheduler.errors import BadRequest
from scheduler.web.csrf import Form
from scheduler.web.desk import Desk
from scheduler.web.signin import Visitor

if TYPE_CHECKING:
    from scheduler.actions.answer import Settled
    from scheduler.actions.ask import Asked, Asker

_LONGEST_NOTE = 300


@dataclass(frozen=True)
class Deed:
    """What somebody wants done, as their form says it."""

    desk: Desk
    visitor: Visitor
    form: Form
    now: datetime

    def field(self, name: str) -> str:
        """A field; empty where it is not there."""
        return self.form.get(name, [""])[0].strip()

    @property
    def turn(self) -> tuple[str, str]:
        """Shift and seat.

        Raises:
            BadRequest: there is no such field.
        """
        shift, _, seat = self.field("turn").rpartition("/")
        if not shift or not seat:
            raise BadRequest("This form names no turn: load the page again.")
        return shift, seat

    @property
    def note(self) -> str:
        return self.field("note")[:_LONGEST_NOTE]


Verb = Callable[[Deed], Awaitable[str]]


async def ask_cover(deed: Deed) -> str:
    """Ask everybody who could take a turn over."""
    from scheduler.actions.ask import ask_cover as action

    shift, seat = deed.turn
    desk = deed.desk
    asker = await _asker(deed, shift, seat)
    asked = await desk.do(
        action, desk.folder, desk.journal, shift, deed.now, asker, seat=seat, note=deed.note
    )
    return await _told(desk, asked)


async def ask_swap(deed: Deed) -> str:
    """Propose an exchange. The turns are named and the moves worked out here: whoever would lose a
    turn by them gets another, and is asked."""
    from scheduler.actions.alter import Altered, Wish
    from scheduler.actions.ask import ask_swap as action
    from scheduler.actions.swap import swap

    shift, seat = deed.turn
    desk = deed.desk
    partners = deed.field("with").split()
    if not partners or not all("@" in partner for partner in partners):
        raise BadRequest("Choose a turn to exchange it for.")
    asker = await _asker(deed, shift, seat)
    tried = await desk.do(
        swap, desk.folder, shift, deed.now, Wish(by=asker.member), seat=seat, partners=partners
    )
    assert isinstance(tried, Altered)
    moves: Sequence[Move] = [move for move in tried.entry.moves if move.was != move.now]
    asked = await desk.do(action, desk.folder, desk.journal, moves, deed.now, asker, note=deed.note)
    return await _told(desk, asked)


async def accept(deed: Deed) -> str:
    """Say yes to a question."""
    from scheduler.actions.answer import accept as action

    desk, id = deed.desk, deed.field("question")
    settled = await desk.write(
        action, desk.folder, desk.journal, id, deed.visitor.id, deed.now, push=desk.push
    )
    desk.tell(desk.elsewhere.settled(settled, deed.visitor.id))
    return _became(settled, deed.visitor.id)


async def decline(deed: Deed) -> str:
    """Say no to a question."""
    from scheduler.actions.answer import decline as action

    desk, id = deed.desk, deed.field("question")
    settled = await desk.do(action, desk.folder, desk.journal, id, deed.visitor.id, deed.now)
    desk.tell(desk.elsewhere.settled(settled, deed.visitor.id))
    return "You said no. Whoever asked can see that."


async def withdraw(deed: Deed) -> str:
    """Take a question back."""
    from scheduler.actions.answer import Outcome
    from scheduler.actions.answer import withdraw as action

    desk, id = deed.desk, deed.field("question")
    settled = await desk.do(action, desk.folder, desk.journal, id, deed.visitor.id, deed.now)
    if settled.outcome is Outcome.ended:
        desk.tell(desk.elsewhere.withdrawn(settled, deed.visitor.id))
        return "Nobody is asked any more. The turn stays where it is."
    return "This was settled before."


async def undo(deed: Deed) -> str:
    """Take a change back."""
    from scheduler.actions.take_back import take_back

    name, _, number = deed.field("change").rpartition("/")
    if not name or not number.isdecimal():
        raise BadRequest("This form names no change: load the page again.")
    desk, me = deed.desk, deed.visitor.id
    _, kept = await desk.write(
        take_back, desk.folder, name, int(number[:9]), me, deed.now, push=desk.push
    )
    desk.tell(desk.elsewhere.changed())
    return f"Change {number} of {name} is taken back. {kept.trouble}".strip()


async def done(deed: Deed) -> str:
    """Say that a turn was done."""
    from scheduler.actions.report_done import report_done

    desk = deed.desk
    _, kept = await desk.write(
        report_done, desk.folder, *deed.turn, deed.visitor.id, deed.now, push=desk.push
    )
    desk.tell(desk.elsewhere.changed())
    return f"Noted: this turn was done. {kept.trouble}".strip()


async def missed(deed: Deed) -> str:
    """Say that a turn was missed."""
    from scheduler.actions.report_missed import report_missed

    desk = deed.desk
    _, kept = await desk.write(
        report_missed, desk.folder, *deed.turn, deed.visitor.id, deed.now, push=desk.push
    )
    desk.tell(desk.elsewhere.changed())
    return f"Noted: this turn was missed, and counts for nobody. {kept.trouble}".strip()


async def override(deed: Deed) -> str:
    """A lead decides."""
    from scheduler.actions.alter import Wish
    from scheduler.actions.decide import decide

    desk, to = deed.desk, deed.field("to")
    wish = Wish(by=deed.visitor.id, note=deed.note, insist=deed.field("insist") == "yes")
    altered, kept = await desk.write(
        decide, desk.folder, *deed.turn, deed.now, wish, to=to, push=desk.push
    )
    desk.tell(desk.elsewhere.changed())
    return f"Change {altered.entry.id} is made. {kept.trouble}".strip()


VERBS: dict[str, Verb] = {
    "cover": ask_cover,
    "swap": ask_swap,
    "accept": accept,
    "decline": decline,
    "withdraw": withdraw,
    "undo": undo,
    "done": done,
    "missed": missed,
    "override": override,
}
"""By the last part of the address that a form is sent to."""


async def _asker(deed: Deed, shift: str, seat: str) -> Asker:
    """Oneself, or the holder of the turn, for whom only a lead may ask: the action checks that."""
    from scheduler.actions.ask import Asker
    from scheduler.actions.look import look

    seen = await deed.desk.do(look, deed.desk.folder)
    holder = seen.seat(shift, seat).member
    return Asker(deed.visitor.id, "" if holder == deed.visitor.id else holder)


async def _told(desk: Desk, asked: Asked) -> str:
    names = {member.id: member.name for member in asked.team.members}
    people = ", ".join(names.get(person, person) for person in asked.people)
    # Also what is asked already: Slack may not have had it the first time.
    desk.tell(desk.elsewhere.asked(asked))
    if not asked.is_new:
        return f"This is asked already; nobody has said yes so far ({people})."
    return f"Asked: {people}. The turn stays where it is until somebody says yes."


def _became(settled: Settled, member: str) -> str:
    """What became of a member's yes. Whoever comes while another's is being written completes
    that one, and does not get the turn."""
    from scheduler.actions.answer import Outcome

    match settled.outcome:
        case Outcome.changed if member in settled.takers:
            return f"Thank you! The rotation has it now. {settled.kept.trouble}".strip()
        case Outcome.waiting:
            return f"Thank you! {settled.sentence}"
        case Outcome.refused:
            return f"That does not fit any more: {settled.sentence}"
    return settled.sentence or "This was settled before: somebody was faster, or it was withdrawn."
