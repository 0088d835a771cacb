"""Alembic's door: `records.migrate` hands in the connection."""

from __future__ import annotations

from alembic import context

from records.migrate import options

context.configure(connection=context.config.attributes["connection"], **options())
with context.begin_transaction():
    context.run_migrations()
