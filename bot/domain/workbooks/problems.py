"""What is wrong in a workbook, cell by cell, and what an import did."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.errors import Refused

LONGEST = 40
"""Values in problem lines are cut after so many characters."""

_PERSONAL = frozenset({"id_number", "phone"})


def cell_name(row: int, column: int) -> str:
    """The name of a cell from its row (from 1) and column (from 0): (12, 5) is `F12`."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def masked(value: str, key: str) -> str:
    """A value as a problem line may show it: ID and phone numbers keep three digits in front and two behind."""
    text = re.sub(r"\s+", " ", value).strip()
    if key in _PERSONAL:
        hidden = re.sub(r"[^.+E-]", "*", text[3:-2])  # 5.32331E+17 is still seen for what it is
        return text[:3] + hidden.rjust(3, "*") + text[-2:] if len(text) > 5 else "*" * len(text)
    if key != "code":  # a number in the wrong column may be personal as well
        text = re.sub(r"\d{8,}[0-9Xx]?", lambda found: masked(found[0], "id_number"), text)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where, which value, and what is expected (text `import-problem-<code>` with `details`).

    `row` counts from 1, `column` from 0; row 0 is the workbook as a whole or a sheet that is missing.
    A hint (疑点) refuses nothing. A question (要确认) is one that the option `answer` of the command line answers with
    yes; without it the import is refused. `value` is masked already.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    title: str = ""
    value: str = ""
    details: tuple[tuple[str, str], ...] = ()
    hint: bool = False
    answer: str = ""

    @property
    def sort(self) -> str:
        """`error`, `question` or `hint`."""
        return "hint" if self.hint else "question" if self.answer else "error"

    @property
    def cell(self) -> str:
        """`F12`; empty where there is no cell."""
        return cell_name(self.row, self.column) if self.row else ""

    @property
    def order(self) -> tuple[str, int, int, bool]:
        """Sheet by sheet, from top to bottom, errors before hints."""
        return self.sheet, self.row, self.column, self.hint


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as they stand in the workbook."""
    return sorted(problems, key=lambda problem: problem.order)


class WorkbookRefused(Refused):
    """A workbook is not taken over; nothing has changed. `problems` holds every error, and hints."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("workbook", errors=sum(problem.sort == "error" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class RosterSummary:
    """What a roster import did, or would do; counts of households unless named otherwise."""

    new: int = 0
    new_people: int = 0
    updated: int = 0
    unchanged: int = 0
    absent: int = 0  # in the program, not in the file, left as they are
    absent_people: int = 0  # likewise, in households that the file has
    moved_people: int = 0  # came from another household
    villages: int = 0  # villages with new facts from the sheet 村情
    replanned: int = 0  # known households whose next visit moved
    new_villages: tuple[str, ...] = ()
    questions: tuple[Problem, ...] = ()  # what would have to be answered before the import
    hints: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def nothing(self) -> bool:
        """Whether the import changed nothing."""
        return not (self.new or self.new_people or self.updated or self.villages)


@dataclass(frozen=True, slots=True)
class IncomeSummary:
    """What an income import did, or would do: ledger entries and official annual figures."""

    new: int = 0
    known: int = 0  # entries of an earlier import
    figures_new: int = 0
    figures_updated: int = 0
    figures_unchanged: int = 0
    questions: tuple[Problem, ...] = ()
    hints: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def nothing(self) -> bool:
        """Whether the import changed nothing."""
        return not (self.new or self.figures_new or self.figures_updated)
