"""An independent checker of rotations. It shares no code with what makes and judges them: its own
reading of the roster, its own calendar, its own arithmetic, by the same definitions."""

from scheduler.audit.check import audit
from scheduler.audit.render import render
from scheduler.audit.report import Breach, Report, as_data

__all__ = ["Breach", "Report", "as_data", "audit", "render"]
