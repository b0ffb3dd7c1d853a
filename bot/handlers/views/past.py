"""What happened at a household: history and the ledger of a statistical year, a page at a time."""

from bot.domain.households import Household
from bot.domain.income import sums
from bot.domain.income_kinds import Kind
from bot.domain.records import Entry, standing
from bot.domain.statyear import in_window, stat_year, window
from bot.forms.buttons import encode
from bot.handlers.screen import Button, Screen
from bot.handlers.turn import Said, Turn
from bot.handlers.views.added import added_lines
from bot.handlers.views.wording import amount, head_figure, joined, past_day, short
from bot.reports.household import income_of
from bot.storage import clues, entries, visits
from bot.texts import formats

PAGE = 10
LONGEST = 200  # characters of a note in a list, so that a page stays below Telegram's 4,096
Row = tuple[str, str]  # sort key, line


def history_screen(turn: Turn, household: Household, offset: int) -> Screen:
    """Visits, entries with their reversals and problems, newest first."""
    rows = sorted(
        _visit_rows(turn, household) + _entry_rows(turn, household) + _clue_rows(turn, household), reverse=True
    )
    lines = [line for _, line in rows[offset : offset + PAGE]] or [turn.t("history-empty")]
    text = "\n".join([turn.t("history-title", name=household.head), *lines])
    return Screen(text, _pages(turn, household, "history", offset, len(rows)))


def _pages(turn: Turn, household: Household, verb: str, offset: int, count: int) -> tuple[tuple[Button, ...], ...]:
    moves: list[Button] = []
    if offset > 0:
        moves.append((turn.t("button-previous"), encode(verb, household.id, str(max(0, offset - PAGE)))))
    if offset + PAGE < count:
        moves.append((turn.t("button-next"), encode(verb, household.id, str(offset + PAGE))))
    back = ((turn.t("button-back"), encode("show", household.id)),)
    return (tuple(moves), back) if moves else (back,)


def _visit_rows(turn: Turn, household: Household) -> list[Row]:
    rows = []
    for visit in visits.of_household(turn.tx, household.id, include_undone=True):
        when = past_day(turn, visit.visited_on)
        if not visit.counted:
            line = turn.t("history-try", day=when)
        else:
            problems = [turn.t(f"check-{check}") for check, state in visit.checks.items() if state == "problem"]
            what = (visit.note or joined(turn, problems)) if problems else (visit.note or turn.t("review-all-ok"))
            line = turn.t("history-visit", day=when, mode=turn.t(f"mode-{visit.mode}"), what=short(what, LONGEST))
        line = Said("\n  ".join([line, *added_lines(turn, visit.record_id)]))
        if visit.undone_at is not None:
            line = turn.t("history-undone", line=line)
        rows.append((f"{visit.visited_on.isoformat()} 2 {visit.id:09d}", line))
    return rows


def _entry_rows(turn: Turn, household: Household) -> list[Row]:
    rows = []
    for entry in entries.of_household(turn.tx, household.id):
        text = "history-entry" if entry.reverses is None else "history-reversal"
        kind = turn.t(f"kind-{entry.kind}")
        line = turn.t(
            text, month=formats.month(entry.month, turn.language), kind=kind, amount=amount(turn, entry.amount_fen)
        )
        rows.append((f"{entry.month}-99 1 {entry.id:09d}", line))
    return rows


def _clue_rows(turn: Turn, household: Household) -> list[Row]:
    rows = []
    for clue in clues.of_household(turn.tx, household.id):
        state = turn.t("history-problem-closed" if clue.closed_on else "history-problem-open")
        check = turn.t(f"check-{clue.check}")
        line = turn.t("history-problem", day=past_day(turn, clue.opened_on), check=check, state=state)
        rows.append((f"{clue.opened_on.isoformat()} 3 {clue.id:09d}", line))
    return rows


def ledger_screen(turn: Turn, household: Household, offset: int) -> Screen:
    """The ledger of this statistical year with its sums; reversed entries stay out, the history shows them."""
    year = stat_year(turn.day)
    every = entries.of_household(turn.tx, household.id)
    shown = [entry for entry in standing(every) if in_window(entry.month, window(year))]
    shown.sort(key=lambda entry: (entry.month, entry.id), reverse=True)
    lines = [turn.t("ledger-title", name=household.head, year=year)]
    lines += [_ledger_line(turn, entry) for entry in shown[offset : offset + PAGE]] or [turn.t("ledger-empty")]
    lines += ["", *_sum_lines(turn, household, shown, year)]
    return Screen("\n".join(lines), _pages(turn, household, "ledger", offset, len(shown)))


def _ledger_line(turn: Turn, entry: Entry) -> str:
    kind, month = turn.t(f"kind-{entry.kind}"), formats.month(entry.month, turn.language)
    line = turn.t("ledger-line", month=month, kind=kind, amount=amount(turn, entry.amount_fen))
    if not entry.item:
        return line
    counted = turn.shop.policies.on(turn.day).counted(entry.item)
    item = turn.t("ledger-item", item=entry.item)
    return f"{line}  {item}" if counted else f"{line}  {item} {turn.t('ledger-uncounted')}"


def _sum_lines(turn: Turn, household: Household, shown: list[Entry], year: int) -> list[str]:
    total = sums(shown, turn.shop.policies.on(turn.day).counted, window(year))
    lines = []
    for kind in Kind:
        fen = getattr(total, kind.value)
        if fen:
            lines.append(turn.t("ledger-sum", kind=turn.t(f"kind-{kind}"), amount=amount(turn, fen)))
    income = income_of(turn.tx, household.id, year, turn.day, turn.shop.policies)
    if income.per_capita_fen is None and not total.known:
        return [*lines, turn.t("ledger-net-nothing")]
    if income.per_capita_fen is None:
        return [*lines, turn.t("ledger-net-unknown", amount=amount(turn, total.net))]
    return [*lines, turn.t("ledger-net", amount=amount(turn, total.net), head=head_figure(turn, income.per_capita_fen))]
