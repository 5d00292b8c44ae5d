"""The nodes of a YAML file, each with its place; aliases share the node of their anchor."""

from dataclasses import dataclass, field
from typing import TypeAlias

from scheduler.files.scalars import Scalar

Position: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""

_CHARACTERS_A_UNIT = 100

# Children stay out of repr: through shared nodes a debugger would unfold a bomb after all.


@dataclass(slots=True)
class Text:
    """A single value: what it means, and as it is written, without quotes."""

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
class Entry:
    """A value under a key, and where the key stands."""

    key_position: Position
    node: "Node"


@dataclass(slots=True)
class Mapping:
    """Keys and values; ``size`` and ``height`` count as if every alias were written out."""

    position: Position
    entries: dict[str, Entry] = field(default_factory=dict, repr=False)
    size: int = 1
    height: int = 1
    open: bool = True


@dataclass(slots=True)
class Sequence:
    """A list; ``size`` and ``height`` count as if every alias were written out."""

    position: Position
    items: "list[Node]" = field(default_factory=list, repr=False)
    size: int = 1
    height: int = 1
    open: bool = True


Node: TypeAlias = Text | Mapping | Sequence
