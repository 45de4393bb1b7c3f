"""What Alembic runs for every migration: on the connection, and in the transaction, that `schema` gives."""

from __future__ import annotations

from alembic import context

from catalog_store.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
)
context.run_migrations()
