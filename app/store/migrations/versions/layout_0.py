"""Layout 0: networks without training steps."""

import sqlalchemy as sa
from alembic import op

revision = "0"
down_revision = None


def upgrade() -> None:
    """Create the table of networks."""
    op.create_table(
        "networks",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("cursor", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
    )
