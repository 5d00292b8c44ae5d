"""A message, and what Slack would refuse of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Block = Mapping[str, Any]

MOST_BLOCKS = 50
MOST_IN_VIEW = 100
LONGEST_SECTION = 3000
LONGEST_HEADER = 150
LONGEST_BUTTON = 75
LONGEST_VALUE = 2000
LONGEST_TEXT = 3000
"""Of the plain text beside the blocks; Slack allows more, and shows it in a notification only."""
LONGEST_MESSAGE = 13_200
"""Characters in all blocks together, as Slack counts them before it answers `msg_too_long`."""
MOST_BUTTONS = 25
MOST_OPTIONS = 100


class UnfitMessage(ValueError):
    """A message that Slack would refuse. The builders in `blocks` never make one."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: ``text`` for notifications and screen readers, ``blocks`` for the eye."""

    text: str
    blocks: tuple[Block, ...]

    def to_json(self) -> dict[str, Any]:
        """The two arguments of `chat.postMessage` and `chat.update`."""
        return {"text": self.text, "blocks": list(self.blocks)}


def validate(message: Message) -> None:
    """Raises UnfitMessage with all that Slack would refuse."""
    found = [*_faults(message)]
    if found:
        raise UnfitMessage("; ".join(found))


def validate_view(view: Mapping[str, Any]) -> None:
    """The same for a modal or a home page."""
    blocks: Sequence[Block] = view["blocks"]
    found = [*_block_faults(blocks)]
    if not 1 <= len(blocks) <= MOST_IN_VIEW:
        found.append(f"{len(blocks)} blocks")
    if found:
        raise UnfitMessage("; ".join(found))


def size(blocks: Sequence[Block]) -> int:
    """Characters of all texts in blocks."""
    return sum(len(text) for block in blocks for _, text in _texts(block))


def _faults(message: Message) -> Iterator[str]:
    if not message.text.strip():
        yield "no text"
    if len(message.text) > LONGEST_TEXT:
        yield f"a text of {len(message.text)} characters"
    if len(message.blocks) > MOST_BLOCKS:
        yield f"{len(message.blocks)} blocks"
    if (whole := size(message.blocks)) > LONGEST_MESSAGE:
        yield f"{whole} characters in all"
    if "<!channel" in message.text or "<!here" in message.text or "<!everyone" in message.text:
        yield "a text that notifies a channel"
    yield from _block_faults(message.blocks)


def _block_faults(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        kind = block["type"]
        longest = LONGEST_HEADER if kind == "header" else LONGEST_SECTION
        for element, text in _texts(block):
            most = LONGEST_BUTTON if element in {"button", "option"} else longest
            if not 1 <= len(text) <= most:
                yield f"a {element} of {len(text)} characters"
            if "<!channel" in text or "<!here" in text or "<!everyone" in text:
                yield f"a {element} that notifies a channel"
        for element in block.get("elements", ()):
            if len(str(element.get("value", ""))) > LONGEST_VALUE:
                yield "a button's value that is too long"
        if kind == "actions" and not 1 <= len(block["elements"]) <= MOST_BUTTONS:
            yield f"{len(block['elements'])} buttons in a row"
        if kind == "context" and not 1 <= len(block["elements"]) <= 10:
            yield f"{len(block['elements'])} elements in a context"


def _texts(thing: Any, kind: str = "") -> Iterator[tuple[str, str]]:
    """Every text below a block, with the kind of element that shows it."""
    if isinstance(thing, Mapping):
        own = str(thing.get("type", kind or "option"))
        if own in {"plain_text", "mrkdwn"}:
            yield kind, str(thing["text"])
            return
        for key, value in thing.items():
            yield from _texts(value, "confirmation" if key == "confirm" else own)
    elif isinstance(thing, list | tuple):
        for entry in thing:
            yield from _texts(entry, "option" if kind.endswith("select") else kind)
