"""The texts people read: Fluent catalogues, one file an area, equal ids in both languages.

`Texts.get` is strict: an unknown id, a missing variable or any error of the formatter raises, so that a broken
text is found by the tests and never sent. Numbers go in as text (Fluent would print `2,024年`).
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

HERE = Path(__file__).parent
LANGUAGES = ("zh", "en")
LONGEST = 2_400
"""Characters of a variable; Fluent refuses more than 2,500. What is shown in a chat is cut shorter long before."""


class TextError(Exception):
    """A text is missing, or a variable of it: a defect of the program."""


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([{"zh": "zh-CN", "en": "en"}[language]], use_isolating=False)
    for path in sorted((HERE / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


class Texts:
    """Both catalogues behind one strict door."""

    def get(self, language: str, id: str, /, **args: str | int) -> str:
        """The text `id` in `language` with its variables filled; raises TextError on any flaw."""
        bundle = _bundle(language if language in LANGUAGES else "zh")
        if not bundle.has_message(id):
            raise TextError(f"no text {id!r} in {language}")
        pattern = bundle.get_message(id).value
        if pattern is None:
            raise TextError(f"text {id!r} in {language} has no value")
        errors: list[Any]
        filled, errors = bundle.format_pattern(
            pattern, {key.replace("_", "-"): _short(str(value)) for key, value in args.items()}
        )
        if errors:
            raise TextError(f"text {id!r} in {language}: {errors}")
        return str(filled)

    def lines(self, language: str, id: str, variables: Mapping[str, str]) -> list[str]:
        """The text as patterns, a line each: `variables` gives the pattern of every variable that it may have."""
        stand_ins = {name: f"\ue000{number}\ue001" for number, name in enumerate(variables)}
        filled = re.escape(self.get(language, id, **stand_ins))
        for name, pattern in variables.items():
            filled = filled.replace(stand_ins[name], f"(?:{pattern})")
        return [re.sub(r"</?b>", "", line) for line in filled.replace("\\\n", "\n").split("\n")]

    def has(self, language: str, id: str) -> bool:
        """Whether there is such a text."""
        return bool(_bundle(language).has_message(id))


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"


texts = Texts()
