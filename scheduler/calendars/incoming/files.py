"""The content of a calendar that lies in a file."""

from __future__ import annotations

import stat
from pathlib import Path

from scheduler.calendars.incoming.trouble import Trouble

MOST_BYTES = 10_000_000


def read_file(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        Trouble: there is none, it may not be read, or it is too large.
    """
    try:
        # Reading a pipe or a device could wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise Trouble("is no file")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Trouble(
            "is not there: correct the path, which goes from the roster's folder"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise Trouble("may not be read") from error
    if len(content) > MOST_BYTES:
        raise Trouble(f"is larger than {MOST_BYTES // 1_000_000} MB")
    return content
