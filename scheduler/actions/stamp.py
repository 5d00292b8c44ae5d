"""Tells whether a file of a roster folder was written since."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[tuple[str, int, int, int], ...]
"""What changes whenever a file does: its path in the folder, inode, size and the instant of the
last change."""


def stamp(folder: Path) -> Stamp:
    """The stamp of a roster folder; reading it is cheap."""
    paths = sorted((*folder.glob("*.yaml"), *folder.glob("rotations/*.yaml")))
    return tuple(line for path in paths for line in _line(folder, path))


def _line(folder: Path, path: Path) -> Stamp:
    try:
        stat = path.stat()
    except FileNotFoundError:
        # Git takes a file away before it puts the new one there.
        return ()
    # The change of the inode also tells of a file that was moved here with an old date.
    name = path.relative_to(folder).as_posix()
    return ((name, stat.st_ino, stat.st_size, stat.st_ctime_ns),)
