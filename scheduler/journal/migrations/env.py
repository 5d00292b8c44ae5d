"""Alembic loads this file; the connection and its transaction come from ``journal.migrate``."""

from alembic import context

from scheduler.journal.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can take back a CREATE TABLE as well: a journal is at a revision or at the one before.
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
