"""Journals of every released schema come up to this one, with all that stands in them.

``released/NNNN.json`` holds what a release left behind: its tables, and rows in each. A release
with a new schema adds one such file (``python -m tests.journal.snapshot``) and nothing else here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, select, text

from scheduler.errors import Refused
from scheduler.journal import beside, open_journal
from scheduler.journal.migrate import migrate, upgrade
from scheduler.journal.tables import HEAD, metadata
from tests.journal.snapshot import RELEASED, filled, tables

SNAPSHOTS = sorted(RELEASED.glob("*.json"))


def rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    found = MetaData()
    found.reflect(connection)
    return {
        name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for name, table in sorted(found.tables.items())
        if name != "alembic_version"
    }


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: path.stem)
def test_a_released_journal_comes_up_with_its_rows(path: Path, url: str) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    engine = create_engine(url if "postgres" in url else "sqlite://")
    with engine.begin() as connection:
        upgrade(connection, path.stem)
        for name, written in told["rows"].items():
            table = Table(name, MetaData(), autoload_with=connection)
            connection.execute(insert(table), filled(table, written))
        before = rows(connection)
        assert all(before.values())
        migrate(connection)
        after = rows(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert after.keys() >= before.keys()
    for name, written in before.items():
        kept = [{key: row[key] for key in written[0] if key in row} for row in after[name]]
        assert kept == written


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: path.stem)
def test_a_released_step_is_never_edited(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert tables(path.stem) == told["tables"]


def test_every_revision_has_a_snapshot_and_the_head_is_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", "scheduler:journal/migrations")
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == HEAD
    revisions = sorted(step.revision for step in scripts.walk_revisions())
    assert [path.stem for path in SNAPSHOTS] == revisions


def test_a_journal_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    journal = open_journal(beside(tmp_path))
    with journal.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    journal.close()
    with pytest.raises(Refused, match="newer rota"):
        open_journal(beside(tmp_path))
