"""Telegram's refusals, in Telegram's own words and codes."""

from typing import Any


class ApiError(Exception):
    """A refusal of the Bot API: HTTP status `code`, `description`, and `parameters` such as `retry_after` (s)."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the JSON object that Telegram sends for this refusal."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(reason: str) -> ApiError:
    """Return Telegram's 400 with `reason`."""
    return ApiError(400, f"Bad Request: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """Return Telegram's 429; `retry_after` in seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def unauthorized() -> ApiError:
    """Return the answer to a wrong token."""
    return ApiError(401, "Unauthorized")


def method_not_found() -> ApiError:
    """Return the answer to a method that does not exist."""
    return ApiError(404, "Not Found: method not found")


def internal_error() -> ApiError:
    """Return the answer of a server in trouble."""
    return ApiError(500, "Internal Server Error")


def entity_too_large() -> ApiError:
    """Return the answer to an upload above the limit."""
    return ApiError(413, "Request Entity Too Large")


def blocked() -> ApiError:
    """Return the refusal to write to somebody who blocked the bot."""
    return ApiError(403, "Forbidden: bot was blocked by the user")


def never_started() -> ApiError:
    """Return the refusal to write to somebody who never wrote first."""
    return ApiError(403, "Forbidden: bot can't initiate conversation with a user")


def kicked() -> ApiError:
    """Return the refusal to write to a group that removed the bot."""
    return ApiError(403, "Forbidden: bot was kicked from the group chat")


def conflict(reason: str) -> ApiError:
    """Return Telegram's 409 with `reason`."""
    return ApiError(409, f"Conflict: {reason}")


OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
