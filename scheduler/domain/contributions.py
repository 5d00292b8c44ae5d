"""Personal contributions: valued and reported apart, never a part of anybody's load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Contribution:
    """Something that a member did for the community of their own accord; ``minutes`` of work, and
    the upstream's id, which may be empty."""

    member: str
    day: date
    minutes: int
    what: str
    upstream: str = ""
