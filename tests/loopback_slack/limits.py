"""The limits of Block Kit, as Slack enforces them: what breaks one is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Problem = tuple[str, str]
"""A JSON pointer and a sentence."""

MESSAGE_BLOCKS, VIEW_BLOCKS, IN_ALL, TEXT = 50, 100, 13_200, 40_000

_TEXT_TYPES = {"plain_text", "mrkdwn"}


def message_problems(blocks: Any) -> list[Problem]:
    """What is wrong with the blocks of a message."""
    return [*_blocks(blocks, MESSAGE_BLOCKS)]


def view_problems(view: Any) -> list[Problem]:
    """What is wrong with a modal or a home tab."""
    return [*_view(view)]


def length(value: Any) -> int:
    """The characters of all strings within blocks."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(length(inner) for inner in value.values())
    return sum(length(inner) for inner in value) if isinstance(value, list) else 0


def _view(view: Any) -> Iterator[Problem]:
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        yield "/view/type", "must be modal or home"
        return
    if view["type"] == "modal":
        yield from _text(view.get("title"), 24, "/view/title", {"plain_text"})
        for key in ("submit", "close"):
            if key in view:
                yield from _text(view[key], 24, f"/view/{key}", {"plain_text"})
        asks = any(block.get("type") == "input" for block in view.get("blocks", []))
        if asks and "submit" not in view:
            yield "/view/submit", "is required where there are inputs"
    if len(view.get("private_metadata", "")) > 3000:
        yield "/view/private_metadata", "must be less than 3001 characters"
    if len(view.get("callback_id", "")) > 255:
        yield "/view/callback_id", "must be less than 256 characters"
    yield from _blocks(view.get("blocks"), VIEW_BLOCKS)


def _blocks(blocks: Any, most: int) -> Iterator[Problem]:
    if not isinstance(blocks, list):
        yield "/blocks", "must be an array"
        return
    if len(blocks) > most:
        yield "/blocks", f"no more than {most} items allowed"
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        at = f"/blocks/{number}"
        check = _CHECKS.get(block.get("type")) if isinstance(block, dict) else None
        if check is None:
            yield at, "unsupported type of block"
            continue
        name = block.get("block_id", "")
        if len(name) > 255 or (name and name in seen):
            yield f"{at}/block_id", "must be unique, and less than 256 characters"
        seen.add(name)
        yield from check(block, at)


def _text(text: Any, most: int, at: str, types: set[str] = _TEXT_TYPES) -> Iterator[Problem]:
    if not isinstance(text, dict) or text.get("type") not in types:
        yield at, f"must be text of the type {' or '.join(sorted(types))}"
        return
    said = text.get("text")
    if not isinstance(said, str) or not said:
        yield f"{at}/text", "must be more than 0 characters"
    elif len(said) > most:
        yield f"{at}/text", f"must be less than {most + 1} characters"


def _header(block: dict[str, Any], at: str) -> Iterator[Problem]:
    yield from _text(block.get("text"), 150, f"{at}/text", {"plain_text"})


def _divider(block: dict[str, Any], at: str) -> Iterator[Problem]:
    if set(block) - {"type", "block_id"}:
        yield at, "has additional properties"


def _section(block: dict[str, Any], at: str) -> Iterator[Problem]:
    if "text" not in block and "fields" not in block:
        yield at, "needs text or fields"
    if "text" in block:
        yield from _text(block["text"], 3000, f"{at}/text")
    if "fields" in block:
        if not 1 <= len(block["fields"]) <= 10:
            yield f"{at}/fields", "must have 1 to 10 items"
        for number, field in enumerate(block["fields"]):
            yield from _text(field, 2000, f"{at}/fields/{number}")
    if "accessory" in block:
        yield from _element(block["accessory"], f"{at}/accessory")


def _context(block: dict[str, Any], at: str) -> Iterator[Problem]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 10:
        yield f"{at}/elements", "must have 1 to 10 items"
    for number, element in enumerate(elements):
        if element.get("type") != "image":
            yield from _text(element, 3000, f"{at}/elements/{number}")


def _actions(block: dict[str, Any], at: str) -> Iterator[Problem]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 25:
        yield f"{at}/elements", "must have 1 to 25 items"
    names = [element.get("action_id", "") for element in elements]
    if len(set(names)) < len(names):
        yield f"{at}/elements", "action_id must be unique"
    for number, element in enumerate(elements):
        yield from _element(element, f"{at}/elements/{number}")


def _input(block: dict[str, Any], at: str) -> Iterator[Problem]:
    yield from _text(block.get("label"), 2000, f"{at}/label", {"plain_text"})
    if "hint" in block:
        yield from _text(block["hint"], 2000, f"{at}/hint", {"plain_text"})
    yield from _element(block.get("element"), f"{at}/element")


def _image(block: dict[str, Any], at: str) -> Iterator[Problem]:
    if not 1 <= len(block.get("alt_text", "")) <= 2000:
        yield f"{at}/alt_text", "must have 1 to 2000 characters"


_CHECKS: dict[Any, Callable[[dict[str, Any], str], Iterator[Problem]]] = {
    "header": _header,
    "divider": _divider,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
}


# ---------------------------------------------------------------------------------- elements


def _element(element: Any, at: str) -> Iterator[Problem]:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in _ELEMENTS:
        yield at, "unsupported type of element"
        return
    if not 1 <= len(element.get("action_id", "")) <= 255:
        yield f"{at}/action_id", "must have 1 to 255 characters"
    if kind == "button":
        yield from _button(element, at)
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, f"{at}/placeholder", {"plain_text"})
    if "confirm" in element:
        yield from _confirm(element["confirm"], f"{at}/confirm")
    if kind in _MOST_OPTIONS:
        yield from _options(element, _MOST_OPTIONS[kind], at)


_MOST_OPTIONS = {"static_select": 100, "overflow": 5, "radio_buttons": 10, "checkboxes": 10}
_ELEMENTS = {"button", "plain_text_input", "datepicker", "users_select", *_MOST_OPTIONS}


def _button(button: dict[str, Any], at: str) -> Iterator[Problem]:
    yield from _text(button.get("text"), 75, f"{at}/text", {"plain_text"})
    if len(button.get("value", "")) > 2000:
        yield f"{at}/value", "must be less than 2001 characters"
    if len(button.get("url", "")) > 3000:
        yield f"{at}/url", "must be less than 3001 characters"
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield f"{at}/style", "must be primary or danger"


def _confirm(confirm: dict[str, Any], at: str) -> Iterator[Problem]:
    yield from _text(confirm.get("title"), 100, f"{at}/title", {"plain_text"})
    yield from _text(confirm.get("text"), 300, f"{at}/text")
    yield from _text(confirm.get("confirm"), 30, f"{at}/confirm", {"plain_text"})
    yield from _text(confirm.get("deny"), 30, f"{at}/deny", {"plain_text"})


def _options(element: dict[str, Any], most: int, at: str) -> Iterator[Problem]:
    groups = element.get("option_groups")
    lists = [group.get("options", []) for group in groups] if groups else [element.get("options")]
    for options in lists:
        if not options or len(options) > most:
            yield f"{at}/options", f"must have 1 to {most} items"
            continue
        for number, option in enumerate(options):
            yield from _text(option.get("text"), 75, f"{at}/options/{number}/text")
            if not 1 <= len(option.get("value", "")) <= 150:
                yield f"{at}/options/{number}/value", "must have 1 to 150 characters"
            if "description" in option:
                place = f"{at}/options/{number}/description"
                yield from _text(option["description"], 75, place)
