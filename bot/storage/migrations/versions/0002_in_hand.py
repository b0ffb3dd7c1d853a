"""How often an update was in hand when the process died, and why an update was set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns to the inbox; what was set aside before has no reason."""
    op.add_column("inbox", sa.Column("taken", sa.Integer(), server_default="0", nullable=False))
    op.add_column("inbox", sa.Column("why", sa.String(), nullable=True))
