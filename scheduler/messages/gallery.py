"""Every kind of message once, for a team: what the preview shows and the goldens hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler.domain.rotation import Rotation
from scheduler.messages import answers, passed_on, requests, views
from scheduler.messages.directory import Directory
from scheduler.messages.due import due, fold
from scheduler.messages.message import Message, size
from scheduler.messages.reminder import DIGEST, MISSED, Reminder
from scheduler.messages.turns import Book, Turn
from scheduler.messages.views import Choice, Home

_LONG_AGO, _LATER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)
_ASLEEP = timedelta(days=3)
_TITLES = {
    "published": "A rotation is published",
    "ahead": "A turn comes up",
    "morning": "The first morning of a turn",
    "handover": "A hand-over",
    "changed": "A change",
    "digest": "The weekly overview",
    "horizon": "The rotation is about to end",
    "training": "A milestone of learning",
    MISSED: "After three days asleep",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, or a ``view`` (a modal or a home page), with a title and to whom it goes."""

    title: str
    to: str
    message: Message | None = None
    view: Mapping[str, Any] | None = None


def gallery(
    directory: Directory, rotations: Iterable[Rotation], now: datetime
) -> tuple[Shown, ...]:
    """All that a team can get to see, but for kinds of which its rotations give no example."""
    book = Book(directory, rotations)
    return (*_reminders(book), *_requests(book, now), *_answers(book, now), *_views(book, now))


def _reminders(book: Book) -> Iterator[Shown]:
    """The first of each kind, and of each way to say it."""
    directory, seen = book.directory, set[tuple[object, ...]]()
    found = due(directory, book.rotations, _LONG_AGO, _LATER)
    for kind, title in _TITLES.items():
        for reminder in sorted(found, key=_fullest) if kind == DIGEST else found:
            shape = _shape(reminder)
            if reminder.kind == kind and shape not in seen:
                seen.add(shape)
                yield Shown(title, _to(directory, reminder), reminder.message)
    yield from _asleep(directory, found)


def _fullest(reminder: Reminder) -> int:
    """Of overviews the one with the most to tell comes first."""
    return -size(reminder.message.blocks)


def _shape(reminder: Reminder) -> tuple[object, ...]:
    """What tells two messages of one kind apart: how their sentences begin."""
    texts = [str(block.get("text", {}).get("text", "")) for block in reminder.message.blocks]
    match reminder.kind:
        case "changed" | "training":
            return reminder.kind, texts[0][:18]
        case "morning":
            return reminder.kind, texts[1].partition(":")[0], "to learn" in texts[1]
        case "handover":
            return reminder.kind, reminder.message.text[:8]
        case "digest":
            return reminder.kind, reminder.to
    return (reminder.kind,)


def _to(directory: Directory, reminder: Reminder) -> str:
    return reminder.to if reminder.is_for_channel else directory.plain(reminder.to)


def _asleep(directory: Directory, found: Iterable[Reminder]) -> Iterator[Shown]:
    """The first moment at which a sleep of three days leaves something to fold."""
    reminders = [r for r in found if not r.is_for_channel]
    for last in reminders:
        slept = [r for r in reminders if last.at - _ASLEEP < r.at <= last.at]
        for folded in fold(slept, last.at + timedelta(hours=13)):
            if folded.kind == MISSED:
                yield Shown(_TITLES[MISSED], _to(directory, folded), folded.message)
                return


# ------------------------------------------------------------------------------------- requests


