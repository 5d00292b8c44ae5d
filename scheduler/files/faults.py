"""pydantic's errors, with their true place in the data, and one branch of each union only.

In pydantic's locations the names of union branches stand between the keys, and a value that
fits no branch yields the errors of all of them. A person wants to hear of the branch that they
had in mind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.files.kinds import MISSING, UNKNOWN_KEY, WHOLE_VALUE_IS_OTHER
from scheduler.files.located import Data, Loc
from scheduler.files.suggest import nearest_word

UNION = "union"
"""The kind of a fault that stands for several branches, none of them closer than another."""

_KEY_MARK = "[key]"
# Readings double with each step, and real shapes are less deep than this.
_LONGEST_READ_BOTH_WAYS = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of pydantic, or several branches' errors in one."""

    kind: str
    path: Loc
    """Keys and indices that exist in the data; for a missing key those of its parent."""
    key: str | int | None
    """The key that is missing."""
    on_key: bool
    """The key at the end of the path is wrong, not its value."""
    loc: Loc
    label_places: tuple[int, ...]
    """Where in `loc` names of branches stand."""
    given: Any
    context: dict[str, Any]
    message: str
    branches: "tuple[Fault, ...]" = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(str(self.loc[place]) for place in self.label_places)


def faults_in(error: ValidationError, data: Data) -> list[Fault]:
    """Return what is wrong with the data, without the branches that nobody had in mind."""
    details = error.errors(include_url=False)
    return _settled([_fault(detail, data) for detail in details], 0)


# ------------------------------------------------------------------------------ where it stands


def _fault(detail: ErrorDetails, data: Data) -> Fault:
    kind, loc, given = detail["type"], detail["loc"], detail["input"]
    on_key = bool(loc) and loc[-1] == _KEY_MARK
    key = loc[-1] if kind in MISSING and loc else None
    end = len(loc) - (1 if on_key or key is not None else 0)
    path, label_places = _place(loc[:end], given, data)
    return Fault(
        kind=kind,
        path=path,
        key=key,
        on_key=on_key or kind in UNKNOWN_KEY,
        loc=loc,
        label_places=label_places,
        given=given,
        context=detail.get("ctx", {}),
        message=detail["msg"],
    )


def _place(loc: Loc, given: object, data: Data) -> tuple[Loc, tuple[int, ...]]:
    """Tell keys from names of branches, which can look the same (`date`).

    The reading that ends at the very value that pydantic complains of is right; else the one
    that leaves out the fewest steps.
    """
    readings = _readings(loc, 0, data, both_ways=len(loc) <= _LONGEST_READ_BOTH_WAYS)
    _, skipped = min(readings, key=lambda reading: (reading[0] is not given, len(reading[1])))
    path = tuple(step for place, step in enumerate(loc) if place not in skipped)
    return path, skipped


def _readings(
    loc: Loc, start: int, data: Data, both_ways: bool
) -> Iterator[tuple[Data, tuple[int, ...]]]:
    if start == len(loc):
        yield data, ()
        return
    step = loc[start]
    exists = False
    if isinstance(data, dict) and str(step) in data:
        exists = True
        yield from _readings(loc, start + 1, data[str(step)], both_ways)
    elif isinstance(data, list) and isinstance(step, int) and step < len(data):
        exists = True
        yield from _readings(loc, start + 1, data[step], both_ways)
    if not exists or (both_ways and isinstance(step, str)):
        for end, skipped in _readings(loc, start + 1, data, both_ways):
            yield end, (start, *skipped)


# --------------------------------------------------------------------------- which branch it was


def _settled(faults: Iterable[Fault], depth: int) -> list[Fault]:
    """Choose a branch in each union, from the outermost to the innermost."""
    kept: list[Fault] = []

    def union(fault: Fault) -> Loc | None:
        if len(fault.label_places) <= depth:
            return None
        return fault.loc[: fault.label_places[depth]]

    # pydantic reports one union's branches one after the other.
    for where, group in groupby(faults, key=union):
        here = list(group)
        kept += here if where is None else _settled(_closest(here, where), depth + 1)
    return kept


def _closest(faults: list[Fault], union: Loc) -> list[Fault]:
    """The faults of the branch that the value comes closest to."""
    branches: dict[str | int, list[Fault]] = {}
    for fault in faults:
        branches.setdefault(fault.loc[len(union)], []).append(fault)
    if len(branches) == 1:
        return faults
    hopeful = [branch for branch in branches.values() if not _is_other(branch, union)]
    if not hopeful:
        return [_as_one(faults)]
    return min(hopeful, key=lambda branch: _distance(branch, union))


def _is_other(branch: list[Fault], union: Loc) -> bool:
    """The whole value is of another type than this branch."""
    return any(
        len(fault.loc) == len(union) + 1 and fault.kind in WHOLE_VALUE_IS_OTHER for fault in branch
    )


def _distance(branch: list[Fault], union: Loc) -> tuple[bool, int, int]:
    """Small for a branch whose keys are all right, and which fails late and seldom."""
    fits_but_for_a_rule = all(len(fault.loc) == len(union) + 1 for fault in branch)
    missing = [str(fault.key) for fault in branch if fault.kind in MISSING]
    unknown = [str(fault.path[-1]) for fault in branch if fault.kind in UNKNOWN_KEY and fault.path]
    # A key that is here under a slip of its name speaks for the branch, not against it.
    slips = {meant for key in unknown if (meant := nearest_word(key, missing)) is not None}
    wrong_keys = len(missing) + len(unknown) - 2 * len(slips)
    return not fits_but_for_a_rule, wrong_keys, len(branch)


def _as_one(faults: list[Fault]) -> Fault:
    # Branch names are settled here: nothing below may take this for a member of a union.
    whole = [fault for fault in faults if fault.kind in WHOLE_VALUE_IS_OTHER]
    return replace(whole[0], kind=UNION, branches=tuple(whole), label_places=())
