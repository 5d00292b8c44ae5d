"""Text and links as iCalendar wants them: no text of a roster can start a line of its own."""

import unicodedata
from urllib.parse import quote, urlsplit

from icalendar import vText

_UNWANTED = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, lone surrogates (which no encoding can write), and the separators that
some clients read as the end of a line."""
_BREAKS = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))
_MISREAD = str.maketrans(dict.fromkeys(",;\\", " "))
_URI = "%/:?#[]@!$&'()*+,;=~-._"


class Text(vText):
    r"""A text value whose ``\N`` stays a backslash and an N; icalendar makes a new line of it."""

    def to_ical(self) -> bytes:
        """The escaped value, in UTF-8."""
        escaped = self.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
        return escaped.replace("\n", r"\n").encode()


def line(text: str) -> str:
    """Text on one line: breaks become spaces, control characters go."""
    spaced = text.replace("\r\n", " ").translate(_BREAKS)
    return "".join(char for char in spaced if unicodedata.category(char) not in _UNWANTED)


def plain(text: str) -> str:
    """One line for the name of a calendar, in which clients do not undo the escaping."""
    return " ".join(line(text).translate(_MISREAD).split())


def link(address: str) -> str:
    """A web address that needs no escaping; empty where the text is none."""
    quoted = quote(line(address).strip(), safe=_URI)
    try:
        parts = urlsplit(quoted)
    except ValueError:
        return ""
    return quoted if parts.scheme in {"http", "https"} and parts.netloc else ""
