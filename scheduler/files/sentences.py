"""One fault, told in words of the file and not of the program."""

import re
from collections.abc import Callable, Iterable
from typing import Final, get_args
from zoneinfo import available_timezones

from pydantic_core.core_schema import ErrorType

from scheduler.files.faults import UNION, Fault
from scheduler.files.kinds import (
    BOUNDS,
    EXPECTED,
    LENGTHS,
    MAPPING,
    MISSING,
    NOT_A_CHOICE,
    UNKNOWN_KEY,
)
from scheduler.files.located import Loc
from scheduler.files.outline import Outline
from scheduler.files.suggest import did_you_mean, quoted

_PLURALS: Final = {"character": "characters", "entry": "entries"}
_MOST_CHOICES_SHOWN = 12


class Teller:
    """Makes sentences about the values of one file."""

    def __init__(self, outline: Outline, written: Callable[[Loc], str | None]) -> None:
        """`written` returns a single value as it stands in the file."""
        self._outline = outline
        self._written = written

    def sentence(self, fault: Fault) -> str:
        """Return the sentence for this fault, on one line."""
        return " ".join(self._told(fault).split())

    def known_keys(self, fault: Fault) -> list[str]:
        """Return the keys that are known where this fault has an unknown one."""
        return self._outline.keys(fault.path[:-1], fault.labels)

    def _told(self, fault: Fault) -> str:
        kind = fault.kind
        if kind in MISSING:
            return self._missing(fault)
        if kind in UNKNOWN_KEY:
            return self._unknown_key(fault)
        if kind in ("value_error", "assertion_error"):
            return str(fault.context.get("error", fault.message))
        if kind in NOT_A_CHOICE:
            return self._not_one_of(fault, _words(str(fault.context.get("expected", ""))))
        if kind.startswith("union_tag"):
            return self._wrong_branch(fault)
        if kind == "zoneinfo_str":
            return self._not_a_time_zone(fault)
        if kind == UNION:
            return self._none_of(fault)
        if kind in EXPECTED:
            return self._should_be(fault, self._expected(fault))
        return self._against_a_bound(fault)

    # -- keys

    def _missing(self, fault: Fault) -> str:
        if isinstance(fault.key, int):
            return f"entry {fault.key + 1} of {_name(fault.path)} is missing"
        return f"{quoted(str(fault.key))} is missing"

    def _unknown_key(self, fault: Fault) -> str:
        key, known = str(fault.path[-1]) if fault.path else "", self.known_keys(fault)
        remedy = did_you_mean(key, known)
        if not remedy and known:
            remedy = f"; known here: {_listed(known)}"
        return f"unknown key {quoted(key)}{remedy}"

    # -- choices

    def _not_one_of(self, fault: Fault, choices: list[str]) -> str:
        word = str(fault.path[-1]) if fault.on_key and fault.path else self._word(fault)
        if word is None:
            return self._should_be(fault, f"one of {_listed(choices)}")
        remedy = did_you_mean(word, choices)
        return f"{quoted(word)} is not one of {_listed(choices)}{remedy}"

    def _wrong_branch(self, fault: Fault) -> str:
        """A union is chosen by one of its keys, and that key is missing or wrong."""
        key = discriminator(fault)
        if key is None:
            return f"{_name(fault.path)} fits none of the kinds that are allowed here"
        choices = _words(str(fault.context.get("expected_tags", "")))
        choices = choices or self._outline.choices((*fault.path, key))
        if fault.kind == "union_tag_not_found":
            remedy = f"; write one of {_listed(choices)}" if choices else ""
            return f"{quoted(key)} is missing{remedy}"
        word = self._written((*fault.path, key)) or str(fault.context.get("tag", ""))
        return f"{quoted(word)} is not one of {_listed(choices)}{did_you_mean(word, choices)}"

    def _not_a_time_zone(self, fault: Fault) -> str:
        word = self._word(fault) or ""
        remedy = did_you_mean(word, available_timezones())
        remedy = remedy or "; write one such as Europe/Berlin"
        return f"{quoted(word)} is not a time zone{remedy}"

    # -- values

    def _none_of(self, fault: Fault) -> str:
        expected = dict.fromkeys(self._expected(branch) for branch in fault.branches)
        word = self._word(fault)
        choices = [
            choice
            for branch in fault.branches
            for choice in _words(str(branch.context.get("expected", "")))
        ]
        remedy = did_you_mean(word, choices) if word is not None else ""
        return self._should_be(fault, " or ".join(expected)) + remedy

    def _expected(self, fault: Fault) -> str:
        if fault.kind in NOT_A_CHOICE:
            choices = _words(str(fault.context.get("expected", "")))
            return choices[0] if len(choices) == 1 else f"one of {_listed(choices)}"
        expected = EXPECTED.get(fault.kind, "something else")
        examples = self._outline.examples(fault.path) if fault.branches == () else []
        if examples and not isinstance(fault.given, dict | list):
            return f"{expected.partition(' such as ')[0]} such as {' or '.join(examples[:3])}"
        return expected

    def _should_be(self, fault: Fault, expected: str) -> str:
        name = _key_name(fault) if fault.on_key else _name(fault.path)
        if fault.given is None:
            return f"{name} is empty; it should be {expected}"
        word = self._word(fault)
        if expected.startswith("text") and word is not None:
            return f"{name} should be text; put it in quotes: {quoted(word)}"
        if fault.on_key:
            return f"{name} should be {expected}"
        return f"{name} should be {expected}, not {self._shown(fault)}"

    def _against_a_bound(self, fault: Fault) -> str:
        name, context = _name(fault.path), fault.context
        if fault.kind in BOUNDS:
            words, limit = BOUNDS[fault.kind]
            return f"{name} should be {words} {context[limit]}, not {self._shown(fault)}"
        if fault.kind in LENGTHS:
            words, limit, unit = LENGTHS[fault.kind]
            if context[limit] == 1 and not fault.given:
                return f"{name} is empty; write at least one {unit}"
            unit = unit if context[limit] == 1 else _PLURALS[unit]
            return f"{name} should have {words} {context[limit]} {unit}, not {len(fault.given)}"
        if fault.kind == "string_pattern_mismatch":
            examples = self._outline.examples(fault.path)
            remedy = f"look like {examples[0]}" if examples else f"match {context['pattern']}"
            return f"{name} should {remedy}, not {self._shown(fault)}"
        return self._other(fault)

    def _other(self, fault: Fault) -> str:
        """Errors that a shape made itself are sentences already; pydantic's own lack a name."""
        name = _name(fault.path)
        said = re.sub(r"^(Input|Value|String|Data|Date|Datetime) should", "should", fault.message)
        if said != fault.message:
            return f"{name} {said}, not {self._shown(fault)}"
        if fault.kind in get_args(ErrorType):
            return f"{name} is not right: {fault.message}"
        return fault.message

    def _word(self, fault: Fault) -> str | None:
        """The value as it is written; None if it is not a single word or number."""
        if fault.given is None or isinstance(fault.given, dict | list):
            return None
        written = None if fault.on_key else self._written(fault.path)
        return written if written is not None else str(fault.given)

    def _shown(self, fault: Fault) -> str:
        match fault.given:
            case list():
                return "a list"
            case dict():
                return MAPPING
            case str():
                return quoted(fault.given)
            case _:
                return self._word(fault) or "empty"


def discriminator(fault: Fault) -> str | None:
    """Return the key that chooses among the branches of a union, where there is one."""
    if not fault.kind.startswith("union_tag"):
        return None
    found = re.fullmatch("'(.+)'", str(fault.context.get("discriminator", "")))
    return found.group(1) if found else None


def _name(path: Loc) -> str:
    """What a value is called: its key, or which entry of a list it is."""
    match path:
        case ():
            return "the file"
        case (*parents, int(index)):
            return f"entry {index + 1} of {_name(tuple(parents))}"
        case _:
            return quoted(str(path[-1]))


def _key_name(fault: Fault) -> str:
    return f"the key {_name(fault.path)}"


def _words(expected: str) -> list[str]:
    """The choices that pydantic lists as `'a', 'b' or 'c'`."""
    found = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|([^\s,]+)", expected)
    return [
        single or double or bare
        for single, double, bare in found
        if single or double or bare not in ("or", "None", "")
    ]


def _listed(words: Iterable[str]) -> str:
    shown = list(words)
    more = len(shown) - _MOST_CHOICES_SHOWN
    if more <= 1:
        return ", ".join(shown)
    return f"{', '.join(shown[:_MOST_CHOICES_SHOWN])} and {more} more"
