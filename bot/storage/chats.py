"""What a chat needs to be remembered between two messages."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.storage.schema import chats
from bot.storage.transaction import Transaction


def current(tx: Transaction, chat_id: int) -> int | None:
    """The draft whose question is open in a chat."""
    found: int | None = tx.conn.scalar(select(chats.c.current_draft).where(chats.c.chat_id == chat_id))
    return found


def set_current(tx: Transaction, chat_id: int, draft_id: int | None) -> None:
    """Make a draft the current one of a chat; None: no question is open."""
    _set(tx, chat_id, current_draft=draft_id)


def group_told(tx: Transaction, chat_id: int) -> bool:
    """Whether this group chat has been told that the bot works in private chats only."""
    return tx.conn.scalar(select(chats.c.group_told_at).where(chats.c.chat_id == chat_id)) is not None


def mark_group_told(tx: Transaction, chat_id: int, at: datetime) -> None:
    """Remember that a group chat has been told."""
    _set(tx, chat_id, group_told_at=at)


def _set(tx: Transaction, chat_id: int, **values: Any) -> None:
    if tx.conn.execute(chats.update().where(chats.c.chat_id == chat_id).values(values)).rowcount == 0:
        tx.conn.execute(chats.insert().values(chat_id=chat_id, **values))
