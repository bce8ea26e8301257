"""Alembic loads this file to run the steps, on the connection and in the transaction that _upgrade.py passes in."""

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"],
    target_metadata=given["metadata"],
    version_table=given["version_table"],
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
