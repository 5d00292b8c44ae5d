"""What can go wrong in a way that a user can act on.

Every error here carries a plain sentence and the exit code of the command that meets it. The
doors print the sentence and leave with the code; nobody sees a traceback.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning"]


class RotaError(Exception):
    """The root of the tree; its text is one sentence (or more) for the user."""

    exit_code: ClassVar[int] = 1


class BadRequest(RotaError):
    """A wrong call: a quarter, member, duty or option that does not exist."""

    exit_code = 2


class Refused(RotaError):
    """Understood, but not allowed now: nothing to publish, or another process holds the lock."""

    exit_code = 3


@dataclass(frozen=True, order=True, slots=True)
class Mistake:
    """One sentence about one place of one file. Files sort by name, places from the top."""

    file: str
    """As it is shown to the user, usually relative to where they stand."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    sentence: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.sentence}"


class BadFiles(RotaError):
    """One or more files hold mistakes; the text is one mistake a line."""

    exit_code = 2

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes sorted, and each of them once."""
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(set(mistakes)))
        # Not the text: an error that crosses a process boundary is rebuilt from its arguments.
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)
