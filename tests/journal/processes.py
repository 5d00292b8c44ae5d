"""What other processes do to a journal."""

from __future__ import annotations

from sqlalchemy import text

from scheduler.journal import open_journal


def opening(url: str) -> str:
    """Open a journal and say at which revision it is."""
    journal = open_journal(url)
    with journal.begin() as connection:
        found: str = connection.scalars(text("SELECT version_num FROM alembic_version")).one()
    journal.close()
    return found
