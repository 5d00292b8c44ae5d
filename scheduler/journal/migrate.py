"""Leads the tables of an older release, or none at all, to those of this one."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from scheduler.errors import Refused
from scheduler.journal.tables import HEAD

_MIGRATION_LOCK = 0x526F7461
"""Any number, as long as every release takes the same."""


def migrate(connection: Connection) -> None:
    """Bring the tables to this release, inside the transaction of the connection.

    Raises:
        Refused: a newer release has been here.
    """
    if _revision(connection) == HEAD:
        return
    if connection.dialect.name == "postgresql":
        # Replicas that start together: one migrates, the others wait and find it done.
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATION_LOCK})
    upgrade(connection, HEAD)


def upgrade(connection: Connection, revision: str) -> None:
    """Go up to a revision; nothing happens where the tables are there already.

    Raises:
        Refused: the journal's revision is unknown to this release.
    """
    # Late: Alembic takes a quarter of a second, and only a new release has work for it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "scheduler:journal/migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise Refused(
            f"this journal was written by a newer rota (revision {_revision(connection)}); "
            "run that one, or name another journal"
        ) from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
