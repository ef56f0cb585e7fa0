"""Layout 5: with the sessions that have entered a class code, and the secret of these codes."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Create the tables, which are empty."""
    op.create_table(
        "class_sessions",
        sa.Column("code", sa.String, primary_key=True),
        sa.Column("session", sa.String, primary_key=True),
        sa.Column("until", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        if_not_exists=True,
    )
    for name in ("session", "until"):
        op.create_index(f"class_sessions_{name}", "class_sessions", [name], if_not_exists=True)
    op.create_table(
        "secrets",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
