"""The command list that Telegram shows beside the input field, in both languages."""

from bot.delivery.transport import BotApi
from bot.handlers.commands import COMMANDS
from bot.handlers.turn import Shop
from bot.texts import LANGUAGES, texts


async def set_menu(api: BotApi, shop: Shop) -> None:
    """`setMyCommands`: the default in the bot's language, each language by its code."""
    names = ("start", *COMMANDS)
    for language in LANGUAGES:
        commands = [{"command": name, "description": texts.get(language, f"command-{name}")} for name in names]
        await api.call("setMyCommands", {"commands": commands, "language_code": language})
        if language == shop.language:
            await api.call("setMyCommands", {"commands": commands})
