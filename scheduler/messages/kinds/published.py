"""A rotation is published: everybody learns of their own turns, in one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta

from scheduler.domain.rotation import Rotation
from scheduler.messages import lines
from scheduler.messages.blocks import context, header, message, paragraphs, section
from scheduler.messages.days import days
from scheduler.messages.directory import Directory, Person
from scheduler.messages.message import Message
from scheduler.messages.reminder import PUBLISHED, Reminder
from scheduler.messages.text import escape
from scheduler.messages.turns import Book, Turn, Window, published
from scheduler.review.wording import counted

_FRESH = timedelta(days=14)
"""How long a publication is news."""


def due(book: Book, window: Window) -> Iterator[Reminder]:
    """One message a person for every rotation that was published ahead of its end."""
    for rotation in book.rotations:
        at = published(rotation).astimezone(UTC)
        if window.holds(at) and rotation.horizon.end > at.date():
            for person in _concerned(book.directory, rotation):
                yield _reminder(book, rotation, person)


def _concerned(directory: Directory, rotation: Rotation) -> list[Person]:
    """Whoever serves or could have."""
    ids = {placed.member for placed in rotation.assignments}
    ids |= {share.member for share in rotation.shares if share.entitlement or share.load}
    return [directory.person(member) for member in sorted(ids)]


def _reminder(book: Book, rotation: Rotation, person: Person) -> Reminder:
    at = published(rotation).astimezone(UTC)
    keys = {placed.key for placed in rotation.assignments if placed.member == person.id}
    own = [t for t in book.held if t.placed.key in keys and t.end(person.timezone) > at]
    return Reminder(
        key=lines.key(
            "published",
            book.directory.installation,
            rotation.name,
            f"{at:%Y%m%dT%H%M%S}",
            person.id,
        ),
        to=person.id,
        at=at,
        until=at + _FRESH,
        kind=PUBLISHED,
        subject=tuple(turn.placed.key for turn in own),
        message=_message(book.directory, rotation, own),
    )


def _message(directory: Directory, rotation: Rotation, own: Sequence[Turn]) -> Message:
    name, span = escape(rotation.name), days(rotation.horizon)
    if not own:
        return message(
            f"The rotation {name} is published. You have no turn in it.",
            section(f"The rotation *{name}* ({span}) is published. You have no turn in it."),
        )
    count = counted(len(own), "turn")
    hours = round(sum(turn.placed.effort for turn in own) / 60)
    return message(
        f"The rotation {name} is published. You have {count} in it.",
        header(f"Your turns in {rotation.name}"),
        section(f"The rotation is published ({span}). You have {count}, about {hours} hours:"),
        *paragraphs(lines.listed(lines.turn(directory, turn.placed) for turn in own)),
        context(
            "Something does not fit? `/rota swap` finds you an exchange, `/rota why` a reason."
        ),
    )
