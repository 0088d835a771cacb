"""mends, failures, open cases"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "uq_cases_standing",
            ["borrower_code", "code"],
            unique=True,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )

    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("failure", sa.String(length=40), nullable=True))

    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "mends",
                sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
                nullable=False,
                server_default=sa.text("'[]'"),
            )
        )

    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visits_late",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("state IN ('planned', 'reminded')"),
            postgresql_where=sa.text("state IN ('planned', 'reminded')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_visits_late",
            sqlite_where=sa.text("state IN ('planned', 'reminded')"),
            postgresql_where=sa.text("state IN ('planned', 'reminded')"),
        )

    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_column("mends")

    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.drop_column("failure")

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cases_standing",
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