def _requests(book: Book, now: datetime) -> Iterator[Shown]:
    pair = _pair(book, now)
    if pair is None:
        return
    directory, (mine, yours) = book.directory, (pair[0].placed, pair[1].placed)
    me, you = directory.plain(mine.member), directory.plain(yours.member)
    asker, other = mine.member, yours.member
    thirds = [member for member in directory.people if member not in {asker, other}]
    note = "I am at a conference that week."
    yield Shown("Cover is asked for", you, requests.cover_asked(directory, "42", mine, asker, note))
    yield Shown("Whom it went to", me, requests.asked(directory, "42", mine, [other]))
    for_me = requests.asked(directory, "42", mine, [other], asker)
    yield Shown("Whom it went to", "a lead who asked for them", for_me)
    yield Shown("Somebody said yes", me, requests.taken(directory, mine, other))
    yield Shown("You said yes", you, requests.accepted(directory, mine, "2027-Q1/6"))
    yield Shown("The others are told", "the rest", requests.told_the_rest(directory, mine, other))
    yield Shown("You said no", you, requests.declined_by_you(directory, mine))
    yield Shown("Nobody could", me, requests.nobody_could(directory, mine))
    yield Shown("No longer needed", you, requests.withdrawn(directory, mine, asker))
    yield Shown("Too late", you, requests.out_of_date(directory, mine))
    yield Shown(
        "A swap is proposed",
        you,
        requests.swap_proposed(directory, "43", mine, yours, asker, note),
    )
    yield Shown(
        "A ring of three",
        you,
        requests.chain_proposed(directory, "44", mine, yours, thirds[:1], asker),
    )
    yield Shown("Exchanged", me, requests.exchanged(directory, yours, mine, "2027-Q1/7"))
    for_me = requests.exchanged(directory, yours, mine, "2027-Q1/7", asker)
    yield Shown("Exchanged", "a lead who asked for them", for_me)
    yield Shown("A swap is declined", me, requests.declined(directory, yours, other))
    title = "In place of a reminder"
    yield Shown(title, me, passed_on.passed_on(directory, yours))
    yield Shown(title, me, passed_on.given_back(directory, mine))
    yield Shown(title, me, passed_on.handed_over(directory, mine, yours))
    yield Shown("Done", me, requests.done(directory, mine))
    yield Shown("Refused", me, requests.refused("There is no duty “suport”; did you mean support?"))


def _pair(book: Book, now: datetime) -> tuple[Turn, Turn] | None:
    """Two turns to come of two people, at one duty."""
    ahead = [turn for turn in book.held if turn.opens > now] or book.held
    for one in ahead:
        for other in ahead:
            if _is_other(other, one):
                return one, other
    return None


# -------------------------------------------------------------------------------------- answers


def _answers(book: Book, now: datetime) -> Iterator[Shown]:
    directory = book.directory
    yield Shown("/rota help", "whoever asks", answers.help_message())
    yield Shown("/rota now", "whoever asks", answers.on_duty(book, now))
    yield Shown("/rota next", "whoever asks", answers.coming(book, now))
    for turn in book.held[:1]:
        placed = turn.placed
        who = directory.plain(placed.member)
        yield Shown("/rota mine", who, answers.own_turns(book, placed.member, now))
        theirs = answers.own_turns(book, placed.member, now, is_own=False)
        yield Shown("/rota mine", "a lead who names them", theirs)
        sentences = [placed.why or "It is their turn."]
        yield Shown("/rota why", "whoever asks", answers.why(directory, placed, sentences))


def _views(book: Book, now: datetime) -> Iterator[Shown]:
    directory, pair = book.directory, _pair(book, now)
    if pair is None:
        return
    mine, others = pair[0].placed, [t.placed for t in book.held if _is_other(t, pair[0])]
    choices = [Choice(placed, "keeps both shares even") for placed in others[:5]]
    who = directory.plain(mine.member)
    yield Shown("The swap modal", who, view=views.swap_view(directory, mine, choices, "{}"))
    yield Shown("Nobody to swap with", who, view=views.swap_view(directory, mine, [], "{}"))
    home = Home(
        feed="https://rota.example.org/feeds/secret.ics",
        share=1.04,
        share_why=("31.5 hours of 30.2 that would be fair, after leave.",),
        training=("release: 1 of 2 turns as a shadow; you lead from 8 March on.",),
    )
    yield Shown("App Home", who, view=views.home_view(book, mine.member, home, now))
    yield Shown("App Home of a stranger", "anybody", view=views.stranger_view(directory))


def _is_other(turn: Turn, own: Turn) -> bool:
    mine, theirs = own.placed, turn.placed
    is_same = mine.duty == theirs.duty and mine.shift != theirs.shift
    return is_same and mine.member != theirs.member
