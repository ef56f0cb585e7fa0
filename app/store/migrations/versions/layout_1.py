"""Layout 1: with training steps, and the documents at the start of earlier ones."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = "0"

LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Every network is in its first training step."""
    for name in ("step", "first"):
        op.add_column("networks", sa.Column(name, LONG, nullable=False, server_default="1"))
    op.create_table(
        "starts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("step", LONG, primary_key=True),
        sa.Column("document", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
