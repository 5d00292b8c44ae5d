"""Where rotations lie, and how they are written: whole or not at all, by one process at a time."""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from scheduler.domain.rotation import Rotation
from scheduler.errors import BadFiles, BadRequest, Mistake, Refused
from scheduler.files.rotation_file import read_rotation, written

LOCK = ".rota.lock"
_ROTATIONS = "rotations"
_UNFINISHED = ".tmp"
_FILE_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def rotation_path(folder: Path, name: str) -> Path:
    """Where the rotation of this name lies in a roster folder.

    Raises:
        BadRequest: the name is not good for a file.
    """
    if not _FILE_SAFE.fullmatch(name):
        raise BadRequest(f'"{name}" is no name for a rotation; write one such as 2027-Q1')
    return folder / _ROTATIONS / f"{name}.yaml"


def read_rotations(
    folder: Path, known: Mapping[str, Rotation] = MappingProxyType({})
) -> tuple[Rotation, ...]:
    """All rotations of a roster folder, the earliest first; none where there are none yet. Files of
    those that are ``known`` by their name, since they have not changed, are not read again.

    Raises:
        BadFiles: with every mistake of all of them.
    """
    rotations: list[Rotation] = []
    mistakes: list[Mistake] = []
    for path in sorted(folder.joinpath(_ROTATIONS).glob("[!.]*.yaml")):
        try:
            rotations.append(known.get(path.stem) or read_rotation(path))
        except BadFiles as bad:
            mistakes += bad.mistakes
    if mistakes:
        raise BadFiles(mistakes)
    return tuple(sorted(rotations, key=lambda rotation: (rotation.horizon, rotation.name)))


def rotation_texts(folder: Path) -> dict[str, bytes]:
    """What stands in each rotation file, by the name of the rotation. Read before the rotations
    and compared before one is written, it tells whether anybody wrote in between."""
    files = folder.joinpath(_ROTATIONS).glob("[!.]*.yaml")
    return {path.stem: path.read_bytes() for path in files}


def write_rotation(folder: Path, rotation: Rotation) -> bool:
    """Write a rotation into its file, or leave the file alone where it says the same already.

    Returns whether anything was written. Raises BadRequest for a name that is not good for a
    file, and Refused where the disk does not take it.
    """
    return write_whole(rotation_path(folder, rotation.name), written(rotation).encode())


def write_whole(path: Path, content: bytes) -> bool:
    """Write a file so that, whenever it is read, it is the old one or the new one.

    Returns False where the file held these bytes already. Raises Refused where the disk does not
    take it; the old file is still there then.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise Refused(
            f"{path} cannot be written ({reason}); what was there is untouched"
        ) from error
    return True


def _replace(path: Path, content: bytes) -> None:
    handle, unfinished = tempfile.mkstemp(_UNFINISHED, f".{path.name}.", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            # Temporary files are private; a roster is shared.
            os.fchmod(handle, _mode(path))
            os.fsync(handle)
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise
    _sync_folder(path.parent)


def _mode(path: Path) -> int:
    """The mode of the old file, else the one that the process gives to new files."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    # Only then the new name survives a power failure.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the right to write into a roster folder; readers need no such right.

    Raises:
        Refused: another process holds it, or the folder cannot be written to.
    """
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise Refused(f"{folder} cannot be written to ({reason})") from error
    try:
        _lock(handle, folder)
        _clear_away(folder / _ROTATIONS)
        yield
    finally:
        # Closing lets go, also when the process dies. The file stays: deleting it while another
        # process waits for it would let two of them in.
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Refused(
            f"another rota is writing to {folder}; nothing was changed, try again when it is done"
        ) from error


def _clear_away(folder: Path) -> None:
    """Delete what a process left that was killed while it wrote."""
    for unfinished in folder.glob(f".*.yaml.*{_UNFINISHED}"):
        unfinished.unlink(missing_ok=True)
