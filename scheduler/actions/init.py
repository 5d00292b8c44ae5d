"""Write a starter roster."""

from pathlib import Path

from scheduler.files import write_starter


def init(folder: Path) -> None:
    """Write a commented roster into a folder, which is made where it does not exist.

    Raises:
        Refused: one of the files is there already.
    """
    write_starter(folder)
