"""A screen is one value: the text and its buttons; everything that is shown becomes one."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bot.domain import fitting

Button = tuple[str, str]  # label, callback data


@dataclass(frozen=True, slots=True)
class Screen:
    """HTML text with inline buttons in rows; `keyboard` sets the reply keyboard instead."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] = field(default=())

    def params(self) -> dict[str, Any]:
        """The Bot API parameters of the screen without its chat, cut to what Telegram takes."""
        params: dict[str, Any] = {
            "text": fitting.html(self.text),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if self.keyboard:
            keys = [[{"text": label} for label in row] for row in self.keyboard]
            params["reply_markup"] = {"keyboard": keys, "resize_keyboard": True, "is_persistent": True}
        elif self.rows:
            fitted = fitting.buttons(self.rows)
            rows = [[{"text": label, "callback_data": data} for label, data in row] for row in fitted]
            params["reply_markup"] = {"inline_keyboard": rows}
        return params


def in_rows(buttons: list[Button] | tuple[Button, ...], columns: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons side by side, at most `columns` a row; rows differ by one at most, so that none hangs alone."""
    rows = -(-len(buttons) // columns)
    ends = [-(-len(buttons) * row // rows) for row in range(rows + 1)] if rows else []
    return tuple(tuple(buttons[start:end]) for start, end in pairwise(ends))
