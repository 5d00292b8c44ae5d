"""Goes on with what is right in a file after a mistake, so that all mistakes are told at once.

What is wrong is cut out, and what must not be missing is filled with a value that no later check
complains about. The result is only good for looking for more mistakes.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from scheduler.errors import Mistake
from scheduler.files.faults import Fault, faults_in
from scheduler.files.kinds import MISSING, UNKNOWN_KEY
from scheduler.files.located import Data, Loc, Located
from scheduler.files.shape import AtKey, examine
from scheduler.files.suggest import nearest_word
from scheduler.files.words import CUT

S = TypeVar("S", bound=BaseModel)

# One round finds all that is wrong in one layer; what a stand-in uncovers comes in the next.
_ROUNDS = 8


@dataclass(frozen=True)
class Salvaged(Generic[S]):
    """What could be saved of a file, its mistakes, and where something was cut out."""

    value: S | None
    mistakes: tuple[Mistake, ...] = ()
    cuts: frozenset[Loc] = frozenset()

    def damaged(self, *path: str | int) -> bool:
        """Whether something is missing at this path or below it."""
        return any(cut[: len(path)] == path for cut in self.cuts)

    def keys_cut(self, *path: str | int) -> set[str]:
        """The keys of the mapping at this path of which a part is missing."""
        size = len(path)
        return {str(cut[size]) for cut in self.cuts if cut[:size] == path and len(cut) > size}


def salvage(
    shape: type[S], located: Located, shown: str, stand_ins: Mapping[str, Data]
) -> Salvaged[S]:
    """Read the data as a value of this shape, as far as that goes.

    ``stand_ins`` are values for required keys, wherever in the file these stand.
    """
    data: Any = deepcopy(located.data)
    mistakes: list[Mistake] = []
    cuts: set[Loc] = set()
    for _ in range(_ROUNDS):
        faults = _uncovered(shape, data, cuts, stand_ins)
        # Places are those of the file as it stands, however much of its data is cut by now.
        value, found = examine(shape, replace(located, data=data), shown)
        mistakes += found
        if value is not None:
            return Salvaged(value, tuple(mistakes), frozenset(cuts))
        for fault in faults:
            cuts.add(_mend(data, fault, stand_ins))
    return Salvaged(None, tuple(mistakes))


def _uncovered(
    shape: type[BaseModel], data: Any, cuts: set[Loc], stand_ins: Mapping[str, Data]
) -> list[Fault]:
    """What is wrong now, after filling what is only missing because it was cut out."""
    while True:
        try:
            shape.model_validate(data)
        except ValidationError as error:
            faults = faults_in(error, data)
        else:
            return []
        ours = [fault for fault in faults if fault.kind in MISSING and _path(fault) in cuts]
        if not ours:
            return faults
        for fault in ours:
            cuts.add(_mend(data, fault, stand_ins))


def _mend(data: Any, fault: Fault, stand_ins: Mapping[str, Data]) -> Loc:
    """Cut the fault out, or put a stand-in there. Returns the place."""
    path = _path(fault)
    parent, step = _parent(data, path), path[-1] if path else ""
    if isinstance(parent, dict):
        key = str(step)
        if fault.kind in UNKNOWN_KEY:
            parent.pop(key, None)
            key = nearest_word(key, stand_ins) or key
            if key in stand_ins:
                parent.setdefault(key, deepcopy(stand_ins[key]))
            return (*path[:-1], key)
        if key in stand_ins and (key not in parent or not _at_key(fault)):
            parent[key] = deepcopy(stand_ins[key])
            return path
    if fault.kind in MISSING:
        return _put(data, path[:-1], stand_ins)
    _cut(data, path)
    return path


def _put(data: Any, path: Loc, stand_ins: Mapping[str, Data]) -> Loc:
    """Put a stand-in for a whole value, or cut it out where there is none."""
    parent, step = _parent(data, path), str(path[-1]) if path else ""
    if isinstance(parent, dict) and step in stand_ins:
        parent[step] = deepcopy(stand_ins[step])
    else:
        _cut(data, path)
    return path


def _at_key(fault: Fault) -> bool:
    return isinstance(fault.context.get("error"), AtKey)


def _path(fault: Fault) -> Loc:
    error = fault.context.get("error")
    if isinstance(error, AtKey):
        return (*fault.path, *error.path)
    return fault.path if fault.key is None else (*fault.path, fault.key)


def _parent(data: Any, path: Loc) -> Any:
    """The list or mapping around a place; None where it is cut out already."""
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _cut(data: Any, path: Loc) -> None:
    """Take out what stands at a path or, where nothing does, what is around it."""
    if not path:
        return
    parent, step = _parent(data, path), path[-1]
    if isinstance(parent, list) and isinstance(step, int) and step < len(parent):
        parent[step] = CUT
    elif isinstance(parent, dict) and step in parent:
        del parent[step]
    elif parent is not None and parent is not CUT:
        _cut(data, path[:-1])
