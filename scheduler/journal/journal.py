"""Where the journal lies, and how it is opened: SQLite beside the roster, or PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from scheduler.errors import BadRequest, Refused
from scheduler.journal.migrate import migrate

FOLDER = ".rota"
FILE = "journal.sqlite"
_BUSY_SECONDS = 30
_ENGINES = ("sqlite", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal. Delete it and no assignment is lost: it only remembers deliveries and open
    questions."""

    engine: Engine

    @property
    def is_shared(self) -> bool:
        """Whether replicas on several machines may use it."""
        return self.engine.dialect.name == "postgresql"

    @property
    def path(self) -> Path | None:
        """The file of an SQLite journal."""
        return None if self.is_shared else Path(self.engine.url.database or "")

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing.

        Raises:
            Refused: the journal cannot be reached, or another process holds it for too long.
        """
        with telling(self.engine.url), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A transaction of which nothing stays."""
        with telling(self.engine.url), self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def opened(url: str) -> Iterator[Journal]:
    """A journal that is closed afterwards; see ``open_journal``."""
    journal = open_journal(url)
    try:
        yield journal
    finally:
        journal.close()


def open_journal(url: str) -> Journal:
    """Open a journal, make it where there is none yet, and bring its tables to this release.

    Raises:
        BadRequest: the URL is none, or of an engine that Rota does not know.
        Refused: the journal cannot be reached, or a newer release has written it.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _make_folder(Path(address.database or ""))
    try:
        engine = create_engine(address, connect_args=_connect(address), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise BadRequest(
            'PostgreSQL needs one more package: pip install "rota[postgres]"'
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
    journal = Journal(engine)
    try:
        with journal.begin() as connection:
            migrate(connection)
    except BaseException:
        engine.dispose()
        raise
    return journal


def beside(folder: Path) -> str:
    """The URL of the SQLite journal that lies beside a roster, in a folder that git ignores."""
    return URL.create("sqlite", database=str(folder / FOLDER / FILE)).render_as_string()


def server_now(connection: Connection) -> datetime:
    """What time it is for the database: the one clock that all replicas share."""
    if connection.dialect.name == "postgresql":
        found: datetime = connection.scalars(text("SELECT clock_timestamp()")).one()
        return found.astimezone(UTC)
    written: str = connection.scalars(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).one()
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@contextmanager
def telling(address: URL) -> Iterator[None]:
    """Turn what the database's driver complains about into a sentence without a password."""
    try:
        yield
    except DBAPIError as error:
        where = address.render_as_string(hide_password=True)
        reason = str(error.orig).strip().partition("\n")[0]
        raise Refused(f"the journal at {where} does not answer: {reason}") from error


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        if address.drivername in {"postgres", "postgresql"}:
            address = address.set(drivername="postgresql+psycopg")
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        address = None
    if address is None or address.drivername not in _ENGINES:
        # Not the URL itself: it may hold a password.
        raise BadRequest(
            "the journal is named by a URL such as sqlite:///journal.sqlite or "
            "postgresql+psycopg://user@host/database"
        )
    return address


def _connect(address: URL) -> dict[str, Any]:
    if address.get_backend_name() == "sqlite":
        return {"timeout": _BUSY_SECONDS}
    return {"connect_timeout": 10, **_KEEPALIVE}


# A replica whose machine is gone lets go of the right to send after about half a minute.
_KEEPALIVE = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
}


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ignore = path.parent / ".gitignore"
        if path.parent.name == FOLDER and not ignore.exists():
            ignore.write_text("# What only this machine needs to remember.\n*\n", encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise Refused(f"the journal cannot be made at {path} ({reason})") from error


def _settle(connection: Any, record: object) -> None:
    """Settings that SQLite keeps for each connection."""
    # Python would otherwise begin transactions late, and two writers could both begin as readers.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
