"""``/rota`` and what may follow it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from scheduler.errors import BadRequest, Refused
from scheduler.messages import answers
from scheduler.slack import asks, leave, modal
from scheduler.slack.asking import Asking

_LONGEST = 500
"""Characters that somebody types on purpose."""
_MENTION = re.compile(r"<@[^>\s]+>|@[^\s]+")


@dataclass(frozen=True)
class Words:
    """What was typed: for whom (their id; oneself where nobody is named), and the rest."""

    member: str
    rest: tuple[str, ...]


Verb = Callable[[Asking, Words], Awaitable[None]]


async def command(asking: Asking) -> None:
    """Do what somebody typed.

    Raises:
        BadRequest: it makes no sense.
        Refused: it is not allowed.
    """
    text = str(asking.body.get("text", ""))
    if len(text) > _LONGEST:
        raise BadRequest(f"That is {len(text)} characters; `/rota help` shows what I understand.")
    verb, *rest = text.split() or ["help"]
    await VERBS.get(verb.casefold(), _help)(asking, _words(asking, rest))


async def mine(asking: Asking) -> None:
    """Show somebody their own turns, with what can be done about them."""
    await _mine(asking, Words(asking.member, ()))


def _words(asking: Asking, rest: list[str]) -> Words:
    named = [word for word in rest if _MENTION.fullmatch(word)]
    others = tuple(word for word in rest if word not in named)
    if not named:
        return Words(asking.member, others)
    if len(named) > 1:
        raise BadRequest("Name one person at most.")
    member = asking.look.member(named[0])
    if member != asking.member and asking.member not in asking.look.team.leads:
        raise Refused("Only a lead may act for somebody else.")
    return Words(member, others)


async def _now(asking: Asking, words: Words) -> None:
    await asking.tell(answers.on_duty(asking.look.book, asking.now))


async def _next(asking: Asking, words: Words) -> None:
    await asking.tell(answers.coming(asking.look.book, asking.now))


async def _mine(asking: Asking, words: Words, title: str = "") -> None:
    is_own = words.member == asking.member
    # A lead who looks for somebody else does not get their calendar's address.
    feed = asking.door.feed(words.member) if is_own else ""
    await asking.tell(
        answers.own_turns(asking.look.book, words.member, asking.now, feed, title, is_own=is_own)
    )


async def _swap(asking: Asking, words: Words) -> None:
    turns = asking.look.meant(words.rest, asking.look.ahead(words.member, asking.now))
    if len(turns) == 1:
        await modal.open_swap(asking, turns[0])
    else:
        await _mine(asking, words, "Which turn is to be exchanged?")


async def _cover(asking: Asking, words: Words) -> None:
    turns = asking.look.meant(words.rest, asking.look.ahead(words.member, asking.now))
    if len(turns) == 1:
        await asks.cover(asking, *turns[0].key)
    else:
        await _mine(asking, words, "Which turn is somebody else to take?")


async def _away(asking: Asking, words: Words) -> None:
    await leave.away(asking, words.member, words.rest)


async def _why(asking: Asking, words: Words) -> None:
    look = asking.look
    zone = look.team.timezone
    every = [t.placed for t in look.book.turns if t.end(zone) > asking.now]
    own = [placed for placed in every if placed.member == words.member]
    turns = look.meant(words.rest, every) if words.rest else own[:1]
    if not turns:
        raise BadRequest("No turn is ahead; write a duty and a day: /rota why triage 2027-01-04")
    first = turns[0].shift
    for placed in (p for p in turns if p.shift == first):
        said = [placed.why] if placed.member and placed.why else list(placed.reasons)
        await asking.tell(answers.why(look.book.directory, placed, said))


async def _help(asking: Asking, words: Words) -> None:
    await asking.tell(answers.help_message())


VERBS: dict[str, Verb] = {
    "now": _now,
    "next": _next,
    "mine": _mine,
    "swap": _swap,
    "cover": _cover,
    "away": _away,
    "why": _why,
    "help": _help,
}
"""What may follow the command; anything else is answered with help."""
