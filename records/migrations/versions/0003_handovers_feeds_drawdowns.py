"""handovers, feeds, drawdowns"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from records.types import Money, Utc

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("staff_code", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("read_at", Utc(), nullable=True),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("changed_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["staff_code"], ["staff.staff_code"], name=op.f("fk_feeds_staff_code_staff")),
        sa.PrimaryKeyConstraint("staff_code", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feeds_token_hash")),
    )
    op.create_table(
        "handovers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_staff", sa.String(length=40), nullable=False),
        sa.Column("to_staff", sa.String(length=40), nullable=True),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column(
            "borrower_codes",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("whole", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("done_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.staff_code"], name=op.f("fk_handovers_asked_by_staff")),
        sa.ForeignKeyConstraint(
            ["from_staff"], ["staff.staff_code"], name=op.f("fk_handovers_from_staff_staff")
        ),
        sa.ForeignKeyConstraint(["to_staff"], ["staff.staff_code"], name=op.f("fk_handovers_to_staff_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("borrowers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_from", sa.String(length=40), nullable=True))

    with op.batch_alter_table("loans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("drawn_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("drawn_more", Money(), nullable=True))

    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=12), server_default="pay", nullable=False))

    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index("ix_reports_open")
        batch_op.create_index(
            "ix_reports_open",
            ["author", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('received', 'transcribed', 'read')"),
            postgresql_where=sa.text("state IN ('received', 'transcribed', 'read')"),
        )

    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("policy_version", sa.String(length=20), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_column("policy_version")

    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reports_open",
            sqlite_where=sa.text("state IN ('received', 'transcribed', 'read')"),
            postgresql_where=sa.text("state IN ('received', 'transcribed', 'read')"),
        )
        batch_op.create_index("ix_reports_open", ["state", "author"], unique=False)

    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("loans", schema=None) as batch_op:
        batch_op.drop_column("drawn_more")
        batch_op.drop_column("drawn_on")

    with op.batch_alter_table("borrowers", schema=None) as batch_op:
        batch_op.drop_column("handed_from")

    op.drop_table("handovers")
    op.drop_table("feeds")
