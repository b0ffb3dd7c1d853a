"""Which village each name in a roster means: one that is stored, however it is written, or a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.households import village_key
from bot.domain.workbooks.problems import Problem
from bot.usecases.workbooks.read_roster import RosterBook
from bot.usecases.workbooks.sheets import Line

NEW_VILLAGES = "--new-villages"
"""The option that answers the question about new villages."""


@dataclass(slots=True)
class Villages:
    """The name that each name of the file stands for, the new ones among them, and what to say about it."""

    named: dict[str, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)

    def place(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Village and group of a household."""
        return self.named[values["village"]], values["group"]


def settle_villages(book: RosterBook, stored: Iterable[str]) -> Villages:
    """Names that are written in other ways (`大石 村`, `大石村委会`) are one village, and told.

    A new village beside stored ones is a question; in an empty database all are new.
    """
    exact = set(stored)
    alike = {village_key(name): name for name in sorted(exact, reverse=True)}
    found = Villages()
    for name, line in _first_lines(book).items():
        meant = name if name in exact else alike.setdefault(village_key(name), name)
        found.named[name] = meant
        if meant != name:
            found.hints.append(line.problem("village", "village-alike", hint=True, name=meant))
        elif name not in exact:
            found.new.append(name)
            if exact:
                known = "、".join(sorted(exact))
                found.questions.append(line.problem("village", "village-new", answer=NEW_VILLAGES, known=known))
    return found


def _first_lines(book: RosterBook) -> dict[str, Line]:
    """Each name of a village with the row in which it stands first."""
    first: dict[str, Line] = {}
    for household in book.households:
        first.setdefault(household.values["village"], household.head)
    return first
