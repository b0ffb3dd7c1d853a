"""What somebody has to visit today, most urgent first.

Priority: risk, then days overdue, then 八必访 order. A page is taken by urgency and shown in walking order, so that
the first page holds the most urgent households and one walk still serves several of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action, Scope, scope_of
from bot.domain.cadence import Reason, overdue_days
from bot.domain.households import Category, Household
from bot.domain.policy import Policies
from bot.domain.priority import DueItem, due_item, must_visit_rank, must_visits, walking_order
from bot.domain.staff import Staff
from bot.domain.statyear import last_closed
from bot.storage import households, reminders
from bot.storage.transaction import Transaction
from bot.usecases.closed_years import falling, year_incomes


@dataclass(frozen=True, slots=True)
class Todo:
    """A due household with its place in the order."""

    household: Household
    item: DueItem
    overdue: int  # days past the due day, 0 on it

    @property
    def first(self) -> bool:
        """Whether it was never visited (新户)."""
        return self.household.due_reason == Reason.FIRST and self.household.last_visit is None


def todo_of(tx: Transaction, staff: Staff, today: date, policies: Policies, scope: Scope | None = None) -> list[Todo]:
    """Due households that the person may visit, most urgent first; muted ones and those they snoozed are left out.

    `scope` narrows it to a part of what they see. Whoever sees nothing gets an empty list.
    """
    wanted = scope_of(staff, Action.VISIT) if scope is None else scope
    if wanted.empty:
        return []
    due = households.due(tx, wanted, today)
    asleep = reminders.snoozed(tx, staff.id, [each.id for each in due], today)
    return ranked(tx, [each for each in due if each.id not in asleep], today, policies)


def ranked(tx: Transaction, due: Sequence[Household], today: date, policies: Policies) -> list[Todo]:
    """Due households in order of urgency; six queries however many they are."""
    if not due:
        return []
    ids = [household.id for household in due]
    year, rules = last_closed(today), policies.on(today).must_visit
    this = year_incomes(tx, ids, year, today, policies)
    less = falling(this, year_incomes(tx, ids, year - 1, today, policies))
    line = policies.key_line(year)
    keys = {id_ for id_, income in this.items() if income.below(line)}
    problems, members = reminders.with_problems(tx, ids), reminders.members_of(tx, ids)
    todos = []
    for each in due:
        key = each.id in keys and each.category is not Category.ORDINARY
        income = this.get(each.id)
        codes = must_visits(
            members.get(each.id, ()), rules, low_or_falling=key or each.id in less, sums=income.sums if income else None
        )
        on = each.next_due or today
        item = due_item(each, on, key=key, problem=each.id in problems, rank=must_visit_rank(codes, rules))
        todos.append(Todo(each, item, overdue_days(on, today)))
    return sorted(todos, key=lambda todo: todo.item.urgency(today))


def page(todos: Sequence[Todo], offset: int, size: int, today: date) -> list[Todo]:
    """One page by urgency, in walking order."""
    chosen = {todo.item.household_id: todo for todo in todos[offset : offset + size]}
    return [chosen[item.household_id] for item in walking_order((t.item for t in chosen.values()), today)]
