"""Of which entry is it right? Asked when a correction could mean several entries of a draft."""

from bot.forms.engine import Answers, Facts, Option, Question

WHICH, ALL = "_which", "all"
"""The entry that a correction means, asked for where there are several; or all of them."""
TO = "_to."
"""Before the part of an entry that a correction puts right, until it is known of which entry."""


def _entry_options(answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    each = tuple(
        Option(
            str(index),
            "option-entry",
            {
                "number": str(index + 1),
                "kind": answers.get(f"e{index}.kind", ""),
                "yuan": answers.get(f"e{index}.amount", ""),
            },
            wide=True,
        )
        for index in range(int(answers.get("entries", "0")))
    )
    return each if f"{TO}amount" in answers else (*each, Option(ALL, "option-all-entries", wide=True))


def which_entry(answers: Answers) -> Question:
    """Of which entry is it right?"""
    texts = {"amount": "ask-which-amount", "kind": "ask-which-kind", "month": "ask-which-month"}
    name = next(name for name in texts if TO + name in answers)
    said = {"amount": "yuan"}.get(name, name)
    return Question(
        WHICH,
        texts[name],
        lambda raw, _f: raw if raw == ALL or raw.isdecimal() else None,
        _entry_options,
        lambda a, _f: {said: a[TO + name]},
        typed=False,
    )
