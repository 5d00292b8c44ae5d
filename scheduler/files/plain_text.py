"""From a path to text that is safe to parse: not too large, UTF-8, no invisible characters."""

import re
import stat
from itertools import islice
from pathlib import Path

from scheduler.errors import BadFiles, Mistake

# What YAML calls printable, without the separators that it counts as line breaks and editors do
# not (U+0085, U+2028, U+2029): with one of them every line number after it would be wrong. The
# byte order mark is only good for the start of a file.
_INVISIBLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_BREAK = re.compile("\r\n|\n|\r")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"
# A binary file has thousands of them; a handful tells as much.
_MOST_INVISIBLE_REPORTED = 20


def read_text(path: Path, shown: str, max_bytes: int) -> str:
    """Return the text of the file, without a byte order mark.

    Raises BadFiles if it cannot be read, is larger than `max_bytes`, is not UTF-8 or holds
    characters that nobody can see.
    """
    text = _decoded(_content(path, shown, max_bytes), shown)
    invisible = [
        Mistake(shown, *position_in(text, found.start()), _invisible_sentence(found.group()))
        for found in islice(_INVISIBLE.finditer(text), _MOST_INVISIBLE_REPORTED)
    ]
    if invisible:
        raise BadFiles(invisible)
    return text


def position_in(text: str, index: int) -> tuple[int, int]:
    """Return line and column, both from 1, of the character at this index."""
    line, start = 1, 0
    for found in _LINE_BREAK.finditer(text, 0, index):
        line, start = line + 1, found.end()
    return line, index - start + 1


def first_invisible(text: str) -> str | None:
    """Return the first control character or half of a surrogate pair, or None."""
    found = _INVISIBLE.search(text)
    return found.group() if found else None


def visible(text: str) -> str:
    """Return the text with a blank for each character that `read_text` would refuse."""
    return _INVISIBLE.sub(" ", text)


def code_point(character: str) -> str:
    """Return the character's number as Unicode tables write it, such as U+0007."""
    return f"U+{ord(character):04X}"


def _invisible_sentence(character: str) -> str:
    return f"an invisible character ({code_point(character)}) stands here; delete it"


def _content(path: Path, shown: str, max_bytes: int) -> bytes:
    try:
        # Reading a pipe or a device could wait for ever.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise BadFiles([Mistake(shown, 1, 1, _not_a_file_sentence(mode))])
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise BadFiles([Mistake(shown, 1, 1, _unreadable_sentence(error))]) from error
    if len(content) > max_bytes:
        sentence = f"this file is larger than {_size(max_bytes)}; split it or shorten it"
        raise BadFiles([Mistake(shown, 1, 1, sentence)])
    return content


def _not_a_file_sentence(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "this is a folder, not a file; name a file inside it"
    return "this is not a plain file; put the text into a plain file"


def _unreadable_sentence(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file; create it or correct the path"
        case PermissionError():
            return "you may not read this file; give yourself the permission to read it"
        case OSError(strerror=str(reason)):
            return f"this file cannot be read ({reason.lower()}); check the path and the disk"
        case _:
            return "this file cannot be read; check the path"


def _size(count: int) -> str:
    """A number of bytes in the largest unit that says it exactly."""
    for unit, name in ((1 << 20, "MiB"), (1 << 10, "KiB")):
        if count >= unit and count % unit == 0:
            return f"{count // unit} {name}"
    return f"{count} bytes"


def _decoded(content: bytes, shown: str) -> str:
    if content.startswith(_UTF_16_MARKS):
        raise BadFiles([Mistake(shown, 1, 1, "this file is UTF-16; save it as UTF-8")])
    mark = len(_UTF_8_MARK) if content.startswith(_UTF_8_MARK) else 0
    body = content[mark:]
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        line, column = position_in(before, len(before))
        sentence = (
            f"line {line} is not UTF-8: byte 0x{body[error.start]:02X} at offset"
            f" {mark + error.start} of the file; save the file as UTF-8"
        )
        raise BadFiles([Mistake(shown, line, column, sentence)]) from error
