"""Reads one YAML file into plain data that knows where each value stands.

The parser's events become a tree of nodes (``composer``), each with its place. Only then the plain
data is made, as a real tree: no two places share a list or a dict.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from scheduler.files.composer import DEFAULT_LIMITS, Composer, Limits
from scheduler.files.nodes import Mapping, Node, Position, Sequence, Text
from scheduler.files.plain_text import read_text
from scheduler.files.scalars import Scalar
from scheduler.files.syntax import NotYaml, events

Data: TypeAlias = dict[str, "Data"] | list["Data"] | Scalar
Loc: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Located:
    """The plain data of one file, and where each value of it stands.

    Keys are always text, exactly as they are written (`2027-01-04: x` has the key "2027-01-04").
    A `loc` is the path of keys and list indices to a value.
    """

    data: Data
    _root: Node = field(repr=False)

    def at(self, loc: Loc) -> Position:
        """Return line and column of the value, or of the nearest parent that exists."""
        return self._reached(loc)[0].position

    def at_key(self, loc: Loc) -> Position:
        """Return line and column of the key itself; of the value where there is no such key."""
        if loc:
            parent, steps = self._reached(loc[:-1])
            if steps == len(loc) - 1 and isinstance(parent, Mapping):
                entry = parent.entries.get(str(loc[-1]))
                return entry.key_position if entry else parent.position
        return self.at(loc)

    def written(self, loc: Loc) -> str | None:
        """Return a single value as it stands in the file, without quotes; None for the rest."""
        node, steps = self._reached(loc)
        return node.written if steps == len(loc) and isinstance(node, Text) else None

    def _reached(self, loc: Loc) -> tuple[Node, int]:
        """Follow the path as far as it goes, and return how many steps that was."""
        node = self._root
        for steps, step in enumerate(loc):
            match node:
                case Mapping() if str(step) in node.entries:
                    node = node.entries[str(step)].node
                case Sequence() if isinstance(step, int) and 0 <= step < len(node.items):
                    node = node.items[step]
                case _:
                    return node, steps
        return node, len(loc)


def read_yaml(path: Path, shown: str, limits: Limits = DEFAULT_LIMITS) -> Located:
    """Read the one YAML document in this file; `shown` is its name in sentences.

    Raises BadFiles with all the mistakes that can be told at once.
    """
    return parse_yaml(read_text(path, shown, limits.bytes), shown, limits)


def parse_yaml(text: str, shown: str, limits: Limits = DEFAULT_LIMITS) -> Located:
    """Like read_yaml, for text that read_text returned."""
    composer = Composer(shown, limits)
    try:
        for event in events(text):
            composer.take(event)
    except NotYaml as error:
        composer.give_up((error.line, error.column), error.sentence)
    root = composer.finished()
    return Located(_plain(root), root)


def _plain(node: Node) -> Data:
    """Make the data anew. The composer has bounded how deep and how large this becomes."""
    match node:
        case Mapping():
            return {key: _plain(entry.node) for key, entry in node.entries.items()}
        case Sequence():
            return [_plain(item) for item in node.items]
        case Text():
            return node.value
