"""Put files into a folder that is served, so that nobody ever reads half a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path


def put(out: Path, wanted: Mapping[str, bytes]) -> Iterator[Path]:
    """Write the files, by their path below a folder, that are not yet there byte for byte. Raises
    OSError."""
    for name, content in wanted.items():
        path = out / name
        if not path.is_file() or path.read_bytes() != content:
            put_one(path, content)
            yield path


def put_one(path: Path, content: bytes) -> None:
    """Put a file in place in one step: a server never sees half of it. It is not forced to the
    disk, since the next run writes again what a power cut took. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
