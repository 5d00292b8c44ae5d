"""Whether a client has the newest already: the conditional requests of RFC 9110."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from hashlib import sha256

_LONGEST = 8192
"""Characters of a header that are looked at; a longer one was written by nobody's calendar."""
_TAG = re.compile(r'[ \t,]*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)')


def etag(content: bytes) -> str:
    """The strong tag of some bytes: the same for the same bytes, on every replica."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def none_match(header: str, tag: str) -> bool:
    """Whether ``If-None-Match`` asks for another than this: false means 304.

    ``*`` and a list of tags are understood, weak ones compare like strong ones. From where the
    list is no longer one, the rest is passed over: the client then gets the whole answer.
    """
    if header.strip(" \t") == "*":
        return False
    place, text = 0, header[:_LONGEST]
    while found := _TAG.match(text, place):
        if found[1] == tag:
            return False
        place = found.end()
    return True


def unmodified(header: str, modified: str) -> bool:
    """Whether ``If-Modified-Since`` names exactly the last change. An instant after it does not
    count: it may come from a replica that saw the change later."""
    if header == modified:
        return True
    try:
        return parsedate_to_datetime(header) == parsedate_to_datetime(modified)
    except (ValueError, TypeError, OverflowError, IndexError):
        return False
