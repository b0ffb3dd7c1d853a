"""What an import tells its user: a line for each problem, and the summary."""

from collections.abc import Sequence

from bot.domain.workbooks.problems import IncomeSummary, Problem, RosterSummary
from bot.texts import texts


def expectation(problem: Problem, language: str = "zh") -> str:
    """What is expected instead, as a sentence."""
    return texts.get(language, f"import-problem-{problem.code}", **dict(problem.details))


def problem_line(problem: Problem, language: str = "zh") -> str:
    """One problem as one line: `成员!F12 与户主关系 "表弟":…`; hints say that they are."""
    expected = expectation(problem, language)
    if problem.row:
        line = texts.get(
            language,
            "import-line",
            sheet=problem.sheet,
            cell=problem.cell,
            column=problem.title,
            value=problem.value,
            expected=expected,
        )
    elif problem.sheet:
        line = texts.get(language, "import-line-sheet", sheet=problem.sheet, expected=expected)
    else:
        line = expected
    return line if problem.sort == "error" else texts.get(language, f"import-line-{problem.sort}", line=line)


def refusal_lines(problems: Sequence[Problem], language: str = "zh") -> list[str]:
    """One line for each problem of a refused workbook, hints among them, and how many errors or questions there are."""
    errors = sum(problem.sort == "error" for problem in problems)
    asked = sum(problem.sort == "question" for problem in problems)
    id_, count = ("import-refused", errors) if errors else ("import-unanswered", asked)
    lines = [problem_line(problem, language) for problem in problems]
    return [*lines, texts.get(language, id_, count=f"{count:,}")]


def roster_lines(summary: RosterSummary, *, dry_run: bool, language: str = "zh") -> list[str]:
    """The summary of a roster import, what else happened, and the hints."""
    counts = {
        "new": f"{summary.new:,}",
        "people": f"{summary.new_people:,}",
        "updated": f"{summary.updated:,}",
        "unchanged": f"{summary.unchanged:,}",
        "absent": f"{summary.absent:,}",
    }
    more = {
        "import-villages": summary.villages,
        "import-moved-people": summary.moved_people,
        "import-replanned": summary.replanned,
        "import-absent-people": summary.absent_people,
    }
    lines = [texts.get(language, "import-summary-roster", **counts)]
    if summary.new_villages:
        named = {"count": f"{len(summary.new_villages):,}", "names": "、".join(summary.new_villages)}
        lines.append(texts.get(language, "import-new-villages", **named))
    lines += [texts.get(language, id_, count=f"{count:,}") for id_, count in more.items() if count]
    return lines + _closing(summary, dry_run=dry_run, language=language)


def income_lines(summary: IncomeSummary, *, dry_run: bool, language: str = "zh") -> list[str]:
    """The summary of an income import and the hints."""
    lines = [texts.get(language, "import-summary-income", new=f"{summary.new:,}", known=f"{summary.known:,}")]
    if summary.figures_new or summary.figures_updated or summary.figures_unchanged:
        lines.append(
            texts.get(
                language,
                "import-summary-figures",
                new=f"{summary.figures_new:,}",
                updated=f"{summary.figures_updated:,}",
                unchanged=f"{summary.figures_unchanged:,}",
            )
        )
    return lines + _closing(summary, dry_run=dry_run, language=language)


def _closing(summary: RosterSummary | IncomeSummary, *, dry_run: bool, language: str) -> list[str]:
    lines = [texts.get(language, "import-nothing")] if summary.nothing else []
    lines += [texts.get(language, "import-dry-run")] if dry_run else []
    for id_, found in (("import-questions", summary.questions), ("import-hints", summary.hints)):
        lines += [texts.get(language, id_, count=f"{len(found):,}")] if found else []
        lines += [problem_line(problem, language) for problem in found]
    return lines
