"""Methods by which the bot describes itself: commands and descriptions, by scope and language."""

import json
import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.state import World

Json = dict[str, Any]
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_MAX_COMMANDS = 100


def set_my_commands(world: World, params: Params) -> bool:
    """Set the list of commands for a scope and language."""
    given = params.json("commands", "bot commands")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[_key(params)] = [_command(item) for item in given]
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """Return the list of commands for exactly this scope and language."""
    return world.commands.get(_key(params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """Delete the list of commands for a scope and language."""
    world.commands.pop(_key(params), None)
    return True


def set_my_description(world: World, params: Params) -> bool:
    """Set what an empty chat shows; at most 512 characters."""
    return _describe(world, params, "description", 512)


def get_my_description(world: World, params: Params) -> Json:
    """Return the description for a language."""
    return {"description": world.descriptions.get(("description", _language(params)), "")}


def set_my_short_description(world: World, params: Params) -> bool:
    """Set what the bot's profile shows; at most 120 characters."""
    return _describe(world, params, "short_description", 120)


def get_my_short_description(world: World, params: Params) -> Json:
    """Return the short description for a language."""
    return {"short_description": world.descriptions.get(("short_description", _language(params)), "")}


def _describe(world: World, params: Params, name: str, limit: int) -> bool:
    text = params.text(name)
    if len(text) > limit:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    world.descriptions[name, _language(params)] = text
    return True


def _key(params: Params) -> tuple[str, str]:
    scope = params.json("scope", "bot command scope") or {"type": "default"}
    if not isinstance(scope, dict) or "type" not in scope:
        raise bad_request("can't parse BotCommandScope")
    return json.dumps(scope, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("expected an Object as BotCommand")
    name, description = str(item.get("command", "")).removeprefix("/"), str(item.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description or len(description) > 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
