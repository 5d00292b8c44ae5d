"""What an unquoted word of a YAML file means.

YAML 1.1 turns `on`, `no`, `16:00` and `010` into something that nobody wrote: true, false, 960
and 8. Here a word is null, true, false, a decimal number or a date when it looks like one to a
person, and text in all other cases.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final, TypeAlias

Scalar: TypeAlias = str | int | float | bool | date | None

_WORDS: Final[dict[str, Scalar]] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Longer runs of digits are account numbers or the like, and a float would lose their end.
_WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
# Without an exponent: 12e5 is far more often the start of a commit than a number.
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


# The words of a large file are few, and each stands there thousands of times.
@lru_cache(maxsize=16_384)
def unquoted(word: str) -> Scalar:
    """Return what the word means. Raises ValueError for a date that no calendar has."""
    if word in _WORDS:
        return _WORDS[word]
    if _WHOLE_NUMBER.fullmatch(word):
        return int(word)
    if _NUMBER.fullmatch(word):
        return float(word)
    if _DATE.fullmatch(word):
        return date.fromisoformat(word)
    return word
