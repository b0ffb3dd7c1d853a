"""What comes next in a chat is found without looking at all that waits there."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give the indexes of inbox and outbox the order in which updates are handled and messages sent."""
    op.drop_index("ix_inbox_open", table_name="inbox")
    op.create_index("ix_inbox_open", "inbox", ["state", "chat_id", "received_at", "update_id"])
    op.drop_index("ix_outbox_open", table_name="outbox")
    op.create_index("ix_outbox_open", "outbox", ["state", "chat_id", "kind", "id"])
