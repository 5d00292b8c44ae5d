"""Text as Slack reads it: nothing that a roster holds can mention, link or notify anybody."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

NAME, NOTE = 80, 600
"""Characters that a name and a longer text are cut to."""

_UNWANTED = {"Cc", "Cs", "Zl", "Zp"}
_BREAKS = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))
_FORMATS = str.maketrans({char: f"\u200b{char}" for char in "*_~`"})
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{5,20}")
_URI = "%/:?#[]@!$&'()*+,;=~-._"
_LONGEST_LINK = 1000


def cut(text: str, most: int) -> str:
    """Text of at most so many characters; what is longer ends in an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def line(text: str, most: int = NOTE) -> str:
    """Text on one line without control characters, cut, and not yet escaped."""
    kept = (char for char in text.translate(_BREAKS) if unicodedata.category(char) not in _UNWANTED)
    return cut(" ".join("".join(kept).split()), most)


def escape(text: str, most: int = NOTE) -> str:
    """Somebody's words on one line, shown as they are: ``<!channel>`` notifies nobody.

    It is cut before it is escaped, so that no entity is torn.
    """
    kept = line(text, most)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def name(text: str) -> str:
    """A name within formatted text: escaped, and its stars and underscores stay what they are."""
    return escape(text, NAME).translate(_FORMATS)


def is_slack_id(text: str) -> bool:
    """Whether a text is the id of a person at Slack, such as ``U012AB3CD``."""
    return _SLACK_ID.fullmatch(text) is not None


def link(address: str) -> str:
    """A web address that cannot end a link early; empty where the text is none."""
    quoted = quote(address.strip(), safe=_URI)
    try:
        parts = urlsplit(quoted)
    except ValueError:
        return ""
    known = parts.scheme in {"http", "https", "webcal"} and parts.netloc
    return quoted if known and len(quoted) <= _LONGEST_LINK else ""
