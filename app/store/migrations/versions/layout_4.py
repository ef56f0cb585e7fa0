"""Layout 4: with the day on which each network was last used, and the guest session that created it."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Create the table; nothing is recorded of the networks that are there."""
    op.create_table(
        "uses",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("day", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("session", sa.String, nullable=False, server_default=""),
        if_not_exists=True,
    )
    for name in ("day", "session"):
        op.create_index(f"uses_{name}", "uses", [name], if_not_exists=True)
