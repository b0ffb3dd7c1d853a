"""Texts whose ids are put together: each pattern with everything that can stand in it.

A new f-string in the code needs a line here, or a loop over names that are written out beside it.
"""

from collections.abc import Iterable, Iterator

from bot.cli import parameters, problems, staff_table
from bot.cli.app import NAME, build, helped
from bot.domain.checks import Check, Mode
from bot.domain.households import Category, Monitoring
from bot.domain.idnumber import IdDoubt
from bot.domain.income_kinds import Kind
from bot.domain.staff import Role
from bot.domain.workbooks.columns import ENTRIES, FIGURES, ROSTER, VILLAGES
from bot.forms.clue import DONE
from bot.forms.member import JOINS, LEAVES
from bot.handlers.commands import COMMANDS, EXPORTS, KEYBOARD_WORDS
from bot.handlers.views import plain
from bot.handlers.views.greeting import Manner
from bot.handlers.views.lists import LIST_VERBS
from bot.reports.workbooks.template import HELP_KEYS
from bot.settings import PROBLEMS
from bot.storage.errors import StorageError
from bot.storage.inbox import Why
from bot.texts import LANGUAGES
from bot.understanding import jsonlines
from bot.usecases.snooze import REASONS, TOMORROW
from tests.texts import uses


def _of(pattern: str, values: Iterable[str]) -> tuple[str, frozenset[str]]:
    return pattern, frozenset(pattern.format(value) for value in values)


def _help_keys() -> set[str]:
    columns = (*ROSTER, *VILLAGES, *ENTRIES, *FIGURES)
    return {column.key.replace("_", "-") for column in columns} | {key.replace("_", "-") for key in HELP_KEYS.values()}


def _refusals() -> set[str]:
    return {code for _, code, _ in uses.refusals()}


def _storage_codes() -> set[str]:
    return {kind.code for kind in _with_subclasses(StorageError)}


def _with_subclasses(kind: type[StorageError]) -> Iterator[type[StorageError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _with_subclasses(each)


FAMILIES: dict[str, frozenset[str]] = dict(
    (
        _of("kind-{}", Kind),
        _of("check-{}", Check),
        _of("category-{}", Category),
        _of("monitoring-{}", set(Monitoring) - {Monitoring.NONE}),
        _of("mode-{}", Mode),
        _of("role-{}", Role),
        _of("example-{}", Check),
        *(_of(f"{text}-{{}}", Manner) for text in ("does", "start", "help", "refused-not-allowed")),
        _of("option-{}", (f"mode-{mode}" for mode in Mode)),
        _of("word-{}", KEYBOARD_WORDS),
        _of("command-{}", ("start", *COMMANDS)),
        _of("export-{}", EXPORTS),
        _of("snooze-reason-{}", (*REASONS, TOMORROW)),
        _of("clue-done-{}", DONE),
        _of("change-{}", LEAVES + JOINS),
        _of("settings-language-{}", LANGUAGES),
        _of("button-leave-{}", (name for name, _ in plain._LEAVES)),
        _of("list-{}-title", (name.replace("_", "-") for name in LIST_VERBS)),
        _of("helpcard-{}", ("helper", "plan", "card", "ledger")),
        _of("edit-{}", ("date", "mode", "findings", "note", "kind", "amount", "month", "item", "member")),
        ("{}-{}", frozenset(f"kind-{kind}" for kind in Kind) | frozenset(f"check-{check}" for check in Check)),
        (
            "digest-when-{}{}",
            frozenset(f"digest-when-{state}{first}" for state in ("today", "overdue") for first in ("", "-first")),
        ),
        _of("digest-tried-{}", ("phone", "home")),
        _of("refused-{}", _refusals()),
        _of("import-problem-{}", IdDoubt),  # those of the importers: tests/reports/test_workbook_messages.py
        _of("report-sort-{}", ("error", "question", "hint")),
        _of("import-line-{}", ("question", "hint")),
        _of("report-sheet-{}", ("sort", "place", "column", "value", "expected")),
        _of("workbook-help-{}", _help_keys()),
        _of("template-{}", ("needed", "optional")),
        _of("template-help-{}", ("sheet", "column", "needed", "meaning", "values")),
        _of("template-intro-{}", ("roster", "income")),
        _of("template-title-{}", ("roster", "income")),
        _of("storage-{}", _storage_codes()),
        _of("cli-os-{}", problems._REASONS.values()),
        _of("said-{}", ("save", "again", "rest", "edit", "cancel", "back")),
        _of("trouble-aside-{}", Why),
        _of("doctor-aside-{}", Why),
        _of("cli-copy-{}", ("broken", "newer-schema", "wrong-key")),
        _of("cli-setting-{}", PROBLEMS),
        _of("cli-column-{}", staff_table.COLUMNS),
        _of("cli-line-{}", jsonlines.WRONG),
        _of("usage-place-{}", parameters.PLACES.values()),
    )
)

ELSEWHERE: dict[tuple[str, str], frozenset[str]] = {
    ("cli/app.py", "text"): frozenset(text for _, text in helped(build(), NAME)),
    ("cli/helping.py", "title"): frozenset({"usage-commands", "usage-arguments", "usage-options"}),
    ("cli/importing.py", "text"): frozenset({"cli-progress-reading", "cli-progress-writing"}),
    ("handlers/views/card.py", "text"): frozenset({"card-this-year", "card-last-year", "card-last-year-key"}),
    ("handlers/views/card.py", "text.removesuffix('-key') + '-unknown'"): frozenset(
        {"card-this-year-unknown", "card-last-year-unknown"}
    ),
    ("handlers/views/review.py", "label"): frozenset(
        f"button-{name}" for name in "save edit cancel again not-again".split()
    ),
    ("handlers/views/draft.py", "again"): frozenset(
        f"again-{key}" for key in "date amount month kind member note item name other".split()
    ),
    ("reports/import_messages.py", "id_"): frozenset(
        {"import-villages", "import-moved-people", "import-replanned", "import-absent-people"}
    ),
}
"""Ids that come another way than by a literal or a pattern: (file, expression)."""

PASSED_ON = {
    "id",  # `Turn.t` and `Turn.plain`, the doors through which handlers ask
    "text_id",  # likewise for reminders
    "question.text",  # questions and options are read where they are made
    "option.label",
}
"""Expressions that hold an id that was read at another place."""
