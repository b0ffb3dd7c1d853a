"""From an HTTP request to a method and back, through the faults that were ordered."""

import asyncio
import json
import time
from collections.abc import Awaitable
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError, internal_error, method_not_found, too_many_requests
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.methods import METHODS, get_updates
from bot.sandbox.params import Params, read_params
from bot.sandbox.state import Event, World
from bot.sandbox.transcript import Call, Transcript
from bot.sandbox.webhook import Webhook

Json = dict[str, Any]
_NAMES = {name.lower(): name for name in (
    "getMe", "getChat", "getFile", "answerCallbackQuery", "sendMessage", "sendPhoto", "sendDocument", "sendLocation",
    "sendChatAction", "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage",
    "setMyCommands", "getMyCommands", "deleteMyCommands", "setMyDescription", "getMyDescription",
    "setMyShortDescription", "getMyShortDescription", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo",
)}  # fmt: skip


class Dispatcher:
    """Runs the bot's calls one after another as they arrive; each is applied whole or not at all."""

    def __init__(self, world: World, webhook: Webhook, faults: Faults, transcript: Transcript) -> None:
        self._world = world
        self._webhook = webhook
        self._faults = faults
        self._transcript = transcript

    async def handle(self, request: web.BaseRequest, method: str) -> web.StreamResponse:
        """Answer one request of the bot."""
        name = _NAMES.get(method.lower(), method)
        call = Call(0, self._world.clock.seconds(), time.monotonic(), name, {})
        self._transcript.add(call)
        try:
            params = await read_params(request)
        except ApiError as refusal:
            return _answer(call, refusal.code, json.dumps(refusal.body(), ensure_ascii=False))
        call.params, call.files = params.values, tuple(params.files)
        fault = self._faults.pick(name, call.chat_id, call.real)
        if fault is None:
            status, body = await self.apply(call, params)
            return _answer(call, status, body)
        call.fault = fault.kind
        self._world.emit(Event("faults"))
        return await self._troubled(request, call, params, fault)

    async def apply(self, call: Call, params: Params) -> tuple[int, str]:
        """Run the method; return the HTTP status and the JSON body, and note in `call` what came of it."""
        try:
            result = self._run(call.method, params)
            text = await result if isinstance(result, Awaitable) else json.dumps(result, ensure_ascii=False)
        except ApiError as refusal:
            call.error = refusal.description
            return refusal.code, json.dumps(refusal.body(), ensure_ascii=False)
        call.applied = True
        if isinstance(result, dict):
            call.message_id = result.get("message_id")
        return 200, '{"ok":true,"result":' + text + "}"

    def _run(self, method: str, params: Params) -> Any:
        if method == "getUpdates":
            return get_updates(self._world, params, webhook_active=bool(self._webhook.url))
        if method == "setWebhook":
            return self._webhook.set(params)
        if method == "deleteWebhook":
            return self._webhook.delete(params)
        if method == "getWebhookInfo":
            return self._webhook.info()
        found = METHODS.get(method.lower())
        if found is None:
            raise method_not_found()
        return found(self._world, params)

    async def _troubled(self, request: web.BaseRequest, call: Call, params: Params, fault: Fault) -> web.StreamResponse:
        if fault.kind in ("429", "500"):
            refusal = too_many_requests(fault.retry_after) if fault.kind == "429" else internal_error()
            call.error = refusal.description
            return _answer(call, refusal.code, json.dumps(refusal.body()))
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        status, body = 0, ""
        if fault.kind in ("slow", "hang_after", "drop_after"):
            status, body = await self.apply(call, params)
        if fault.kind == "slow":
            return _answer(call, status, body)
        if fault.kind in ("hang", "hang_after"):
            await asyncio.Event().wait()  # until the caller gives up: then aiohttp cancels this
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


def _answer(call: Call, status: int, body: str) -> web.Response:
    call.answered, call.status = True, status
    return web.Response(text=body, status=status, content_type="application/json")
