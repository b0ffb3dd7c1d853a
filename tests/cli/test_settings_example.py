"""`.env.example` is the one list of settings that an operator reads."""

import re
from pathlib import Path

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_every_setting_is_explained_in_the_example_and_nothing_else() -> None:
    """What it does not name nobody knows of; what it alone names does nothing."""
    named = re.findall(r"^#?(BOT_[A-Z_]{1,40})=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(f"BOT_{field.upper()}" for field in Settings.model_fields)
