"""Layout 2: with hashes of keys instead of the keys, and keys that only read."""

import sqlalchemy as sa
from alembic import op

from app.store import keys

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Replace every key by its hash. The key that reads follows from the one that edits."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete = ON")  # no overwritten key remains in the file
    op.add_column("networks", sa.Column("view", sa.String, nullable=False, server_default=""))
    networks, starts = (sa.table(name, sa.column("id"), sa.column("view")) for name in ("networks", "starts"))
    for key in connection.execute(sa.select(networks.c.id)).scalars().all():
        hashed, view = keys.hashed(key), keys.hashed(keys.reading_key(key))
        connection.execute(networks.update().where(networks.c.id == key).values(id=hashed, view=view))
        connection.execute(starts.update().where(starts.c.id == key).values(id=hashed))
    op.create_index("networks_view", "networks", ["view"], unique=True)
