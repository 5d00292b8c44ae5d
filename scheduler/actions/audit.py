"""Audit a rotation, whoever made it, without the code that planned it."""

from pathlib import Path

from scheduler.audit import Report
from scheduler.audit import audit as judge


def audit(folder: Path, rotation: Path) -> Report:
    """Judge a rotation file, the JSON of ``plan`` or ``show``, or a CSV by a roster folder.

    Raises:
        BadFiles: a file cannot be read or understood.
        BadRequest: the rotation is none of the three kinds of file, or holds nothing.
    """
    return judge(folder, rotation)
