"""How problems are logged: kind and place, never an error's message, which may quote what somebody wrote."""

import secrets
from pathlib import Path
from traceback import extract_tb

import structlog

log = structlog.get_logger("ruhu.delivery")


def describe(error: BaseException) -> dict[str, str]:
    """The error's type, the innermost line of ours that it passed, and what it came from."""
    frames = [frame for frame in extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    found = {"error": type(error).__name__, "place": place}
    return {**found, "cause": type(error.__cause__).__name__} if error.__cause__ is not None else found


def new_reference() -> str:
    """What a person and the operator call one failure: `E-4f2a`."""
    return f"E-{secrets.token_hex(2)}"
