"""The starter: a small team with comments that teach the files, to be changed into one's own."""

from pathlib import Path
from uuid import uuid4

from scheduler.errors import Refused
from scheduler.files.schemas import texts
from scheduler.files.store import LOCK, write_whole

_TEMPLATES = Path(__file__).parent
_INSTALLATION = "00000000-0000-0000-0000-000000000000"
_SCHEMAS = ".schemas"


def write_starter(folder: Path) -> tuple[Path, ...]:
    """Write a roster that plans as it is, and return the files for a person to edit.

    The folder may exist; nothing in it is overwritten.

    Raises:
        Refused: one of the files is there already, or the disk does not take them.
    """
    edited = {path.name: path.read_text(encoding="utf-8") for path in _templates()}
    there = sorted(name for name in edited if folder.joinpath(name).exists())
    if there:
        raise Refused(
            f"{folder} holds {' and '.join(there)} already, and nothing was written;"
            " name another folder"
        )
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; name another folder")
    for name, text in edited.items():
        write_whole(folder / name, text.replace(_INSTALLATION, str(uuid4())).encode())
    for name, text in texts().items():
        write_whole(folder / _SCHEMAS / name, text.encode())
    if not folder.joinpath(".gitignore").exists():
        write_whole(folder / ".gitignore", f"{LOCK}\n".encode())
    return tuple(folder / name for name in edited)


def _templates() -> list[Path]:
    return [_TEMPLATES / name for name in ("roster.yaml", "duties.yaml", "policy.yaml")]
