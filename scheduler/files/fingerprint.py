"""The fingerprint of a roster: the same for the same meaning, however it is laid out."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from hashlib import sha256


def fingerprint(*values: object) -> str:
    """``sha256:`` and a digest over values of the domain.

    The order of keys and of sets does not count, that of lists does. Raises TypeError for what
    is not made of dataclasses, collections, dates, text and numbers.
    """
    text = json.dumps([_plain(value) for value in values], ensure_ascii=False)
    return "sha256:" + sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return [type(value).__name__, sorted(named.items())]
    match value:
        case Enum():
            return value.name
        case Mapping():
            return sorted((str(key), _plain(entry)) for key, entry in value.items())
        case set() | frozenset():
            return sorted(json.dumps(_plain(entry)) for entry in value)
        case tuple() | list():
            return [_plain(entry) for entry in value]
        case date() | time():
            return value.isoformat()
        case str() | int() | float() | None:
            return value
    raise TypeError(f"no fingerprint of a {type(value).__name__}")
