"""Lists of households with a button each, a page at a time."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.access import Action, may, require, scope_of
from bot.domain.households import Household
from bot.forms.buttons import encode
from bot.handlers.screen import Button, Screen, in_rows
from bot.handlers.turn import Said, Turn
from bot.handlers.views.wording import day, elsewhere, head_figure, joined, place, short
from bot.reports import lists
from bot.reports.lists import Row
from bot.storage import clues, households
from bot.storage.reach import NotReached, not_reached
from bot.texts import formats
from bot.usecases.todo import Todo, page, todo_of

PAGE = 8
LONGEST = 200  # characters of a note, so that a page stays below Telegram's 4,096
HITS = 8
LIST_VERBS = {
    "below_10000": "listbelow",
    "income_falling": "listfalling",
    "uninsured": "listuninsured",
    "unvisited": "listunvisited",
}
"""The verb that turns the page of each list."""
MISSED_FOR = timedelta(days=7)
Listed = tuple[Household, str]  # a household and what is said of it


def todo_screen(turn: Turn, offset: int = 0, *, only_overdue: bool = False, group: str | None = None) -> Screen:
    """今日待办: due households in walking order; a tap opens the visit form."""
    rows = todo_of(turn.tx, turn.who, turn.day, turn.shop.policies)
    if group is not None:
        rows = [row for row in rows if row.household.group == group]
    problems = problems_of(turn)
    late = [row for row in rows if row.overdue > 0]
    when, weekday = day(turn, turn.day), formats.weekday(turn.day, turn.language)
    if not rows:
        return Screen(turn.t("todo-empty", day=when, weekday=weekday))
    shown = late if only_overdue else rows
    title = [turn.t("todo-title", day=when, weekday=weekday), turn.t("list-todo", due=len(rows), overdue=len(late))]
    walked = page(shown, offset, PAGE, turn.day)
    listed = [(row.household, _due_words(turn, row, problems)) for row in walked]
    more = ("overdue" if only_overdue else "todo", 0)
    return _page(turn, title, listed, offset, len(shown), verb="visit", more=more)


def problems_of(turn: Turn) -> dict[int, list[str]]:
    """The checks of open problems by household, each once."""
    found: dict[int, list[str]] = {}
    for clue in clues.open_for(turn.tx, scope_of(turn.who, Action.VIEW)):
        checks = found.setdefault(clue.household_id, [])
        if clue.check not in checks:
            checks.append(clue.check)
    return found


def _due_words(turn: Turn, row: Todo, problems: dict[int, list[str]]) -> str:
    what = turn.t("list-overdue-days", days=row.overdue) if row.overdue else turn.t("list-due-today")
    marks = [turn.t(f"check-{check}") for check in problems.get(row.household.id, ())]
    if marks:
        what += "  " + turn.t("visit-last-problem", what=joined(turn, marks))
    return f"{what}  {turn.t('todo-new')}" if row.first else what


def _page(
    turn: Turn, title: list[str], shown: Sequence[Listed], offset: int, count: int, *, verb: str, more: tuple[str, int]
) -> Screen:
    """A page of numbered lines and buttons out of `count`; the numbers go on from page to page."""
    lines, buttons = list(title), []
    group = None
    for number, (household, what) in enumerate(shown, offset + 1):
        if household.group_id != group:
            group = household.group_id
            lines.append(turn.t("list-group", place=place(turn, household)))
        said = Said(what if household.readable else turn.t("list-unreadable"))
        lines.append(turn.t("list-line", number=number, name=household.head, what=said))
        buttons.append(_button(turn, number, household, verb))
    return Screen(
        "\n".join(lines), (*_rows(turn, buttons, [each for each, _ in shown]), *_moves(turn, offset, count, more))
    )


def _button(turn: Turn, number: int, household: Household, verb: str) -> Button:
    """A household of a numbered list; the line above says in which group it is, not always in which village."""
    if not elsewhere(turn, household):
        return f"{number} {household.head}", encode(verb, household.id)
    label = turn.plain("hit", number=number, name=household.head, place=place(turn, household))
    return label, encode(verb, household.id)


def _rows(turn: Turn, buttons: list[Button], shown: Sequence[Household]) -> tuple[tuple[Button, ...], ...]:
    """Two in a row, or one where each says its village too."""
    return in_rows(buttons, 1 if any(elsewhere(turn, each) for each in shown) else 2)


def _moves(turn: Turn, offset: int, count: int, more: tuple[str, int]) -> tuple[tuple[Button, ...], ...]:
    moves: list[Button] = []
    if offset > 0:
        moves.append((turn.t("button-previous"), encode(*more, str(max(0, offset - PAGE)))))
    if offset + PAGE < count:
        moves.append((turn.t("button-more", count=count - offset - PAGE), encode(*more, str(offset + PAGE))))
    return (tuple(moves),) if moves else ()


def late_screen(turn: Turn, days: int, offset: int = 0) -> Screen:
    """Households overdue by so many days or more, as the village's and the town's digest bundle them."""
    rows = [row for row in todo_of(turn.tx, turn.who, turn.day, turn.shop.policies) if row.overdue >= days]
    title = [turn.t("list-late-title", count=len(rows), days=days)]
    if not rows:
        return Screen("\n".join([*title, turn.t("list-none")]))
    problems = problems_of(turn)
    listed = [(row.household, _due_words(turn, row, problems)) for row in page(rows, offset, PAGE, turn.day)]
    return _page(turn, title, listed, offset, len(rows), verb="show", more=("late", days))


def named_list(turn: Turn, name: str, offset: int = 0) -> Screen:
    """A list asked for in words (`LISTS` of the parser's intents); what is not known here is the to-do list."""
    require(turn.who, Action.LIST)
    if name == "open_problems":
        return cases_screen(turn, offset)
    rows = _rows_of(turn, name)
    if rows is None:
        return todo_screen(turn, offset, only_overdue=name == "overdue")
    rows = sorted(rows, key=lambda row: (row.household.village, row.household.group))
    listed = [(row.household, _row_words(turn, row)) for row in rows[offset : offset + PAGE]]
    title = [turn.t(f"list-{name.replace('_', '-')}-title", count=len(rows))]
    if not rows:
        return Screen("\n".join([*title, turn.t("list-none")]))
    return _page(turn, title, listed, offset, len(rows), verb="show", more=(LIST_VERBS[name], 0))


def _rows_of(turn: Turn, name: str) -> list[Row] | None:
    scope = scope_of(turn.who, Action.LIST)
    if name == "below_10000":
        return lists.below_line(turn.tx, scope, turn.day, turn.shop.policies)
    if name == "income_falling":
        return lists.falling_income(turn.tx, scope, turn.day, turn.shop.policies)
    if name == "uninsured":
        return lists.uninsured(turn.tx, scope)
    return lists.unvisited(turn.tx, scope, turn.day) if name == "unvisited" else None


def _row_words(turn: Turn, row: Row) -> str:
    if row.fen is not None:
        return turn.t("list-below", amount=head_figure(turn, row.fen))
    if row.names:
        return turn.t("list-people", names=joined(turn, row.names))
    if row.household.next_due is None:
        return ""
    return turn.t("list-due-on", day=day(turn, row.household.next_due))


def hits_screen(turn: Turn, found: Sequence[Household], verb: str = "show") -> Screen:
    """Several households that fit a search, as numbered buttons."""
    lines = [turn.t("found", count=len(found))]
    if len(found) > HITS:
        lines.append(turn.t("found-more", count=len(found) - HITS))
    buttons = [
        (turn.plain("hit", number=number, name=each.head, place=place(turn, each)), encode(verb, each.id))
        for number, each in enumerate(found[:HITS], 1)
    ]
    return Screen("\n".join(lines), _rows(turn, buttons, found[:HITS]))


def cases_screen(turn: Turn, offset: int = 0) -> Screen:
    """线索: problems that nobody has closed yet, oldest first."""
    found = clues.open_for(turn.tx, scope_of(turn.who, Action.LIST))
    if not found:
        return Screen(turn.t("case-none"))
    lines = [turn.t("list-problems-title", count=len(found))]
    buttons: list[Button] = []
    shown: list[Household] = []
    for number, clue in enumerate(found[offset : offset + PAGE], offset + 1):
        household = households.get(turn.tx, clue.household_id)
        assert household is not None
        check, opened = turn.t(f"check-{clue.check}"), day(turn, clue.opened_on)
        where = place(turn, household)
        line = turn.t("case-line", number=number, name=household.head, place=where, check=check, day=opened)
        lines += [line, turn.t("case-note", note=short(clue.words, LONGEST))] if clue.words else [line]
        buttons.append(_button(turn, number, household, "show"))
        shown.append(household)
    rows = (*_rows(turn, buttons, shown), *_moves(turn, offset, len(found), ("cases", 0)))
    return Screen("\n".join([*lines, turn.t("case-hint")]), rows)


def stats_screen(turn: Turn, place: str) -> Screen:
    """统计: what is there and what needs something."""
    scope = scope_of(turn.who, Action.LIST)
    counted = lists.figures(turn.tx, scope, turn.day)
    lines = [
        turn.t(
            "stats",
            place=place,
            day=day(turn, turn.day),
            households=counted.households,
            members=counted.members,
            due=counted.due,
            overdue=counted.overdue,
            visited=counted.visited,
            problems=counted.problems,
        )
    ]
    for category, number, members in counted.classes:
        name = turn.t(f"category-{category}")
        lines.append(turn.t("stats-group", category=name, households=number, members=members))
    missed = missed_people(turn)
    if not missed:
        return Screen("\n".join(lines))
    lines.append(turn.t("stats-unreachable", count=len(missed)))
    return Screen("\n".join(lines), (((turn.plain("button-not-reached"), encode("missed", 0)),),))


def missed_people(turn: Turn) -> list[NotReached]:
    """Staff whom messages of the last seven days did not surely reach; for those who hand over and assign."""
    if not may(turn.who, Action.HANDOVER):
        return []
    return not_reached(turn.tx, scope_of(turn.who, Action.HANDOVER), turn.at - MISSED_FOR)


def missed_screen(turn: Turn) -> Screen:
    """Who did not get a message, so that somebody rings them up."""
    missed = missed_people(turn)
    if not missed:
        return Screen(turn.t("not-reached-none"))
    lines = [turn.t("not-reached-title")]
    for each in missed:
        if each.blocked or each.refused:
            lines.append(turn.t("not-reached-blocked", name=each.name))
        else:
            lines.append(turn.t("not-reached-unknown", name=each.name, count=each.unknown))
    return Screen("\n".join(lines))
