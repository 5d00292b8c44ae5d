"""Builds the tree of one YAML file from the parser's events, and collects mistakes on the way.

An anchor's node is shared by its aliases, and counts what it would grow to, so that an alias bomb
is refused before anything grows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NoReturn

import yaml

from scheduler.errors import BadFiles, Mistake
from scheduler.files.nodes import Entry, Mapping, Node, Position, Sequence, Text
from scheduler.files.plain_text import code_point, first_invisible
from scheduler.files.scalars import Scalar, unquoted
from scheduler.files.suggest import quoted
from scheduler.files.syntax import place

# A longer list helps nobody, and a hostile file could make it very long.
MOST_MISTAKES = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask of us."""

    bytes: int = 4 * 1024 * 1024
    depth: int = 60
    """Of lists and keys inside one another, aliases followed."""
    values: int = 500_000
    """Keys count too. Without this bound 4 MiB of `[a,a,a` would need a gigabyte."""
    copies: int = 100_000
    """Values that aliases and merge keys may add to those written in the file."""


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class _Level:
    """A list or a mapping that is being read."""

    node: Mapping | Sequence
    key: Text | None = None
    merged: list[Mapping] = field(default_factory=list)
    merge_line: int = 0


class Composer:
    """Builds the tree from the parser's events, and collects mistakes on the way."""

    def __init__(self, shown: str, limits: Limits) -> None:
        self._shown = shown
        self._limits = limits
        self._mistakes: list[Mistake] = []
        self._anchors: dict[str, Node] = {}
        self._levels: list[_Level] = []
        self._root: Node | None = None
        self._values = 0
        self._copies = 0

    # -- mistakes

    def report(self, position: Position, sentence: str) -> None:
        """Note a mistake and go on. Raises BadFiles when there are too many of them."""
        self._mistakes.append(Mistake(self._shown, *position, sentence))
        if len(self._mistakes) >= MOST_MISTAKES:
            self.give_up(position, "after so many mistakes reading stops here; correct these first")

    def give_up(self, position: Position, sentence: str) -> NoReturn:
        """Raise BadFiles with all the mistakes so far, this one included."""
        raise BadFiles([*self._mistakes, Mistake(self._shown, *position, sentence)])

    def finished(self) -> Node:
        """Return the root. Raises BadFiles if there is none, or if there were mistakes."""
        if self._root is None or _says_nothing(self._root):
            sentence = "this file is empty; write something into it or delete it"
            self.give_up(self._root.position if self._root else (1, 1), sentence)
        if self._mistakes:
            raise BadFiles(self._mistakes)
        return self._root

    # -- events

    def take(self, event: yaml.Event) -> None:
        """Take the next event. Raises BadFiles where going on is useless or dangerous."""
        position = place(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                self._take_text(event, position)
            case yaml.AliasEvent():
                self._take_alias(event.anchor or "", position)
            case yaml.MappingStartEvent():
                self._check_tag(event.tag, ("map",), position)
                self._enter(Mapping(position), event.anchor)
            case yaml.SequenceStartEvent():
                self._check_tag(event.tag, ("seq",), position)
                self._enter(Sequence(position), event.anchor)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._leave()
            case yaml.DocumentStartEvent() if self._root is not None:
                sentence = (
                    'a second document starts here; delete the line "---" or move what follows'
                    " into a file of its own"
                )
                self.give_up(position, sentence)

    def _take_text(self, event: yaml.ScalarEvent, position: Position) -> None:
        character = first_invisible(event.value)
        if character is not None:
            escape = f"this text holds an invisible character ({code_point(character)}); delete it"
            self.report(position, escape)
        node = Text(position, self._meaning(event, position), event.value, _is_plain(event))
        self._name(event.anchor, node)
        self._add(node)

    def _meaning(self, event: yaml.ScalarEvent, position: Position) -> Scalar:
        value: Scalar = event.value
        as_text = event.tag in _TAGS_OF_TEXT
        if _is_plain(event) and not as_text:
            try:
                value = unquoted(event.value)
            except ValueError:
                sentence = (
                    f"{event.value} is no date of any calendar; correct it, or put it in quotes"
                    " if it is a text"
                )
                self.report(position, sentence)
        # Hardly any value has a tag, and a large file has hundreds of thousands of values.
        if event.tag is None or as_text:
            return value
        if self._check_tag(event.tag, tuple(_TAGS_OF_VALUES), position):
            self._check_meaning(event.tag, value, position)
        return value

    def _check_meaning(self, tag: str | None, value: Scalar, position: Position) -> None:
        """A tag says what a value is; it does not make it so."""
        kind = _TAGS_OF_VALUES.get((tag or "").removeprefix(_STANDARD_TAG))
        if kind is not None and type(value) is not kind:
            name = (tag or "").removeprefix(_STANDARD_TAG)
            self.report(position, f"this is not what !!{name} says; delete !!{name}")

    def _check_tag(self, tag: str | None, known: tuple[str, ...], position: Position) -> bool:
        if tag in (None, "!") or tag in (_STANDARD_TAG + name for name in known):
            return True
        name = tag.replace(_STANDARD_TAG, "!!", 1)
        self.report(position, f"the tag {quoted(name)} is not known here; delete it")
        return False

    def _enter(self, node: Mapping | Sequence, anchor: str | None) -> None:
        if len(self._levels) >= self._limits.depth:
            self._give_up_too_deep(node.position)
        self._name(anchor, node)
        self._levels.append(_Level(node))

    def _leave(self) -> None:
        level = self._levels.pop()
        node = level.node
        if isinstance(node, Mapping):
            # Of two merged mappings the first counts, and what is written here before both.
            for merged in level.merged:
                for key, entry in merged.entries.items():
                    node.entries.setdefault(key, entry)
            children: Iterable[Node] = (entry.node for entry in node.entries.values())
        else:
            children = node.items
        for child in children:
            node.size += child.size
            node.height = max(node.height, 1 + child.height)
        node.open = False
        self._add(node)

    # -- anchors and aliases

    def _name(self, anchor: str | None, node: Node) -> None:
        if anchor is None:
            return
        if anchor in self._anchors:
            line = self._anchors[anchor].position[0]
            sentence = f"the anchor &{anchor} is already in line {line}; give this one another name"
            self.report(node.position, sentence)
        self._anchors[anchor] = node

    def _take_alias(self, anchor: str, position: Position) -> None:
        target = self._anchors.get(anchor)
        # An empty mapping may stand anywhere a value may, also after a merge key.
        nothing = Mapping(position, open=False)
        if target is None:
            name = quoted("*" + anchor)
            sentence = f"there is no anchor &{anchor} above; define it, or put {name} in quotes"
            self.report(position, sentence)
            self._add(nothing)
        elif not isinstance(target, Text) and target.open:
            # Anchors are named before their aliases, so that every cycle is met here.
            line = target.position[0]
            sentence = f"*{anchor} is inside itself: it began in line {line}; write the value out"
            self.report(position, sentence)
            self._add(nothing)
        else:
            self._check_growth(target, position)
            self._add(replace(target, position=position))

    def _check_growth(self, target: Node, position: Position) -> None:
        self._copies += target.size
        if self._copies > self._limits.copies:
            sentence = (
                f"up to here aliases repeat more than {self._limits.copies:,} values; write fewer"
                " aliases"
            )
            self.give_up(position, sentence)
        if len(self._levels) + target.height > self._limits.depth:
            self._give_up_too_deep(position)

    def _give_up_too_deep(self, position: Position) -> NoReturn:
        sentence = (
            f"more than {self._limits.depth} lists or keys are inside one another here; make it"
            " flatter"
        )
        self.give_up(position, sentence)

    # -- keys and values

    def _add(self, node: Node) -> None:
        self._values += 1
        if self._values > self._limits.values:
            sentence = (
                f"this file holds more than {self._limits.values:,} keys and values; split it"
            )
            self.give_up(node.position, sentence)
        if not self._levels:
            self._root = node
            return
        level = self._levels[-1]
        if isinstance(level.node, Sequence):
            level.node.items.append(node)
        elif level.key is None:
            level.key = self._as_key(node)
        else:
            key, level.key = level.key, None
            self._add_entry(level, level.node, key, node)

    def _as_key(self, node: Node) -> Text:
        if isinstance(node, Text):
            return node
        self.report(node.position, "a list or mapping cannot be a key; write plain text as the key")
        return Text(node.position, None, f"\0 key in {node.position}")

    def _add_entry(self, level: _Level, mapping: Mapping, key: Text, node: Node) -> None:
        if key.plain and key.written == "<<":
            self._merge(level, key, node)
            return
        first = mapping.entries.get(key.written)
        if first is not None:
            self._report_twice(key, first.key_position[0])
            return
        mapping.entries[key.written] = Entry(key.position, node)

    def _report_twice(self, key: Text, first_line: int) -> None:
        line = key.position[0]
        sentence = (
            f"{quoted(key.written)} is written twice, in line {first_line} and in line {line};"
            " keep one of them"
        )
        self.report(key.position, sentence)

    def _merge(self, level: _Level, key: Text, node: Node) -> None:
        if level.merge_line:
            line = key.position[0]
            sentence = (
                f'"<<" is written twice, in line {level.merge_line} and in line {line};'
                " write one <<: [*first, *second]"
            )
            self.report(key.position, sentence)
        level.merge_line = key.position[0]
        for part in node.items if isinstance(node, Sequence) else [node]:
            if isinstance(part, Mapping):
                level.merged.append(part)
            else:
                sentence = '"<<" merges mappings; write an alias such as *name after it'
                self.report(part.position, sentence)


_STANDARD_TAG = "tag:yaml.org,2002:"
_TAGS_OF_TEXT = ("!", _STANDARD_TAG + "str")
_TAGS_OF_VALUES: dict[str, type] = {
    "int": int,
    "float": float,
    "bool": bool,
    "null": type(None),
    "timestamp": date,
}


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return not event.style  # None from the parser in Python, "" from the one in C


def _says_nothing(node: Node) -> bool:
    return isinstance(node, Text) and node.plain and node.written == ""
