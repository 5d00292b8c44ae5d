"""The tables as the code of this release wants them; ``migrations/`` leads older ones there."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from scheduler.journal.instant import Instant

HEAD = "0001"
"""The newest revision of ``migrations/``."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# What is remembered once: whose journal this is, and since when it reminds.
marks = Table(
    "marks",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("recipient", String(200), nullable=False),  # A member's id, or #channel.
    Column("kind", String(50), nullable=False),
    Column("due", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("subject", JSON, nullable=False),  # Pairs of shift and seat.
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Instant),  # Until then a post may still be on its way.
    Column("not_before", Instant),  # When to try again after a lasting trouble.
    Column("channel", String(50)),  # Slack's id of the conversation.
    Column("ts", String(50)),  # Slack's id of the message in it.
    Column("content", String(64)),  # SHA-256 of what the message now shows.
    Column("folded_into", Text),  # The key of the message that told it.
    Index("ix_outbox_state", "state", "due"),
)

# The first step makes it and nothing uses it: a step that drops it would only keep older releases
# out of a journal that they share.
acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("subject", Text, primary_key=True),  # SHIFT/SEAT, or an outbox key.
    Column("member", String(200), primary_key=True),
    Column("what", String(20), primary_key=True),  # seen or done.
    Column("at", Instant, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("id", String(50), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("rotation", String(100), nullable=False),
    Column("seats", JSON, nullable=False),  # Pairs of shift and seat.
    Column("asked_by", String(200), nullable=False),
    Column("on_behalf", String(200), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("until", Instant),  # After this nobody need answer any more.
    Column("state", String(20), nullable=False),
    Column("entry", Integer),  # The entry of the rotation file that it became.
    Column("details", JSON, nullable=False),  # What the door needs: asked people, messages.
    Index("ix_requests_state", "state", "rotation"),
)

answers = Table(
    "answers",
    metadata,
    Column("request", String(50), ForeignKey("requests.id"), primary_key=True),
    Column("member", String(200), primary_key=True),
    Column("answer", String(20), nullable=False),
    Column("at", Instant, nullable=False),
)

seen_events = Table(
    "seen_events",
    metadata,
    Column("event", String(200), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("ix_seen_events_at", "at"),
)
