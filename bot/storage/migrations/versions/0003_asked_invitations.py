"""Who asks to use an invitation that was made for another name, until the town has decided."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns to the invitations; nobody asks yet."""
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(sa.Column("asked_at", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("asked_by", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_invitations_asked_by_staff", "staff", ["asked_by"], ["id"])
