"""A reading in one short line, so that tables of messages can be read."""

from datetime import date

from bot.understanding import Reading, understand
from bot.understanding.model import yuan
from tests.understanding.pack import lexicon, roster

TODAY = date(2024, 3, 15)


def reading(text: str, today: date = TODAY) -> Reading:
    """What a message means beside the small roster."""
    return understand(text, today, roster(), lexicon())


def entries(text: str) -> str:
    """Kind and amount of each entry, then what is asked: `wage 3500 ~ @2024-02, transfer 860 | amount`."""
    read = reading(text)
    found = []
    for entry in read.entries:
        marks = ["~"] * entry.estimate + ["net"] * entry.net + ([f"@{entry.month}"] if entry.month else [])
        found.append(" ".join([entry.kind.value if entry.kind else "?", yuan(entry.amount_fen) or "?", *marks]))
    return ", ".join(found) + (f" | {' '.join(read.ask)}" if read.ask else "")


def findings(text: str) -> str:
    """Findings in one line: `all food housing!` says that all is fine, food is, and housing is not."""
    read = reading(text)
    marks = [check.value + ("" if state.value == "ok" else "!") for check, state in read.checks.items()]
    return " ".join(["all"] * read.all_ok + marks)


def visit(text: str) -> str:
    """Day and mode of the visit, `?` where the day is asked: `2024-03-10 home`."""
    read = reading(text)
    if read.mode is None:
        return ""
    return f"{read.visited_on or '?'} {read.mode.value}" + (" | date" if "date" in read.ask else "")
