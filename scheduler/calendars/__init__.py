"""Calendar feeds out: published rotations as .ics files, the same bytes for the same rotation."""

from scheduler.calendars.directory import Directory
from scheduler.calendars.feeds import feeds, is_ours

__all__ = ["Directory", "feeds", "is_ours"]
