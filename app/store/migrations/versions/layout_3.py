"""Layout 3: with what requests did that may be repeated."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"

LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table, in which no request is yet."""
    op.create_table(
        "answers",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("request", sa.String, nullable=False),
        sa.Column("seed", sa.LargeBinary, nullable=False),
        sa.Column("made", LONG, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("document", sa.LargeBinary),
        sa.Column("cursor", LONG, nullable=False),
        sa.Column("version", LONG, nullable=False),
        sa.Column("step", LONG, nullable=False),
        sa.Column("first", LONG, nullable=False),
        sa.Column("clamped", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("answers_made", "answers", ["made"])
    op.create_index("answers_id", "answers", ["id"])
