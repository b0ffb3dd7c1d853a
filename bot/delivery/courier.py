"""One message to Telegram: builds its document, makes the call, sends anew what can no longer be edited."""

from datetime import datetime
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.delivery.hooks import Hooks
from bot.delivery.outcomes import Outcome, Verdict, is_gone, outcome_of
from bot.delivery.problems import describe, log
from bot.delivery.transport import BotApi
from bot.storage.outbox import Claimed

_FILE_FIELD = {"sendDocument": "document", "sendPhoto": "photo"}
_EDITS_SENT_ANEW = {"editMessageText": "sendMessage"}
_EDITS_LEFT = frozenset({"editMessageReplyMarkup", "deleteMessage"})  # nothing to show once the message is gone


class Courier:
    """Makes calls and says what became of them; never raises for what Telegram or the network did."""

    def __init__(self, api: BotApi, hooks: Hooks, document_seconds: float) -> None:
        self._api, self._hooks, self._document_seconds = api, hooks, document_seconds

    async def deliver(self, claimed: Claimed, now: datetime) -> Outcome:
        """Send `claimed` once."""
        out = claimed.out
        if out.until is not None and now > out.until:
            return Outcome(Verdict.LATE, why="out of date")
        files: dict[str, tuple[str, bytes]] = {}
        if out.file is not None:
            try:
                built = await self._hooks.build(out.file)
            except Exception as error:  # noqa: BLE001 - a document that cannot be built is set aside, not retried
                log.error("document not built", outbox=claimed.id, **describe(error))
                return Outcome(Verdict.DEFECT, why="document not built")
            if built is None:
                return Outcome(Verdict.WITHDRAWN, why="no right to it")
            files[_FILE_FIELD[out.method]] = built
        return await self._call(out.method, out.params, files)

    async def _call(self, method: str, params: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> Outcome:
        try:
            seconds = self._document_seconds if files else None
            result = await self._api.call(method, params, files, answer_seconds=seconds)
        except BadRequest as error:
            if not is_gone(error):
                return outcome_of(error)
            return await self._anew(method, params)
        except TelegramError as error:
            return outcome_of(error)
        return Outcome(Verdict.SENT, message_id=_message_id(result, params))

    async def _anew(self, method: str, params: dict[str, Any]) -> Outcome:
        """The message to edit is gone: say it in a new one."""
        if method in _EDITS_LEFT:
            return Outcome(Verdict.SENT)
        if method not in _EDITS_SENT_ANEW:
            return Outcome(Verdict.DEFECT, why="message to edit not found")
        rest = {name: value for name, value in params.items() if name != "message_id"}
        return await self._call(_EDITS_SENT_ANEW[method], rest, {})


def _message_id(result: Any, params: dict[str, Any]) -> int | None:
    if isinstance(result, dict) and isinstance(result.get("message_id"), int):
        return int(result["message_id"])
    known = params.get("message_id")
    return known if isinstance(known, int) else None
