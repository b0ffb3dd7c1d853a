"""A token that is another one after every change of who lives where, is called what and belongs to whom.

It is random, not a counter, so that a change which was rolled back and a later one never share a token.
"""

import secrets

from bot.storage import meta
from bot.storage.transaction import Transaction

_KEY = "roster-version"


def get(tx: Transaction) -> str:
    """The present token; empty before the first change."""
    return meta.get(tx, _KEY) or ""


def renew(tx: Transaction) -> None:
    """Households, members, names, groups or helpers changed; one token a transaction is enough."""
    if not tx.roster_renewed:
        meta.put(tx, _KEY, secrets.token_hex(8))
        tx.roster_renewed = True
