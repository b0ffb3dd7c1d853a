"""What became of one call: the errors of the library, sorted by what is known and what is to be done."""

from dataclasses import dataclass
from enum import StrEnum

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery.transport import NoAnswer, NotConnected


class Verdict(StrEnum):
    """The name is the label of the metric `ruhu_sends_total`."""

    SENT = "sent"
    FLOOD = "flood"  # 429: wait as long as it says
    OFFLINE = "offline"  # no connection: certainly not applied, nobody can be reached
    REFUSED = "refused"  # 5xx: not applied, try this chat again
    TOKEN = "token"  # 401: nothing can be sent  # noqa: S105 - no secret
    UNKNOWN = "unknown"  # no answer
    UNREACHABLE = "unreachable"  # blocked, or no such chat
    DEFECT = "defect"  # 400: it will never be accepted
    LATE = "late"  # the tap's answer or the message is out of date
    WITHDRAWN = "withdrawn"  # the reader has lost the right to it; not sent


@dataclass(frozen=True, slots=True)
class Outcome:
    """`wait` in seconds (429 only); `why` has no content of a message in it."""

    verdict: Verdict
    message_id: int | None = None
    wait: float = 0.0
    why: str = ""


NOT_MODIFIED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "message to delete not found")
_LATE = ("query is too old", "query id is invalid", "query_id_invalid")
_NO_CHAT = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found", "input_user_deactivated")


def is_gone(error: BadRequest) -> bool:
    """Whether the message that was to be edited is no longer there."""
    return _says(error, _GONE)


_FIXED: tuple[tuple[type[TelegramError], Verdict, str], ...] = (
    (Forbidden, Verdict.UNREACHABLE, "403"),
    (NotConnected, Verdict.OFFLINE, "not connected"),
    (NoAnswer, Verdict.UNKNOWN, "no answer"),
    (ChatMigrated, Verdict.DEFECT, "chat migrated"),
)


def outcome_of(error: TelegramError) -> Outcome:
    """Sort an error of `BotApi.call`."""
    for kind, verdict, why in _FIXED:
        if isinstance(error, kind):
            return Outcome(verdict, why=why)
    if isinstance(error, RetryAfter):
        return Outcome(Verdict.FLOOD, wait=_seconds(error), why="429")
    if isinstance(error, InvalidToken):
        no_method = "not found" in str(error).lower()  # 404: a token that was good at the start stays well-formed
        return Outcome(Verdict.DEFECT, why="404") if no_method else Outcome(Verdict.TOKEN, why="401")
    if isinstance(error, BadRequest):
        return _bad_request(error)
    return _other(error)


def _other(error: TelegramError) -> Outcome:
    """A 5xx, an answer that is no JSON, or a call that could not even be encoded."""
    if not isinstance(error, NetworkError):
        return Outcome(Verdict.UNKNOWN, why=type(error).__name__)
    if error.__cause__ is not None and not isinstance(error.__cause__, TelegramError):
        return Outcome(Verdict.DEFECT, why="not encodable")
    return Outcome(Verdict.REFUSED, why="5xx")


def _bad_request(error: BadRequest) -> Outcome:
    if _says(error, (NOT_MODIFIED,)):
        return Outcome(Verdict.SENT)
    if _says(error, _LATE):
        return Outcome(Verdict.LATE, why="query too old")
    if _says(error, _NO_CHAT):
        return Outcome(Verdict.UNREACHABLE, why="no such chat")
    return Outcome(Verdict.DEFECT, why=_reason(error))


def _reason(error: BadRequest) -> str:
    """Telegram's reason as far as it cannot quote the message."""
    return str(error).split(":", 1)[0].split('"', 1)[0].strip()[:80]


def _says(error: BadRequest, words: tuple[str, ...]) -> bool:
    said = str(error).lower()
    return any(word in said for word in words)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
