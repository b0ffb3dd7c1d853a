"""How long each text may be and how large an id, in one place: at import, in the chat and on the command line."""

LARGEST_ID = 2**31 - 1
"""The largest number of a row, in either database."""


def row_id(written: str) -> int | None:
    """The number of a row as written in plain digits; None for anything that cannot be one."""
    good = written.isascii() and written.isdecimal() and len(written) <= 10 and 0 < int(written) <= LARGEST_ID
    return int(written) if good else None
