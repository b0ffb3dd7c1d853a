"""How values are put into encrypted columns and into lookup marks."""

import json
import re
from typing import Any

from bot.domain import idnumber
from bot.storage.errors import WrongKey
from bot.storage.secrets import Secrets

UNREADABLE = "\ufffd"
"""In place of a text whose bytes are damaged: the sign that phones show for it."""
_TAIL = 4  # digits of a phone number


def seal_optional(secrets: Secrets, text: str | None, purpose: str) -> bytes | None:
    """A sealed text; None and empty stay None."""
    return secrets.seal(text, purpose) if text else None


def open_optional(secrets: Secrets, blob: bytes | None, purpose: str) -> str | None:
    """The sealed text; None stays None, damaged bytes are `UNREADABLE`."""
    try:
        return None if blob is None else secrets.open(bytes(blob), purpose)
    except WrongKey:
        return UNREADABLE


def seal_json(secrets: Secrets, value: Any, purpose: str) -> bytes:
    """A sealed JSON value."""
    return secrets.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), purpose)


def open_json(secrets: Secrets, blob: bytes, purpose: str) -> Any:
    """The sealed JSON value."""
    return json.loads(secrets.open(bytes(blob), purpose))


def id_values(secrets: Secrets, number: str | None) -> dict[str, bytes | None]:
    """The three columns of an ID number; marks ignore case and a disability suffix, the tail is the last four.

    Only a well-formed number has a mark of its own, which is unique.
    """
    if not number:
        return {"id_number_sealed": None, "id_number_mark": None, "id_tail_mark": None}
    return {
        "id_number_sealed": secrets.seal(number, "id_number"),
        "id_number_mark": id_mark(secrets, number),
        "id_tail_mark": secrets.mark(idnumber.last_four(number), "id_tail"),
    }


def id_mark(secrets: Secrets, number: str) -> bytes | None:
    """The mark by which a person is found; None for what is no well-formed number and so names nobody."""
    core = idnumber.key(number)
    return secrets.mark(core, "id_number") if core is not None else None


def phone_values(secrets: Secrets, phone: str | None) -> dict[str, bytes | None]:
    """The three columns of a phone number; marks look at its digits."""
    if not phone:
        return {"phone_sealed": None, "phone_mark": None, "phone_tail_mark": None}
    digits = re.sub(r"\D", "", phone)
    return {
        "phone_sealed": secrets.seal(phone, "phone"),
        "phone_mark": secrets.mark(digits[-11:], "phone"),
        "phone_tail_mark": secrets.mark(digits[-_TAIL:], "phone_tail"),
    }
