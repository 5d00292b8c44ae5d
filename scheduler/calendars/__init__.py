"""Calendar feeds out: published rotations as .ics files, the same bytes for the same rotation."""

from scheduler.calendars.directory import Directory
from scheduler.calendars.feeds import feeds, is_ours, titles, waiting
from scheduler.calendars.index import INDEX, index, is_our_index
from scheduler.calendars.subscribing import Subscription, subscription
from scheduler.calendars.text import link

__all__ = [
    "INDEX",
    "Directory",
    "Subscription",
    "feeds",
    "index",
    "is_our_index",
    "is_ours",
    "link",
    "subscription",
    "titles",
    "waiting",
]
