"""Whether what came back is an answer of the Bot API at all, or of something in between: a proxy, a portal, a firewall.

Only the Bot API can say that a person blocked us, that a token is unknown or that a message is wrong. Another's 403 or
404 must not be taken for it.
"""

import json
from typing import Any

from telegram.error import BadRequest

from bot.delivery.outages import NoAnswer, NotConnected

_KNOWN_REFUSALS = frozenset({400, 401, 403, 404, 409, 429})
_LOGIN_WANTED = 511  # a portal answers instead of the server


def sort_out(method: str, status: int, kind: str, body: bytes) -> int:
    """The status as the library is to see it; raises NotConnected, NoAnswer, or BadRequest for an untyped refusal.

    A redirect or a 4xx of something else certainly was not applied; of its 5xx, or of half an answer, nobody knows.
    """
    if 200 <= status < 300:
        return _fine(method, status, kind, body)
    if answer_in(body) is None and (300 <= status < 500 or status == _LOGIN_WANTED):
        raise NotConnected(f"HTTP {status}, not of the Bot API")
    if status == 504 or answer_in(body) is None:
        raise NoAnswer(f"HTTP {status}")
    if 300 <= status < 500 and status not in _KNOWN_REFUSALS:
        raise BadRequest(f"HTTP {status}")
    return status


def answer_in(body: bytes) -> dict[str, Any] | None:
    """An answer as the Bot API gives them, an object with `ok`; None for anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and "ok" in found else None


def _fine(method: str, status: int, kind: str, body: bytes) -> int:
    """A status of success: a file is what it is unless it is a page; a call has a result."""
    if method == "GET":
        if kind == "text/html":
            raise NoAnswer("a page instead of a file")
        return status
    if b'"result"' in body:  # read whole by the library
        return status
    found = answer_in(body)
    if found is None or found["ok"] is not False:
        raise NoAnswer("no answer of the Bot API")
    code = found.get("error_code")
    return code if isinstance(code, int) and 400 <= code < 600 else 500
