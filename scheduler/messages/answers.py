"""What `/rota` answers: now, mine, next, why, help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scheduler.domain.rotation import Placed
from scheduler.messages import buttons, lines
from scheduler.messages.blocks import context, header, message, paragraphs, section
from scheduler.messages.directory import Directory
from scheduler.messages.message import Message
from scheduler.messages.names import COMMAND
from scheduler.messages.text import escape
from scheduler.messages.turns import Book, Turn
from scheduler.review.wording import counted

WORDS = {
    "now": "who is on duty now",
    "next": "who comes after them",
    "mine": "your own turns",
    "swap": "exchange a turn of yours for somebody else's",
    "cover": "find somebody for a turn of yours",
    "away 2027-02-01 2027-02-05": "say when you are away, and find cover for your turns then",
    "why": "why a turn is yours; write its duty and a day: why triage 2027-01-04",
    "help": "this list",
}
"""What may follow the command."""

NOTHING_YET = "Nothing is published yet: a lead does it with `rota plan` and `rota publish`."

_BUTTONED = 5
"""Turns that get buttons of their own."""


def help_message() -> Message:
    """What the command can do."""
    said = [f"•  `{COMMAND} {word}`: {meaning}" for word, meaning in WORDS.items()]
    return message(
        f"What {COMMAND} can do",
        header(f"What {COMMAND} can do"),
        *paragraphs(said),
        context("Leads name somebody to act for them: `/rota cover @ana`."),
    )


def on_duty(book: Book, now: datetime) -> Message:
    """Who holds which seat at an instant, and which of them nobody holds."""
    nothing = f"Nobody is on duty now. `{COMMAND} next` shows who comes."
    return _by_duty(book, "On duty now", nothing, _open_at(book, now))


def _open_at(book: Book, now: datetime) -> list[Placed]:
    """The seats that are open at an instant, on the clock of the team."""
    zone = book.directory.timezone
    return [t.placed for t in book.turns if t.start(zone) <= now < t.end(zone)]


def coming(book: Book, now: datetime, most: int = 30) -> Message:
    """The next turn of every seat of every duty."""
    ahead = [_next(row, now, book.directory.timezone) for row in book.rows.values()]
    found = sorted((t for t in ahead if t), key=lambda turn: (turn.opens, turn.placed.key))
    nothing = "Nothing is published after this."
    return _by_duty(book, "Next on duty", nothing, [turn.placed for turn in found[:most]])


def _next(row: Sequence[Turn], now: datetime, zone: str) -> Turn | None:
    ahead = (turn for turn in row if turn.start(zone) > now)
    return next((turn for turn in ahead if turn.placed.role != "shadow"), None)


def _by_duty(book: Book, title: str, nothing: str, seats: Sequence[Placed]) -> Message:
    if not seats:
        nothing = nothing if book.rotations else NOTHING_YET
        return message(nothing, section(nothing))
    directory = book.directory
    order = {duty: index for index, duty in enumerate(directory.duties)}
    said = []
    for placed in sorted(seats, key=lambda p: (order.get(p.duty, len(order)), p.moment, p.key)):
        if placed.member:
            said.append(f"•  {lines.turn(directory, placed)}: {directory.mention(placed.member)}")
        elif placed.role != "shadow":
            said.append(f"•  :warning: {lines.turn(directory, placed)}: nobody yet")
    return message(title, header(title), *paragraphs(said))


def own_turns(
    book: Book, member: str, now: datetime, feed: str = "", title: str = "", *, is_own: bool = True
) -> Message:
    """A member's turns that are not over, the first few with buttons; ``is_own`` is False where a
    lead looks at them. ``feed`` is the address of their calendar, which only they may see."""
    directory, zone = book.directory, book.directory.person(member).timezone
    who = "You have" if is_own else f"{directory.mention(member)} has"
    own = [t for t in book.held if t.placed.member == member and t.end(zone) > now]
    if not book.rotations:
        return message(NOTHING_YET, section(NOTHING_YET))
    if not own:
        said = f"{who} no turn ahead."
        return message(said, section(f"{said} Enjoy!" if is_own else said))
    whose = "Your turns" if is_own else f"The turns of {directory.plain(member)}"
    blocks = [header(title or whose)]
    for turn in own[:_BUTTONED]:
        blocks.append(section(lines.turn(directory, turn.placed)))
        blocks.append(buttons.of_turn(directory, turn, now))
    rest = (lines.turn(directory, turn.placed) for turn in own[_BUTTONED:])
    blocks += paragraphs(lines.listed(rest), room=6000)
    if feed:
        blocks.append(
            context(f"Your calendar: {escape(feed, 500)} (keep this address to yourself)")
        )
    return message(f"{who} {counted(len(own), 'turn')} ahead.", *blocks)


def why(directory: Directory, placed: Placed, sentences: Sequence[str]) -> Message:
    """Why somebody holds a seat, or nobody does, in the sentences that `rota why` prints."""
    who = directory.mention(placed.member) if placed.member else "nobody yet"
    title = f"{lines.turn(directory, placed)}: {who}"
    said = [escape(sentence, 900) for sentence in sentences]
    return message(
        f"Why {escape(lines.turn_plainly(directory, placed))}",
        section(title),
        *paragraphs(lines.listed(said) or ["No reason was kept."]),
    )
