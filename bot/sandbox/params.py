"""Reading a Bot API request: query string, form, multipart or JSON, as Telegram accepts them all."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import bad_request, entity_too_large

Json = dict[str, Any]
MAX_BODY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Params:
    """The parameters of one call; each reader converts as Telegram does."""

    values: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a string parameter."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; what is none counts as `default`, as at Telegram."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def decimal(self, name: str) -> float:
        """Return a decimal number; refuses what is none."""
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError) as error:
            raise bad_request(f"{name} is empty") from error

    def boolean(self, name: str) -> bool:
        """Return a flag: `true`, `yes` and non-zero numbers are set."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1", "t", "y")

    def json(self, name: str, what: str) -> Any:
        """Return a parameter that is JSON, given as such or as a string; `what` names it in the refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {what} JSON object") from error

    def upload(self, name: str) -> Upload | str | None:
        """Return the file of parameter `name`: what was uploaded, a string naming a stored one, or None."""
        if name in self.files:
            return self.files[name]
        value = self.text(name)
        if value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return value or None


async def read_params(request: web.BaseRequest) -> Params:
    """Return the parameters of `request`; raises 413 above the server's limit and 400 for broken JSON."""
    params = Params(dict(request.query) if request.query_string else {})
    if request.method == "GET" or not request.can_read_body:
        return params
    try:
        if request.content_type.startswith("multipart/"):
            await _read_multipart(request, params)
        else:
            _read_body(request.content_type, await request.read(), params)
    except web.HTTPRequestEntityTooLarge as error:
        raise entity_too_large() from error
    return params


def _read_body(content_type: str, body: bytes, params: Params) -> None:
    if content_type == "application/json":
        try:
            values = json.loads(body or b"{}")
        except ValueError as error:
            raise bad_request("can't parse JSON object") from error
        if not isinstance(values, dict):
            raise bad_request("object expected")
        params.values.update((name, value) for name, value in values.items() if value is not None)
    else:
        params.values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


async def _read_multipart(request: web.BaseRequest, params: Params) -> None:
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, web.FileField):
            params.files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            params.values[name] = value if isinstance(value, str) else bytes(value).decode()
