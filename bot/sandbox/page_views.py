"""What the page shows, as JSON."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.sandbox.model import Chat, Content, Message, Persona

if TYPE_CHECKING:
    from bot.sandbox.server import SandboxServer

Json = dict[str, Any]
_DEFAULT_SCOPE = json.dumps({"type": "default"})


def state(server: "SandboxServer", _: dict[str, str]) -> Json:
    """Everything but the messages."""
    world = server.world
    return {
        "bot": {"name": world.bot.first_name, "username": world.bot.username},
        **clock(server, {}),
        "personas": [persona_json(server, persona) for persona in world.personas.values()],
        "commands": commands(server),
        **faults(server, {}),
    }


def commands(server: "SandboxServer") -> Json:
    """The bot's commands by language (`""`: for all others)."""
    stored = server.world.commands.items()
    return {language: listed for (scope, language), listed in stored if scope == _DEFAULT_SCOPE}


def persona_json(server: "SandboxServer", persona: Persona) -> Json:
    """A persona with its badge."""
    chat = server.world.chats[persona.user_id]
    last = next((message for message in reversed(chat.messages.values()) if not message.deleted), None)
    return {
        "user_id": persona.user_id, "name": persona.name, "role": persona.role, "place": persona.place,
        "language": persona.language, "first": persona.first, "unread": chat.unread, "blocked": chat.blocked,
        "last": _summary(last) if last else "", "last_at": last.date if last else 0,
    }  # fmt: skip


def chat(server: "SandboxServer", query: dict[str, str]) -> Json:
    """A chat as its person sees it."""
    return chat_json(server, server.world.chat(query.get("chat_id") or query["user_id"]))


def chat_json(server: "SandboxServer", shown: Chat) -> Json:
    """A chat's messages, keyboard and state."""
    messages = [message_json(server, message) for message in shown.messages.values() if not message.deleted]
    return {"messages": messages, **chat_state(shown)}


def chat_state(shown: Chat) -> Json:
    """What of a chat is not a message."""
    return {"keyboard": shown.keyboard, "blocked": shown.blocked, "started": shown.started, "unread": shown.unread}


def message_json(server: "SandboxServer", message: Message) -> Json:
    """A message as shown in the page."""
    content = message.content
    body: Json = {
        "id": message.id, "out": not message.sender.is_bot, "name": message.sender.first_name,
        "at": datetime.fromtimestamp(message.date, server.clock.tz).isoformat(),
        "edits": len(message.earlier), "version": message.changed,
        "edited": message.edit_date is not None, "text": content.words, "entities": list(content.entities),
        "rows": [list(row) for row in content.inline],
    }  # fmt: skip
    if content.photo:
        body["photo"] = content.photo[-1]
    if content.media:
        body[content.media[0]] = content.media[1]
    if message.reply_to is not None:
        body["reply_to"] = {"id": message.reply_to.id, "text": _summary(message.reply_to)}
    return body


def clock(server: "SandboxServer", _: dict[str, str]) -> Json:
    """The sandbox's moment."""
    return {"now": server.clock.now().isoformat(), "flowing": server.clock.flowing}


def faults(server: "SandboxServer", _: dict[str, str]) -> Json:
    """The rules in force."""
    return {"faults": server.faults.to_json()}


def transcript(server: "SandboxServer", query: dict[str, str]) -> Json:
    """The bot's calls after a number, and what it owes."""
    after = int(query.get("after", 0))
    calls = [asdict(call) for call in server.transcript.calls if call.number > after]
    return {
        "calls": calls, "counts": dict(server.transcript.counts), "pending_updates": len(server.world.updates),
        "unanswered_taps": [tap.id for tap in server.unanswered()],
    }  # fmt: skip


def _summary(message: Message) -> str:
    return _words(message.content)[:60]


def _words(content: Content) -> str:
    if content.words:
        return content.words
    if content.photo:
        return "🖼"
    return {"document": "📄", "location": "📍", "sticker": "🙂"}.get(content.media[0] if content.media else "", "")
