"""One file of a roster, read as far as it can be, with the places of what was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from scheduler.errors import BadFiles, Mistake, Severity
from scheduler.files.located import Data, Loc, Located, read_yaml
from scheduler.files.repair import Salvaged, salvage

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True)
class Part(Generic[S]):
    """A file: its name as it is shown, its data with their places, and what it says."""

    shown: str
    located: Located | None
    """``None`` where there is no file, or none that is YAML."""
    salvaged: Salvaged[S]

    @property
    def value(self) -> S | None:
        return self.salvaged.value

    @property
    def data(self) -> Data:
        """The plain data; ``None`` where there are none."""
        return self.located.data if self.located else None

    def mistake(self, loc: Loc, sentence: str, severity: Severity = "error") -> Mistake:
        """A mistake about the value at a path."""
        line, column = self.located.at(loc) if self.located else (1, 1)
        return Mistake(self.shown, line, column, sentence, severity)

    def key_mistake(self, loc: Loc, sentence: str, severity: Severity = "error") -> Mistake:
        """A mistake about the key at the end of a path."""
        line, column = self.located.at_key(loc) if self.located else (1, 1)
        return Mistake(self.shown, line, column, sentence, severity)

    def line(self, loc: Loc) -> int:
        """The line of the value at a path."""
        return self.located.at(loc)[0] if self.located else 1

    def ids(self, key: str) -> list[tuple[int, str]]:
        """The ids of a list of mappings, each with its index, wrong entries included."""
        entries = self.data.get(key) if isinstance(self.data, dict) else None
        return [
            (index, str(entry["id"]))
            for index, entry in enumerate(entries if isinstance(entries, list) else [])
            if isinstance(entry, dict) and isinstance(entry.get("id"), str | int)
        ]


def read_part(
    folder: Path, name: str, shape: type[S], stand_ins: Mapping[str, Data], *, absent: str = ""
) -> Part[S]:
    """Read one file of a roster folder; its mistakes are in what is returned.

    ``absent`` is what to say where there is no such file; without it an absent file says nothing.
    """
    path = folder / name
    shown = str(path)
    if not path.exists():
        mistakes = (Mistake(shown, 1, 1, absent),) if absent else ()
        return Part(shown, None, Salvaged(None if absent else shape(), mistakes))
    try:
        located = read_yaml(path, shown)
    except BadFiles as bad:
        return Part(shown, None, Salvaged(None, bad.mistakes))
    return Part(shown, located, salvage(shape, located, shown, stand_ins))
