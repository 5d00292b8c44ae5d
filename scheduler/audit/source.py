"""Files as nodes that know their place.

Every word stays text until a reader says what it means, so that `on`, `no` and `16:00` are what
somebody wrote and not what YAML 1.1 makes of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from scheduler.errors import BadFiles, Mistake

MOST_BYTES = 64_000_000
MOST_NODES = 2_000_000
"""Aliases count each time they are used: a small file must not unfold without end."""
MOST_DEPTH = 100
MOST_SAID = 300
"""Characters of a sentence that quotes a file."""

# In C it is twenty times as fast; not every platform has it.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Node:
    """A word, a list or a mapping, with its place. ``None`` stands for nothing written."""

    value: str | list[Node] | dict[str, Node] | None
    file: str
    line: int = 1
    column: int = 1

    def __bool__(self) -> bool:
        return self.value is not None

    def __getitem__(self, key: str) -> Node:
        """What a mapping says under a key; a node of nothing where it says nothing."""
        return self.fields().get(key) or Node(None, self.file, self.line, self.column)

    def wrong(self, sentence: str) -> BadFiles:
        """The error that this node is worth."""
        shown = sentence if len(sentence) <= MOST_SAID else f"{sentence[:MOST_SAID]} ..."
        return BadFiles([Mistake(self.file, self.line, self.column, printable(shown))])

    def fields(self) -> dict[str, Node]:
        """The entries of a mapping; none where nothing is written. Raises BadFiles."""
        if self.value is None:
            return {}
        if not isinstance(self.value, dict):
            raise self.wrong('expected lines of "key: value" here')
        return self.value

    def entries(self) -> list[Node]:
        """The entries of a list; none where nothing is written. Raises BadFiles."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise self.wrong("expected a list here")
        return self.value

    def text(self, default: str = "") -> str:
        """The word; the default where nothing is written. Raises BadFiles."""
        if self.value is None:
            return default
        if not isinstance(self.value, str):
            raise self.wrong("expected one word or line of text here")
        return self.value

    def need(self, key: str) -> Node:
        """What a mapping says under a key that it must have. Raises BadFiles."""
        node = self[key]
        if not node:
            raise self.wrong(f'"{key}" is missing here')
        return node


def printable(text: str) -> str:
    """The text without what could upset a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def read_text(path: Path) -> str:
    """The text of a file. Raises BadFiles where it cannot be read or is not UTF-8."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable(path, "the file is too large to be a rotation or a roster")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise _unreadable(path, "there is no such file") from error
    except (OSError, ValueError) as error:
        what = "it is not UTF-8 text" if isinstance(error, UnicodeError) else str(error)
        raise _unreadable(path, f"the file cannot be read: {what}") from error


def read_yaml(path: Path) -> Node:
    """The content of a YAML file. Raises BadFiles."""
    text, file = read_text(path), str(path)
    try:
        return _Events(text, file).document()
    except yaml.MarkedYAMLError as error:
        raise BadFiles([_conflict(text, file) or _not_yaml(error, file)]) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise _unreadable(path, "this is not YAML: it holds a character that may not be") from error
    except RecursionError as error:
        raise _unreadable(path, "the file is nested too deeply") from error


def _conflict(text: str, file: str) -> Mistake | None:
    """Where git left two edits side by side."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("<<<<<<< "):
            return Mistake(file, number, 1, "git could not merge two edits here; settle them first")
    return None


def _not_yaml(error: yaml.MarkedYAMLError, file: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Mistake(file, line, column, f"this is not YAML: {error.problem or error.context}")


def read_json(path: Path) -> Node:
    """The content of a JSON file. Raises BadFiles."""
    text = read_text(path)
    try:
        return _from_json(json.loads(text, parse_int=str, parse_float=str), str(path))
    except json.JSONDecodeError as error:
        place = Mistake(str(path), error.lineno, error.colno, f"this is not JSON: {error.msg}")
        raise BadFiles([place]) from error
    except RecursionError as error:
        raise _unreadable(path, "the file is nested too deeply") from error


def _unreadable(path: Path, sentence: str) -> BadFiles:
    return BadFiles([Mistake(str(path), 1, 1, sentence)])


def _from_json(value: Any, file: str) -> Node:
    if isinstance(value, dict):
        return Node({key: _from_json(entry, file) for key, entry in value.items()}, file)
    if isinstance(value, list):
        return Node([_from_json(entry, file) for entry in value], file)
    if isinstance(value, bool):
        return Node(str(value).lower(), file)
    return Node(None if value is None else str(value), file)


class _Events:
    """Builds nodes from YAML's events, and stops where a file is too deep or unfolds without end:
    the parser in C falls over the first, and aliases of aliases grow beyond all memory."""

    def __init__(self, text: str, file: str) -> None:
        self._events = iter(yaml.parse(text, Loader=_LOADER))
        self._file = file
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def document(self) -> Node:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                found = self._node(next(self._events), 0)
                next(self._events)
                after = next(self._events)
                if isinstance(after, yaml.DocumentStartEvent):
                    raise self._empty(after).wrong("a second document starts here; one is enough")
                return found
        return Node(None, self._file)

    def _node(self, event: Any, depth: int) -> Node:
        empty, before = self._empty(event), self._count
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise empty.wrong(f'"*{event.anchor}" points to nothing that is complete')
            found, size = self._anchors[event.anchor]
            self._count += size
        else:
            found = replace(empty, value=self._value(event, depth))
            self._count += 1
            if event.anchor is not None:
                self._anchors[event.anchor] = found, self._count - before
        if depth > MOST_DEPTH or self._count > MOST_NODES:
            raise empty.wrong("the file is nested too deeply or unfolds without end")
        return found

    def _value(self, event: Any, depth: int) -> str | list[Node] | dict[str, Node] | None:
        if depth > MOST_DEPTH:
            return None
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._node(entry, depth + 1) for entry in self._until(yaml.SequenceEndEvent)]
        nothing = not event.style and event.value in _NOTHING
        return None if nothing else str(event.value)

    def _mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        merged: list[Node] = []
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if key.text() in found:
                raise key.wrong(f'"{key.text()}" is here twice')
            said = self._node(next(self._events), depth + 1)
            is_plain = isinstance(event, yaml.ScalarEvent) and not event.style
            if key.text() == "<<" and is_plain:
                merged += said.value if isinstance(said.value, list) else [said]
            else:
                found[key.text()] = said
        # Of two merged mappings the first counts, and what is written here before both.
        for node in merged:
            found = {**node.fields(), **found}
        return found

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        return iter(lambda: self._next_or_none(end), None)

    def _next_or_none(self, end: type[yaml.Event]) -> yaml.Event | None:
        event = next(self._events)
        return None if isinstance(event, end) else event

    def _empty(self, event: Any) -> Node:
        return Node(None, self._file, event.start_mark.line + 1, event.start_mark.column + 1)
