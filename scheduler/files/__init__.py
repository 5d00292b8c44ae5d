"""YAML in, with every mistake at its line; the rotation file out."""

from scheduler.files.away_lock import LOCK_FILE, write_away_lock
from scheduler.files.rotation_file import parse_rotation, read_rotation
from scheduler.files.schemas import schemas
from scheduler.files.starter import write_starter
from scheduler.files.store import (
    read_rotations,
    rotation_path,
    rotation_texts,
    write_rotation,
    writing,
)
from scheduler.files.team import Team, read_team

__all__ = [
    "LOCK_FILE",
    "Team",
    "parse_rotation",
    "read_rotation",
    "read_rotations",
    "read_team",
    "rotation_path",
    "rotation_texts",
    "schemas",
    "write_away_lock",
    "write_rotation",
    "write_starter",
    "writing",
]
