"""Delivery of updates to the bot's own web server, retried until it says 200 (Bot API, setWebhook)."""

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.sandbox.errors import WEBHOOK_SET, bad_request
from bot.sandbox.params import Params
from bot.sandbox.updates import UpdateQueue, UpdateRecord

Json = dict[str, Any]
Reply = Callable[[Json], Awaitable[None]]
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LONGEST_PAUSE = 2.0  # seconds between two attempts; Telegram's pauses are longer


class Webhook:
    """Sends each chat's updates in order, chats beside one another, at most `max_connections` at a time."""

    def __init__(self, updates: UpdateQueue, reply: Reply) -> None:
        self.url = ""
        self._updates = updates
        self._reply = reply
        self._secret = ""
        self._max_connections = 40
        self._error: tuple[int, str] | None = None
        self._chats: dict[int, deque[UpdateRecord]] = defaultdict(deque)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._gate = asyncio.Semaphore(40)

    def set(self, params: Params) -> bool:
        """setWebhook: an empty URL removes it."""
        url, secret = params.text("url"), params.text("secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        if url and not url.startswith(("http://", "https://")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self._updates.allow(params.json("allowed_updates", "allowed updates"))
        if url:
            self._updates.stop_poller(WEBHOOK_SET)
        self._restart(url, secret, params)
        return True

    def delete(self, params: Params) -> bool:
        """deleteWebhook: what was not delivered waits for getUpdates."""
        self._restart("", "", params)
        return True

    def info(self) -> Json:
        """getWebhookInfo."""
        body: Json = {
            "url": self.url, "has_custom_certificate": False, "pending_update_count": len(self._updates),
        }  # fmt: skip
        if self.url:
            body["max_connections"] = self._max_connections
            body["ip_address"] = "127.0.0.1"
        if self._error is not None:
            body["last_error_date"], body["last_error_message"] = self._error
        if self._updates.allowed is not None:
            body["allowed_updates"] = sorted(self._updates.allowed)
        return body

    async def stop(self) -> None:
        """Stop delivering; the webhook stays set and goes on with `resume`."""
        tasks = self._cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def resume(self) -> None:
        """Deliver everything that waits."""
        if self.url:
            self._updates.on_add = self._take
            for record in self._updates.pending:
                self._take(record)

    def _restart(self, url: str, secret: str, params: Params) -> None:
        if params.boolean("drop_pending_updates"):
            self._updates.drop_all()
        self._cancel()
        self.url, self._secret, self._error = url, secret, None
        self._max_connections = min(max(params.integer("max_connections", 40), 1), 100)
        self._gate = asyncio.Semaphore(self._max_connections)
        self.resume()

    def _cancel(self) -> list[asyncio.Task[None]]:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        self._tasks.clear()
        self._chats.clear()
        self._updates.on_add = None
        return tasks

    def _take(self, record: UpdateRecord) -> None:
        self._chats[record.chat_id].append(record)
        if record.chat_id not in self._tasks:
            self._tasks[record.chat_id] = asyncio.create_task(self._run(record.chat_id))

    async def _run(self, chat_id: int) -> None:
        waiting = self._chats[chat_id]
        while waiting:
            record = waiting[0]
            await self._until_taken(record)
            if self._updates.twice():
                await self._until_taken(record)
            waiting.popleft()
            self._updates.delivered(record)
        self._tasks.pop(chat_id, None)
        self._chats.pop(chat_id, None)

    async def _until_taken(self, record: UpdateRecord) -> None:
        pause = 0.05
        while True:
            async with self._gate:
                if await self._post(record):
                    return
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _post(self, record: UpdateRecord) -> bool:
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        record.deliveries += 1
        try:
            async with self._session.post(self.url, data=record.body.encode(), headers=headers) as answer:
                body = await answer.read()
                if answer.status // 100 == 2:
                    await self._method_in(body)
                    return True
                return self._failed(record, f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except (aiohttp.ClientError, TimeoutError, OSError):
            return self._failed(record, "Connection refused")

    def _failed(self, record: UpdateRecord, message: str) -> bool:
        self._error = (int(record.at), message)
        return False

    async def _method_in(self, body: bytes) -> None:
        """Act on a method call that the bot put into its answer."""
        if not body.startswith(b"{"):
            return
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self._reply(call)
