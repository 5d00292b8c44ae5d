"""The last good copy of each fetched calendar, for when its server is down or has nothing new.

Copies hold what people wrote into their calendars, so they lie in a folder of the user, and only
the user may read them. They carry no address: a file's name is a digest of it.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Copy:
    """What a server sent, when, and the two marks by which it can say that nothing is new."""

    content: bytes
    read: datetime
    etag: str = ""
    modified: str = ""


def kept(folder: Path, url: str) -> Copy | None:
    """The copy of an address; None where there is none, or none that can be read."""
    try:
        head, _, content = _path(folder, url).read_bytes().partition(b"\n")
        said = json.loads(head)
        read = datetime.fromisoformat(said["read"])
        return Copy(content, read, str(said["etag"]), str(said["modified"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: Path, url: str, copy: Copy) -> None:
    """Keep a copy. A full disk is no reason to fail: then the next run fetches it all again."""
    said = {"read": copy.read.isoformat(), "etag": copy.etag, "modified": copy.modified}
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Only the user may read what mkstemp makes, and the name is free until it is whole.
        handle, unfinished = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(said).encode() + b"\n" + copy.content)
            os.replace(unfinished, _path(folder, url))
        except OSError:
            os.unlink(unfinished)
            raise


def _path(folder: Path, url: str) -> Path:
    return folder / sha256(url.encode()).hexdigest()
