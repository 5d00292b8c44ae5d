"""Calendars in: days away from files and web addresses that nobody here has to trust."""

from scheduler.calendars.incoming.sources import Outside, Told, read_sources
from scheduler.calendars.incoming.trouble import Trouble

__all__ = ["Outside", "Told", "Trouble", "read_sources"]
