"""What Alembic runs for each of its commands: the migrations, on the connection that the command was given.

Alembic reads this file by its path, and its context has a configuration only then.
"""

from alembic import context

from app.store.tables import metadata


def run() -> None:
    """Run the migrations of the present command."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):
    run()
