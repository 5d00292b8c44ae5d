"""How people write what their chat is told by: channels, user groups, days of reminding."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from scheduler.files.suggest import quoted
from scheduler.files.words import WEEKDAYS, Entries, Line, Shape, weekday, whole

_HANDLE = re.compile(r"@[a-z0-9][a-z0-9._-]{0,79}")
NEVER = "never"


def _handle(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _HANDLE.fullmatch(value):
        sentence = 'is not the handle of a user group; write it in quotes, such as "@hub-triage"'
        raise ValueError(f"{quoted(value)} {sentence}")
    return value


def _channel(value: str) -> str:
    if not value.startswith("#") or " " in value or len(value) < 2:
        raise ValueError(f'{quoted(value)} is not a channel; write it in quotes, such as "#team"')
    return value


def _several(value: object) -> object:
    """Read one handle as a list of one."""
    return [value] if isinstance(value, str) else value


def _digest(value: object) -> int | None:
    return None if value == NEVER else weekday(value)


Handle = Annotated[
    str, BeforeValidator(_handle), Field(pattern=f"^{_HANDLE.pattern}$", examples=["@hub-triage"])
]
Handles = Annotated[
    Entries[Handle], BeforeValidator(_several, json_schema_input_type=Handle | list[Handle])
]
"""One user group, or several."""
DaysAhead = Annotated[int, whole(1, 90)]
"""Days before a turn."""
Digest = Annotated[
    int | None,
    BeforeValidator(_digest),
    WithJsonSchema(
        {"type": "string", "enum": [*WEEKDAYS, *(name[:3] for name in WEEKDAYS), NEVER]}
    ),
]
"""A weekday, Monday = 0; ``None`` for never."""


class SlackShape(Shape):
    """The team's chat."""

    channel: Annotated[Line, AfterValidator(_channel)] = Field(
        "", description="the team's own: for duties without a channel, and warnings"
    )
    digest: Digest = Field(0, description="the weekday of the weekly overview, or never")
    group: Handles = Field([], description="user groups of all who are on any duty")
