"""Blocks within Slack's limits: what does not fit is cut, and the reader is told so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scheduler.messages.message import (
    LONGEST_BUTTON,
    LONGEST_HEADER,
    LONGEST_MESSAGE,
    LONGEST_SECTION,
    LONGEST_TEXT,
    LONGEST_VALUE,
    MOST_BLOCKS,
    Block,
    Message,
    size,
)
from scheduler.messages.text import cut, line, link

ROOM = LONGEST_MESSAGE - 1_200
"""Characters for the lines of a message; the rest is for its header and its buttons."""


def message(text: str, *blocks: Block) -> Message:
    """A message of blocks that are within their limits; the last ones go where there are too many.

    ``text`` is shown in notifications: formatted text, cut where it is too long.
    """
    kept = list(blocks)
    while len(kept) > MOST_BLOCKS or size(kept) > LONGEST_MESSAGE:
        kept.pop()
    return Message(cut(text, LONGEST_TEXT).strip() or "–", tuple(kept))


def header(text: str) -> Block:
    """A heading, from plain words."""
    return {"type": "header", "text": plain(text, LONGEST_HEADER)}


def section(text: str) -> Block:
    """A paragraph of formatted text that is known to be short."""
    return {"type": "section", "text": mrkdwn(text)}


def context(text: str) -> Block:
    """A small grey line below the rest."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def paragraphs(lines: Iterable[str], room: int = ROOM) -> tuple[Block, ...]:
    """Lines of formatted text in as many sections as they need, at most ``room`` characters.

    Lines that no longer fit are counted: "… and 12 more".
    """
    kept, left = _fitting([cut(entry, LONGEST_SECTION - 100) for entry in lines], room)
    if left:
        kept.append(f"_… and {left} more_")
    return tuple(section(text) for text in _filled(kept))


def _fitting(lines: Sequence[str], room: int) -> tuple[list[str], int]:
    for index, entry in enumerate(lines):
        room -= len(entry) + 1
        if room < 0:
            return list(lines[:index]), len(lines) - index
    return list(lines), 0


def _filled(lines: Sequence[str]) -> Iterator[str]:
    text = ""
    for entry in lines:
        if text and len(text) + 1 + len(entry) > LONGEST_SECTION:
            yield text
            text = ""
        text = f"{text}\n{entry}" if text else entry
    if text.strip():
        yield text


def actions(*buttons: Block | None) -> Block:
    """Buttons in a row; those that are ``None`` are left out."""
    return {"type": "actions", "elements": [button for button in buttons if button is not None]}


def button(label: str, action: str, value: str, style: str = "") -> Block:
    """A button that sends an action and a value back. ``style``: ``primary`` or ``danger``.

    Raises:
        ValueError: the value is longer than Slack carries.
    """
    if len(value) > LONGEST_VALUE:
        raise ValueError(f"a button carries at most {LONGEST_VALUE} characters")
    made: dict[str, Any] = {
        "type": "button",
        "text": plain(label, LONGEST_BUTTON),
        "action_id": action,
        "value": value,
    }
    return {**made, "style": style} if style else made


def link_button(label: str, action: str, address: str) -> Block | None:
    """A button that opens a web address; ``None`` where the text is none."""
    target = link(address)
    if not target:
        return None
    return {
        "type": "button",
        "text": plain(label, LONGEST_BUTTON),
        "action_id": action,
        "url": target,
    }


def confirm(button: Block, title: str, text: str, yes: str, no: str) -> Block:
    """A button that asks once more before it acts."""
    asked = {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }
    return {**button, "confirm": asked}


def mrkdwn(text: str) -> Block:
    """Formatted text, never empty."""
    return {"type": "mrkdwn", "text": cut(text, LONGEST_SECTION) or "–"}


def plain(text: str, most: int) -> Block:
    """Plain words; what Slack would read as a mention is spelled out, and a text is never empty."""
    kept = line(text, most)
    while len(spelled := _spelled(kept)) > most:
        kept = cut(kept, len(kept) - 1)
    return {"type": "plain_text", "text": spelled or "–", "emoji": True}


def _spelled(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
