"""Migrations of the tables of stored networks, one a layout. Imported only when tables are created or migrated."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def bring_up(connection: Connection, found: int | None) -> None:
    """Create or migrate the tables, within the current transaction of the connection. `found` is the layout of tables
    that do not record their revision.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if found is not None:
        command.stamp(config, str(found))
    command.upgrade(config, "head")
