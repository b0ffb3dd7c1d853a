"""Callback data, made and read here only.

A form's buttons are `<draft>.<revision>.<option>`, those of cards, lists, digests and receipts `<verb>.<id>.<arg>`; the
first begins with a digit, the second with a letter. At most 64 bytes; ids and codes only, never personal data.
"""

import re
from dataclasses import dataclass

from bot.domain.limits import BUTTON_BYTES, LARGEST_ID

_VERB = re.compile(r"([a-z]{1,32})\.(0|[1-9][0-9]{0,9})\.([!-~]*)")
_CHOICE = re.compile(r"([1-9][0-9]{0,9})\.([1-9][0-9]{0,9})\.([!-~]+)")


class BadButtonError(ValueError):
    """Callback data that cannot be made: a defect of the program, found by the tests."""


@dataclass(frozen=True, slots=True)
class Button:
    """What a tap asks for: a verb, the id of what it is about (0: nothing) and an argument."""

    label: str
    verb: str
    id: int
    arg: str = ""

    @property
    def data(self) -> str:
        """The callback data of this button."""
        return encode(self.verb, self.id, self.arg)


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a card, list, digest or receipt."""

    verb: str
    id: int
    arg: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A tap on an option of a form: of which draft, as it stood at which revision."""

    draft: int
    revision: int
    option: str


def encode(verb: str, about: int, arg: str = "") -> str:
    """`<verb>.<id>.<arg>`; raises BadButtonError for what could not be read again."""
    return _checked(f"{verb}.{about}.{arg}")


def encode_choice(draft: int, revision: int, option: str) -> str:
    """`<draft>.<revision>.<option>`; raises BadButtonError for what could not be read again."""
    return _checked(f"{draft}.{revision}.{option}")


def decode(data: str) -> Tap | Choice | None:
    """What a tap means, or None for data that this program cannot have made."""
    if len(data.encode()) > BUTTON_BYTES:
        return None
    if (found := _VERB.fullmatch(data)) and int(found[2]) <= LARGEST_ID:
        return Tap(found[1], int(found[2]), found[3])
    if (found := _CHOICE.fullmatch(data)) and max(int(found[1]), int(found[2])) <= LARGEST_ID:
        return Choice(int(found[1]), int(found[2]), found[3])
    return None


def _checked(data: str) -> str:
    if decode(data) is None:
        raise BadButtonError(f"not callback data of at most {BUTTON_BYTES} bytes: {data!r}")
    return data
