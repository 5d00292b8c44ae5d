"""Writes down the schema of the newest revision: run it once when a release changes the tables.

python -m tests.journal.snapshot
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, DateTime, Integer, MetaData, Table, create_engine

from scheduler.journal.migrate import upgrade
from scheduler.journal.tables import HEAD, metadata

RELEASED = Path(__file__).parent / "released"
_MOMENT = "2027-01-04T12:00:00+00:00"


def tables(revision: str) -> dict[str, dict[str, str]]:
    """The columns of each table at a revision, with their types."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection, revision)
        found = MetaData()
        found.reflect(connection)
    engine.dispose()
    return {
        name: {column.name: str(column.type) for column in table.columns}
        for name, table in sorted(found.tables.items())
    }


def filled(table: Table, written: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of JSON as the columns of a table take them."""

    def value(name: str, told: Any) -> Any:
        kind = table.c[name].type
        return datetime.fromisoformat(told) if told and isinstance(kind, DateTime) else told

    return [{name: value(name, told) for name, told in row.items()} for row in written]


def _sample(table: Table) -> dict[str, Any]:
    """A row with something in every column."""

    def value(name: str) -> Any:
        column = metadata.tables[table.name].c[name]
        if isinstance(column.type, JSON):
            return [["triage@2027-01-11", "lead"]]
        if isinstance(column.type, Integer):
            return 3
        if column.foreign_keys:
            return "id"
        if "Instant" in type(column.type).__name__:
            return _MOMENT
        return column.name

    return {column.name: value(column.name) for column in table.columns}


if __name__ == "__main__":
    ordered = metadata.sorted_tables
    told = {
        "tables": tables(HEAD),
        "rows": {table.name: [_sample(table)] for table in ordered},
    }
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    RELEASED.joinpath(f"{HEAD}.json").write_text(text, encoding="utf-8")
