"""The bot's own name on Telegram, for deep links: asked when there is a token, and remembered."""

import asyncio
from contextlib import suppress

from bot.bootstrap import Ruhu, bot_api
from bot.settings import Settings
from bot.storage import meta

KEY = "bot-name"
SECONDS = 3.0
"""How long an answer is waited for; the code has been printed already."""


async def bot_name(ruhu: Ruhu) -> str | None:
    """The username; None when nobody ever told it. A remembered one counts only for the same bot."""
    asked = await ask(ruhu.settings)
    token = token_of(ruhu.settings)
    bot_id = token.partition(":")[0] if token else None
    if asked is not None:
        value = f"{bot_id}:{asked}"
        if await ruhu.db.read(lambda tx: meta.get(tx, KEY)) != value:
            await ruhu.db.write(lambda tx: meta.put(tx, KEY, value))
        return asked
    known_id, _, name = (await ruhu.db.read(lambda tx: meta.get(tx, KEY)) or "").partition(":")
    return name if name and bot_id in (None, known_id) else None


async def ask(settings: Settings) -> str | None:
    """The username that `getMe` tells within three seconds; None without a token or an answer."""
    token = token_of(settings)
    if token is None:
        return None
    from telegram.error import TelegramError

    with suppress(TelegramError, TimeoutError, ValueError, LookupError, TypeError):
        async with asyncio.timeout(SECONDS), bot_api(settings, token) as api:
            found = await api.call("getMe")
            return str(found["username"])
    return None


def token_of(settings: Settings) -> str | None:
    """The token, None when there is none."""
    return (settings.token.get_secret_value().strip() or None) if settings.token is not None else None
