"""How long each text may be, how large an id, how much a message holds: data, in one place.

Texts are counted in characters and checked where they come in: at import, in the chat, on the command line. What
Telegram limits is counted as Telegram counts, in UTF-16 units, and cut where a screen becomes a message
(`bot/domain/fitting.py`).
"""

LARGEST_ID = 2**31 - 1
"""The largest number of a row, in either database."""

NAME = 60
PLACE = 40  # village, village group, a liaison's unit
CODE = 40  # 户编号
NUMBER = 40  # ID number with its suffix
ALIAS = 20
ALIASES = 5
ITEM = 40  # the name of an income item
WORD = 40  # columns that take a word of one's own beside the usual ones
TYPED_NAME = TYPED_ITEM = 20  # in the chat, where a longer text is a message and no answer
TYPED = 2_000  # a typed message that is read; a longer one is not read in part
FILE_ID = 255  # of a picture; Telegram's have about 80 characters
NOTE = 2_000  # notes, what is wrong, what was done

CELLS = {
    "village": PLACE, "group": PLACE, "code": CODE, "name": NAME, "id_number": NUMBER, "schooling": WORD,
    "public_post": WORD, "alias": ALIAS, "monitor_name": NAME, "helper_name": NAME, "item": ITEM, "member": NAME,
    "note": NOTE,
}  # fmt: skip
"""Columns of workbooks that take free text, by their keys."""

MESSAGE = 4_096
CAPTION = 1_024
TOAST = 200  # the answer to a tap
LABEL = 40  # of a button; Telegram sets no limit, a phone does
BUTTONS = 100
BUTTON_BYTES = 64

SHOWN = 400
"""Any other variable of a text on a screen; a longer one is cut, and whole in the record and in exports."""
SHOWN_NAMES = frozenset({"name", "group", "village", "place", "code", "who", "item"})
"""Variables that are cut after `NAME` characters: older databases may hold longer ones."""
LABEL_NAME = 20
"""The same on a button."""

XLSX_CELL = 32_767
XLSX_SHEET = 31


def row_id(written: str) -> int | None:
    """The number of a row as written in plain digits; None for anything that cannot be one."""
    good = written.isascii() and written.isdecimal() and len(written) <= 10 and 0 < int(written) <= LARGEST_ID
    return int(written) if good else None
