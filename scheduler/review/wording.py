"""How people, days and several people at once are put into words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from scheduler.domain.people import Member

_PLURAL = {"is": "are", "has": "have", "does": "do"}
_VERB = re.compile(r"^(already )?(\w+)")


def joined(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def names(people: Sequence[Member]) -> str:
    """Up to three people by name; of more, two by name and the number of the others."""
    if len(people) <= 3:
        return joined([member.name for member in people])
    return f"{people[0].name}, {people[1].name} and {len(people) - 2} others"


def counted(number: int, word: str) -> str:
    """``1 seat``, ``2 seats``, ``3 duties``."""
    if number == 1:
        return f"1 {word}"
    return f"{number} {word[:-1]}ies" if word.endswith("y") else f"{number} {word}s"


def plural(phrase: str) -> str:
    """A phrase that goes on from one person's name, so that it goes on from several."""
    phrase = _VERB.sub(lambda found: (found[1] or "") + _several(found[2]), phrase)
    return phrase.replace(" and has ", " and have ")


def _several(verb: str) -> str:
    return _PLURAL.get(verb, verb.removesuffix("s"))


def said_of(people: Sequence[Member], phrase: str) -> str:
    """A sentence about one or several people, without its full stop."""
    return f"{names(people)} {phrase if len(people) == 1 else plural(phrase)}"


def day(moment: date) -> str:
    """A day in words that nobody takes for another: ``4 Jan 2027``."""
    return f"{moment.day} {moment:%b %Y}"
