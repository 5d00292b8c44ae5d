"""The secret that a server signs with: from the environment, else a file beside the roster."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from scheduler.errors import BadRequest, Refused
from scheduler.journal import FOLDER

FILE = "secret"
SHORTEST = 32
"""Characters of a secret that somebody chose."""


def server_secret(folder: Path, given: str = "") -> bytes:
    """The secret that is given, else the one in ``.rota/secret``, which the first run makes.

    Replicas that do not share the folder must be given the same one.

    Raises:
        BadRequest: the secret is so short that it could be guessed.
        Refused: the file can be neither read nor made.
    """
    path = folder / FOLDER / FILE
    try:
        found = given.strip() or _read(path) or _made(path)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise Refused(
            f"{path} cannot be used ({reason}); put a secret into ROTA_SECRET instead."
        ) from error
    if len(found) < SHORTEST:
        where = "ROTA_SECRET" if given.strip() else str(path)
        raise BadRequest(
            f"The secret in {where} is shorter than {SHORTEST} characters and could be guessed; "
            "`openssl rand -hex 32` makes a good one."
        )
    return found.encode()


def _read(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8").strip()
    return ""


def _made(path: Path) -> str:
    """A new secret, readable by its owner alone. Of two processes that make one, one wins."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    ignore = path.parent / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{secrets.token_hex(32)}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink()
    return _read(path)
