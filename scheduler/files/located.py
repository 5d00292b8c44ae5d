"""Reads one YAML file into plain data that knows where each value stands.

The parser's events become a tree of nodes, each with its place. An anchor's node is shared by
its aliases until the very end, and counts what it would grow to, so that an alias bomb is
refused before anything grows. Only then the plain data is made, as a real tree: no two places
share a list or a dict.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

import yaml

from scheduler.errors import BadFiles, Mistake
from scheduler.files.plain_text import code_point, first_invisible, read_text
from scheduler.files.scalars import Scalar, unquoted
from scheduler.files.suggest import quoted
from scheduler.files.syntax import NotYaml, events, place

Data: TypeAlias = dict[str, "Data"] | list["Data"] | Scalar
Loc: TypeAlias = tuple[str | int, ...]
Position: TypeAlias = tuple[int, int]

# A longer list helps nobody, and a hostile file could make it very long.
MOST_MISTAKES = 100
_CHARACTERS_A_UNIT = 100


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


# ------------------------------------------------------------------------------------- the tree

# Children stay out of repr: through shared nodes a debugger would unfold a bomb after all.


@dataclass(slots=True)
class _Text:
    position: Position
    value: Scalar
    written: str
    plain: bool = False
    """Without quotes: only then `<<` is a merge key."""

    @property
    def size(self) -> int:
        return 1 + len(self.written) // _CHARACTERS_A_UNIT

    @property
    def height(self) -> int:
        return 0


@dataclass(slots=True)
class _Entry:
    key_position: Position
    node: "_Node"


@dataclass(slots=True)
class _Mapping:
    position: Position
    entries: dict[str, _Entry] = field(default_factory=dict, repr=False)
    size: int = 1
    height: int = 1
    open: bool = True


@dataclass(slots=True)
class _Sequence:
    position: Position
    items: "list[_Node]" = field(default_factory=list, repr=False)
    size: int = 1
    height: int = 1
    open: bool = True


_Node: TypeAlias = _Text | _Mapping | _Sequence


@dataclass(frozen=True)
class Located:
    """The plain data of one file, and where each value of it stands.

    Keys are always text, exactly as they are written (`2027-01-04: x` has the key "2027-01-04").
    A `loc` is the path of keys and list indices to a value.
    """

    data: Data
    _root: _Node = field(repr=False)

    def at(self, loc: Loc) -> Position:
        """Return line and column of the value, or of the nearest parent that exists."""
        return self._reached(loc)[0].position

    def at_key(self, loc: Loc) -> Position:
        """Return line and column of the key itself; of the value where there is no such key."""
        if loc:
            parent, steps = self._reached(loc[:-1])
            if steps == len(loc) - 1 and isinstance(parent, _Mapping):
                entry = parent.entries.get(str(loc[-1]))
                return entry.key_position if entry else parent.position
        return self.at(loc)

    def written(self, loc: Loc) -> str | None:
        """Return a single value as it stands in the file, without quotes; None for the rest."""
        node, steps = self._reached(loc)
        return node.written if steps == len(loc) and isinstance(node, _Text) else None

    def _reached(self, loc: Loc) -> tuple[_Node, int]:
        """Follow the path as far as it goes, and return how many steps that was."""
        node = self._root
        for steps, step in enumerate(loc):
            match node:
                case _Mapping() if str(step) in node.entries:
                    node = node.entries[str(step)].node
                case _Sequence() if isinstance(step, int) and 0 <= step < len(node.items):
                    node = node.items[step]
                case _:
                    return node, steps
        return node, len(loc)


# ---------------------------------------------------------------------------------- the reading


def read_yaml(path: Path, shown: str, limits: Limits = DEFAULT_LIMITS) -> Located:
    """Read the one YAML document in this file; `shown` is its name in sentences.

    Raises BadFiles with all the mistakes that can be told at once.
    """
    return parse_yaml(read_text(path, shown, limits.bytes), shown, limits)


def parse_yaml(text: str, shown: str, limits: Limits = DEFAULT_LIMITS) -> Located:
    """Like read_yaml, for text that read_text returned."""
    composer = _Composer(shown, limits)
    try:
        for event in events(text):
            composer.take(event)
    except NotYaml as error:
        composer.give_up((error.line, error.column), error.sentence)
    root = composer.finished()
    return Located(_plain(root), root)


def _plain(node: _Node) -> Data:
    """Make the data anew. The composer has bounded how deep and how large this becomes."""
    match node:
        case _Mapping():
            return {key: _plain(entry.node) for key, entry in node.entries.items()}
        case _Sequence():
            return [_plain(item) for item in node.items]
        case _Text():
            return node.value


@dataclass(slots=True)
class _Level:
    """A list or a mapping that is being read."""

    node: _Mapping | _Sequence
    key: _Text | None = None
    merged: list[_Mapping] = field(default_factory=list)
    merge_line: int = 0


class _Composer:
    """Builds the tree from the parser's events, and collects mistakes on the way."""

    def __init__(self, shown: str, limits: Limits) -> None:
        self._shown = shown
        self._limits = limits
        self._mistakes: list[Mistake] = []
        self._anchors: dict[str, _Node] = {}
        self._levels: list[_Level] = []
        self._root: _Node | None = None
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

    def finished(self) -> _Node:
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
                self._enter(_Mapping(position), event.anchor)
            case yaml.SequenceStartEvent():
                self._check_tag(event.tag, ("seq",), position)
                self._enter(_Sequence(position), event.anchor)
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
        node = _Text(position, self._meaning(event, position), event.value, _is_plain(event))
        self._name(event.anchor, node)
        self._add(node)

    def _meaning(self, event: yaml.ScalarEvent, position: Position) -> Scalar:
        value: Scalar = event.value
        as_text = event.tag in ("!", _STANDARD_TAG + "str")
        if _is_plain(event) and not as_text:
            try:
                value = unquoted(event.value)
            except ValueError:
                sentence = (
                    f"{event.value} is no date of any calendar; correct it, or put it in quotes"
                    " if it is a text"
                )
                self.report(position, sentence)
        if not as_text and self._check_tag(event.tag, tuple(_TAGS_OF_VALUES), position):
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

    def _enter(self, node: _Mapping | _Sequence, anchor: str | None) -> None:
        if len(self._levels) >= self._limits.depth:
            self._give_up_too_deep(node.position)
        self._name(anchor, node)
        self._levels.append(_Level(node))

    def _leave(self) -> None:
        level = self._levels.pop()
        node = level.node
        if isinstance(node, _Mapping):
            # Of two merged mappings the first counts, and what is written here before both.
            for merged in level.merged:
                for key, entry in merged.entries.items():
                    node.entries.setdefault(key, entry)
            children: Iterable[_Node] = (entry.node for entry in node.entries.values())
        else:
            children = node.items
        for child in children:
            node.size += child.size
            node.height = max(node.height, 1 + child.height)
        node.open = False
        self._add(node)

    # -- anchors and aliases

    def _name(self, anchor: str | None, node: _Node) -> None:
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
        nothing = _Mapping(position, open=False)
        if target is None:
            name = quoted("*" + anchor)
            sentence = f"there is no anchor &{anchor} above; define it, or put {name} in quotes"
            self.report(position, sentence)
            self._add(nothing)
        elif not isinstance(target, _Text) and target.open:
            # Anchors are named before their aliases, so that every cycle is met here.
            line = target.position[0]
            sentence = f"*{anchor} is inside itself: it began in line {line}; write the value out"
            self.report(position, sentence)
            self._add(nothing)
        else:
            self._check_growth(target, position)
            self._add(replace(target, position=position))

    def _check_growth(self, target: _Node, position: Position) -> None:
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

    def _add(self, node: _Node) -> None:
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
        if isinstance(level.node, _Sequence):
            level.node.items.append(node)
        elif level.key is None:
            level.key = self._as_key(node)
        else:
            key, level.key = level.key, None
            self._add_entry(level, level.node, key, node)

    def _as_key(self, node: _Node) -> _Text:
        if isinstance(node, _Text):
            return node
        self.report(node.position, "a list or mapping cannot be a key; write plain text as the key")
        return _Text(node.position, None, f"\0 key in {node.position}")

    def _add_entry(self, level: _Level, mapping: _Mapping, key: _Text, node: _Node) -> None:
        if key.plain and key.written == "<<":
            self._merge(level, key, node)
            return
        first = mapping.entries.get(key.written)
        if first is not None:
            self._report_twice(key, first.key_position[0])
            return
        mapping.entries[key.written] = _Entry(key.position, node)

    def _report_twice(self, key: _Text, first_line: int) -> None:
        line = key.position[0]
        sentence = (
            f"{quoted(key.written)} is written twice, in line {first_line} and in line {line};"
            " keep one of them"
        )
        self.report(key.position, sentence)

    def _merge(self, level: _Level, key: _Text, node: _Node) -> None:
        if level.merge_line:
            line = key.position[0]
            sentence = (
                f'"<<" is written twice, in line {level.merge_line} and in line {line};'
                " write one <<: [*first, *second]"
            )
            self.report(key.position, sentence)
        level.merge_line = key.position[0]
        for part in node.items if isinstance(node, _Sequence) else [node]:
            if isinstance(part, _Mapping):
                level.merged.append(part)
            else:
                sentence = '"<<" merges mappings; write an alias such as *name after it'
                self.report(part.position, sentence)


_STANDARD_TAG = "tag:yaml.org,2002:"
_TAGS_OF_VALUES: dict[str, type] = {
    "int": int,
    "float": float,
    "bool": bool,
    "null": type(None),
    "timestamp": date,
}


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return not event.style  # None from the parser in Python, "" from the one in C


def _says_nothing(node: _Node) -> bool:
    return isinstance(node, _Text) and node.plain and node.written == ""
