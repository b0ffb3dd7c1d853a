"""Keyboards under messages and under the typing box: what Telegram takes and what it refuses."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

Json = dict[str, Any]
Rows = tuple[tuple[Json, ...], ...]
MAX_BUTTONS = 100
MAX_REPLY_BUTTONS = 300
MAX_CALLBACK_BYTES = 64
_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "copy_text", "pay", "callback_game",
    "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Markup:
    """A reply_markup parameter: inline rows, or what happens to the keyboard under the typing box."""

    inline: Rows = ()
    keyboard: Json | None = None
    removes_keyboard: bool = False

    @property
    def is_inline(self) -> bool:
        """Whether this may be used in an edit."""
        return self.keyboard is None and not self.removes_keyboard


def read_markup(value: Any) -> Markup:
    """Return the checked markup of a decoded `reply_markup`; raises Telegram's refusals."""
    if value is None or value == {}:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return Markup(inline=_inline(value["inline_keyboard"]))
    if "keyboard" in value:
        return Markup(keyboard={**value, "keyboard": _reply_rows(value["keyboard"])})
    return Markup(removes_keyboard=bool(value.get("remove_keyboard")))


def _rows(value: Any, what: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{what}" of the ReplyMarkup must be an Array')
    for row in value:
        if not isinstance(row, list):
            raise bad_request(f'field "{what}" of the ReplyMarkup must be an Array of Arrays')
    return [row for row in value if row]


def _inline(value: Any) -> Rows:
    rows = tuple(tuple(_inline_button(button) for button in row) for row in _rows(value, "inline_keyboard"))
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


def _inline_button(button: Any) -> Json:
    broken = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(broken + "InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(broken + 'Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request(broken + "Text buttons are unallowed in the inline keyboard")
    if "callback_data" in actions:
        data = button["callback_data"]
        if not isinstance(data, str) or len(data.encode()) > MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad_request("BUTTON_URL_INVALID")
    return {"text": text.strip(), **{name: button[name] for name in actions}}


def _reply_rows(value: Any) -> list[list[Json]]:
    rows = [[_reply_button(button) for button in row] for row in _rows(value, "keyboard")]
    if sum(map(len, rows)) > MAX_REPLY_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    broken = "can't parse keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(broken + "KeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(broken + 'Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return dict(button)
