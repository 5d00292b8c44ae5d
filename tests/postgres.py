"""A PostgreSQL of the test's own, in a temporary folder, without TCP; gone when the tests end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.needs import program

_DEBIAN = "usr/lib/postgresql/*/bin"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


@dataclass(frozen=True)
class Postgres:
    """A running server; `folder` holds its socket."""

    folder: Path

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with self._admin() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    @contextmanager
    def _admin(self) -> Iterator[psycopg.Connection]:
        where = f"user=postgres dbname=postgres host={self.folder}"
        with psycopg.connect(where, autocommit=True) as connection:
            yield connection


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server; the test skips where PostgreSQL is not installed, and fails in CI."""
    initdb, server = program("initdb", _DEBIAN), program("pg_ctl", _DEBIAN)
    # Not pytest's folder: the path of a socket may have 107 characters, and root's is closed.
    folder = Path(tempfile.mkdtemp(prefix="rota-pg-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            _give_to_postgres(folder)
        _run(initdb, "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
        log = str(folder / "log")
        start = f"{options} -k {folder}"
        _run(server, "-D", str(data), "-l", log, "-o", start, "-w", "-t", "60", "start")
        try:
            yield Postgres(folder)
        finally:
            _run(server, "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str) -> None:
    """PostgreSQL refuses to run as root, so that root hands it to the user that Debian made."""
    prefix = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*prefix, *command],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr


def _give_to_postgres(folder: Path) -> None:
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
