"""What is said to the person: reports on standard output, all else on standard error."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

WIDEST = 100
"""Lines that are longer than this are tiring to read, however wide the terminal is."""


def console(*, stderr: bool = False) -> Console:
    """A terminal that shows text as it is: no markup, no emoji codes, no guessing of colours."""
    screen = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if screen.width > WIDEST:
        screen.width = WIDEST
    return screen


def show(*parts: RenderableType) -> None:
    """Print a report, part by part."""
    screen = console()
    for part in parts:
        screen.print(part)


def say(line: str = "", *, style: str = "") -> None:
    """Print a line, wrapped between words."""
    console().print(Text(line, style=style))


def heading(line: str) -> None:
    """Print a line that names a place: in bold, and never wrapped."""
    console().print(Text(line, style="bold"), soft_wrap=True)


def copyable(line: str) -> None:
    """Print a command to copy: never wrapped."""
    console().print(Text(f"  {line}"), soft_wrap=True)


def as_json(value: Any) -> None:
    """Print plain data as JSON."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def raw(text: str) -> None:
    """Print text for another program, to the letter."""
    sys.stdout.write(text)


def complain(text: str) -> None:
    """Print an error or a warning as plain lines, so that editors find file:line:column."""
    sys.stderr.write(f"{text}\n")


def warn(sentences: Iterable[str]) -> None:
    """Print warnings, each a line."""
    for sentence in sentences:
        complain(f"warning: {sentence}")
