"""The door to browsers and calendars: feeds, pages, JSON, health and metrics, on Starlette."""

from scheduler.web.app import build
from scheduler.web.live import Live

__all__ = ["Live", "build"]
