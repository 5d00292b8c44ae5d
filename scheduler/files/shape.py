"""Checks plain data against a shape (a pydantic model or adapter): a value, or all the mistakes."""

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from scheduler.errors import BadFiles, Mistake
from scheduler.files.composer import MOST_MISTAKES
from scheduler.files.faults import Fault, faults_in
from scheduler.files.kinds import MISSING, UNKNOWN_KEY
from scheduler.files.located import Loc, Located
from scheduler.files.nodes import Position
from scheduler.files.outline import Outline
from scheduler.files.sentences import Teller, discriminator
from scheduler.files.suggest import nearest_word

T = TypeVar("T")


class AtKey(ValueError):
    """Raised by a validator of a whole mapping or list that means one value inside it.

    `raise AtKey("last (2027-01-03) is before first (2027-01-04)", "last")` puts the mistake at
    the value of `last`; a longer path goes deeper.
    """

    def __init__(self, sentence: str, *path: str | int) -> None:
        super().__init__(sentence)
        self.path = path


def check(shape: TypeAdapter[T] | type[T], located: Located, shown: str) -> T:
    """Return the data as a value of this shape. Raises BadFiles with every mistake in it."""
    adapter: TypeAdapter[T] = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    try:
        return adapter.validate_python(located.data)
    except ValidationError as error:
        raise BadFiles(_mistakes(error, adapter, located, shown)) from error


def examine(
    shape: TypeAdapter[T] | type[T], located: Located, shown: str
) -> tuple[T | None, list[Mistake]]:
    """Like check, but return the mistakes, so that those of several files can be told at once.

    The value is None if there is any mistake.
    """
    try:
        return check(shape, located, shown), []
    except BadFiles as bad:
        return None, list(bad.mistakes)


def _mistakes(
    error: ValidationError, adapter: TypeAdapter[Any], located: Located, shown: str
) -> list[Mistake]:
    teller = Teller(Outline(adapter, located.data), located.written)
    placed = [(_position(fault, located), fault) for fault in faults_in(error, located.data)]
    placed.sort(key=lambda pair: pair[0])
    told, rest = placed[:MOST_MISTAKES], placed[MOST_MISTAKES:]
    misspelt = _misspelt([fault for _, fault in told], teller)
    mistakes = [
        Mistake(shown, *position, teller.sentence(fault))
        for position, fault in told
        if not (fault.kind in MISSING and (fault.path, fault.key) in misspelt)
    ]
    if rest:
        sentence = f"{len(rest):,} more mistakes from here on are not shown; correct these first"
        mistakes.append(Mistake(shown, *rest[0][0], sentence))
    return mistakes


def _misspelt(faults: list[Fault], teller: Teller) -> set[tuple[Loc, str | int | None]]:
    """Keys that are there under a wrong name: to call them missing too would be one too many."""
    found: set[tuple[Loc, str | int | None]] = set()
    for fault in faults:
        if fault.kind in UNKNOWN_KEY and fault.path:
            meant = nearest_word(str(fault.path[-1]), teller.known_keys(fault))
            found.add((fault.path[:-1], meant))
    return found


def _position(fault: Fault, located: Located) -> Position:
    if fault.on_key:
        return located.at_key(fault.path)
    error = fault.context.get("error")
    if isinstance(error, AtKey):
        return located.at((*fault.path, *error.path))
    key = discriminator(fault)
    return located.at((*fault.path, key) if key is not None else fault.path)
