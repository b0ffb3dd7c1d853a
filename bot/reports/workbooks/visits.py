"""Visits and tries as a workbook; an undone visit is not in it."""

from dataclasses import replace
from datetime import date

from bot.domain.access import Scope
from bot.domain.checks import Check, CheckState
from bot.domain.households import Household
from bot.domain.records import Visit
from bot.domain.statyear import window
from bot.domain.workbooks import words
from bot.domain.workbooks.columns import VISITS
from bot.reports.workbooks.sheet import Cell, Sheet
from bot.storage import attachments, households
from bot.storage import visits as stored
from bot.storage.transaction import Transaction

NAME = "走访"


def visits(tx: Transaction, scope: Scope, *, village_id: int | None, year: int | None, sensitive: bool) -> list[Sheet]:
    """Visits of the households that a scope covers, oldest first; notes (they tell of health) only when `sensitive`."""
    homes = {
        household.id: household
        for household in households.list_for(tx, scope, include_left=True)
        if village_id is None or household.village_id == village_id
    }
    first, last = window(year) if year is not None else (date.min, date.max)
    found = [visit for visit in stored.visits_between(tx, scope, first, last) if visit.household_id in homes]
    added = attachments.notes_of(tx, [visit.record_id for visit in found]) if sensitive else {}
    whole = [replace(each, note=";".join(filter(None, [each.note, *added.get(each.record_id, ())]))) for each in found]
    return [Sheet(NAME, VISITS, [_row(visit, homes[visit.household_id], sensitive) for visit in whole])]


def _row(visit: Visit, household: Household, sensitive: bool) -> list[Cell]:
    findings, problems = said(visit, visit.note if sensitive else None)
    return [
        visit.number,
        household.code,
        household.head,
        visit.visited_on.isoformat(),
        words.MODES[visit.mode],
        findings,
        problems,
        visit.author,
    ]


def said(visit: Visit, note: str | None) -> tuple[str, str]:
    """The columns 情况 and 问题; the note stands with the problems where there are any."""
    fine, amiss = (_named(visit.checks, state) for state in (CheckState.OK, CheckState.PROBLEM))
    if not visit.counted:
        findings = words.NOBODY_HOME
    elif amiss:
        findings = ";".join([*([fine + words.FINE] if fine else []), amiss + words.AMISS])
    else:
        findings = fine + words.FINE if fine and not visit.all_ok else words.ALL_FINE
    if note and not amiss:
        return f"{findings};{note}", ""
    return findings, f"{amiss}:{note}" if note else amiss


def _named(checks: dict[Check, CheckState], state: CheckState) -> str:
    return "、".join(words.CHECKS[check] for check in Check if checks.get(check) is state)
