"""Of which entry is it right? Asked when a correction could mean several entries of a draft."""

from bot.forms.engine import Answers, Facts, Option, Question

WHICH, ALL = "_which", "all"
"""The entry that a correction means, asked for where there are several; or all of them."""
TO = "_to."
"""Before the part of an entry that a correction puts right, until it is known of which entry."""


def _entry_options(answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    numbers = range(int(answers.get("entries", "0")))
    kinds = {answers.get(f"e{index}.kind") for index in numbers}
    each = tuple(_entry_option(answers, index, by_item=len(kinds) < len(numbers)) for index in numbers)
    return each if f"{TO}amount" in answers else (*each, Option(ALL, "option-all-entries", wide=True))


def _entry_option(answers: Answers, index: int, *, by_item: bool) -> Option:
    """By its kind; by its item where two are of one kind."""
    key = f"e{index}."
    item = answers.get(f"{key}item", "-")
    said = {"number": str(index + 1), "yuan": answers.get(f"{key}amount", "")}
    if by_item and item != "-":
        return Option(str(index), "option-entry-item", said | {"item": item}, wide=True)
    return Option(str(index), "option-entry", said | {"kind": answers.get(f"{key}kind", "")}, wide=True)


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
