"""The first journal: outbox, acknowledgements, requests with answers, seen events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "marks",
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
    )
    op.create_table(
        "outbox",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("recipient", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(50), nullable=False),
        sa.Column("due", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.Column("subject", sa.JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claimed_until", Instant),
        sa.Column("not_before", Instant),
        sa.Column("channel", sa.String(50)),
        sa.Column("ts", sa.String(50)),
        sa.Column("content", sa.String(64)),
        sa.Column("folded_into", sa.Text),
        sa.PrimaryKeyConstraint("key", name="pk_outbox"),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "due"])
    op.create_table(
        "acknowledgements",
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("subject", "member", "what", name="pk_acknowledgements"),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.String(50), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("rotation", sa.String(100), nullable=False),
        sa.Column("seats", sa.JSON, nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("on_behalf", sa.String(200), nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("until", Instant),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("entry", sa.Integer),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
    )
    op.create_index("ix_requests_state", "requests", ["state", "rotation"])
    op.create_table(
        "answers",
        sa.Column("request", sa.String(50), nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("request", "member", name="pk_answers"),
        sa.ForeignKeyConstraint(["request"], ["requests.id"], name="fk_answers_request"),
    )
    op.create_table(
        "seen_events",
        sa.Column("event", sa.String(200), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_seen_events"),
    )
    op.create_index("ix_seen_events_at", "seen_events", ["at"])
