"""Effort as people write it: for a whole shift, or for as long as the shift lasts."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from scheduler.domain.duties import WORKING_WEEK
from scheduler.files.suggest import quoted
from scheduler.files.words import work_minutes

_WORKING_DAYS = {"day": 1, "week": WORKING_WEEK}
_MOST = {"day": 24, "week": 168}
_AMOUNT = r"(\d{1,5}(\.\d+)?|(\d{1,5}(\.\d+)?h ?)(\d{1,6}m)?|\d{1,6}m)"


@dataclass(frozen=True, slots=True)
class Effort:
    """Minutes of a whole shift, or minutes in each five working days of it."""

    minutes: int = 0
    weekly: int = 0


def _effort(value: Any) -> Effort:
    if isinstance(value, Effort):
        return value
    if not isinstance(value, str) or "/" not in value:
        return Effort(work_minutes(value))
    amount, _, unit = (part.strip() for part in value.partition("/"))
    if unit not in _WORKING_DAYS or not re.fullmatch(_AMOUNT, amount):
        raise ValueError(
            f"{quoted(value)} is not an effort such as 4h in a shift, 1h/day or 5h/week"
        )
    minutes = work_minutes(amount)
    if minutes > 60 * _MOST[unit]:
        raise ValueError(f"{quoted(value)} is more than a {unit} has hours")
    return Effort(weekly=minutes * WORKING_WEEK // _WORKING_DAYS[unit])


EffortEntry = Annotated[
    Effort,
    BeforeValidator(_effort),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": f"^{_AMOUNT}( ?/ ?(day|week))?$"},
            ],
            "examples": ["4h", "1h/day", "5h/week"],
        }
    ),
]
"""``4h`` a shift, ``1h/day`` of its working days, or ``5h/week`` of five such days."""
