"""Calendar feeds out: published rotations as .ics files, the same bytes for the same rotation."""

from scheduler.calendars.directory import Directory
from scheduler.calendars.feeds import PRODID, feeds

__all__ = ["PRODID", "Directory", "feeds"]
