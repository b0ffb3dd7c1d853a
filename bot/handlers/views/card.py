"""A household's card and what opens from it: 帮扶卡, members."""

from bot.domain import access
from bot.domain.access import Action
from bot.domain.households import Household, Monitoring
from bot.domain.income import Goal, Source, YearIncome
from bot.domain.people import Person
from bot.forms.buttons import encode
from bot.handlers.screen import Button, Screen, in_rows
from bot.handlers.turn import Turn
from bot.handlers.views.receipt import solve_button
from bot.handlers.views.wording import day, due_on, head_figure, place, short, to_go
from bot.reports.household import Status, status
from bot.storage import people

FIRST_PROBLEMS = 3
LONGEST = 200  # characters of a note on the card


def card_screen(turn: Turn, household: Household) -> Screen:
    """The answer to `查 NAME`: one glance, then buttons."""
    now = status(turn.tx, household, turn.day, turn.shop.policies)
    muted = household.muted_until
    lines = [
        turn.t("card-title", name=household.head, place=place(turn, household), members=household.members),
        turn.t("card-code", code=household.code),
        " · ".join(_class_parts(turn, household)),
        _visits_line(turn, household),
        *([turn.t("card-muted", day=day(turn, muted))] if muted is not None and muted >= turn.day else []),
        "",
        *_income_lines(turn, now),
        "",
        *_problem_lines(turn, now),
        _archive_line(turn, now),
        " · ".join(_helping_parts(turn, household)),
    ]
    return Screen("\n".join(lines), _card_rows(turn, household, now))


def _class_parts(turn: Turn, household: Household) -> list[str]:
    if not household.readable:
        return [turn.t("list-unreadable")]
    parts = [turn.t(f"category-{household.category}")]
    if household.monitoring is not Monitoring.NONE:
        parts.append(turn.t(f"monitoring-{household.monitoring}"))
    return parts


def _helping_parts(turn: Turn, household: Household) -> list[str]:
    monitor = [turn.t("card-monitor", name=household.monitor_name)] if household.monitor_name else []
    helper = turn.t("card-helper", name=household.helper_name) if household.helper_name else turn.t("card-no-helper")
    return [*monitor, helper]


def _visits_line(turn: Turn, household: Household) -> str:
    due = household.next_due
    following = due_on(turn, due, day(turn, due)) if due else turn.t("card-never")
    if household.last_visit is None:
        return turn.t("card-visits-none", next=following)
    return turn.t("card-visits", last=day(turn, household.last_visit), next=following)


def _income_lines(turn: Turn, now: Status) -> list[str]:
    lines = [_figure(turn, "card-this-year", now.this_year), _figure(turn, _last_text(now), now.last_year)]
    return [*lines, *([_goal_line(turn, now.goal, now.this_year.per_capita_fen)] if now.goal is not None else [])]


def _goal_line(turn: Turn, goal: Goal, per_head_fen: int | None) -> str:
    """The goal and what is missing; where nothing is known yet, nothing is said to be missing."""
    said = head_figure(turn, goal.fen)
    if per_head_fen is None:
        return turn.t("card-goal-only", goal=said)
    if goal.missing_fen <= 0:
        return turn.t("card-goal-reached", goal=said)
    missing = to_go(turn, goal, per_head_fen)
    return turn.t("card-goal", goal=said, missing=missing) if missing else turn.t("card-goal-nearly", goal=said)


def _last_text(now: Status) -> str:
    return "card-last-year-key" if now.last_year.below(now.key_line_fen) else "card-last-year"


def _figure(turn: Turn, text: str, income: YearIncome) -> str:
    if income.per_capita_fen is None:
        return turn.t(text.removesuffix("-key") + "-unknown")
    line = turn.t(text, amount=head_figure(turn, income.per_capita_fen))
    labels = {Source.OFFICIAL: "card-official", Source.ESTIMATE: "card-estimate"}
    return line + turn.t(labels[income.source]) if income.source in labels else line


def _problem_lines(turn: Turn, now: Status) -> list[str]:
    if not now.problems:
        return [turn.t("card-no-problem")]
    lines = []
    for clue in now.problems[:FIRST_PROBLEMS]:
        check, opened = turn.t(f"check-{clue.check}"), day(turn, clue.opened_on)
        if clue.words:
            lines.append(turn.t("card-problem", check=check, note=short(clue.words, LONGEST), day=opened))
        else:
            lines.append(turn.t("card-problem-plain", check=check, day=opened))
    return lines


def _archive_line(turn: Turn, now: Status) -> str:
    household = now.household
    ledger = turn.t("yes") if household.ledger else turn.t("no")
    if now.entries:
        ledger = turn.t("card-ledger-count", count=now.entries)
    plan, card = (turn.t("yes" if present else "no") for present in (household.plan, household.card))
    return turn.t("card-archive", plan=plan, card=card, ledger=ledger)


def _card_rows(turn: Turn, household: Household, now: Status) -> tuple[tuple[Button, ...], ...]:
    looks = [
        (turn.t(f"button-{name}"), encode(name, household.id)) for name in ("ledger", "card", "history", "members")
    ]
    if not access.may(turn.who, Action.VISIT, household):
        return in_rows(looks, 3)
    acts = tuple((turn.t(f"button-{name}"), encode(name, household.id)) for name in ("visit", "income"))
    solve = tuple(solve_button(turn, clue) for clue in now.problems[:2])
    return (acts, *in_rows(looks, 3), *((solve,) if solve else ()), *_put_off_rows(turn, household))


def _put_off_rows(turn: Turn, household: Household) -> tuple[tuple[Button, ...], ...]:
    """改天去 for a household that is due, 外出不在 for any, and the way back."""
    muted, due = household.muted_until, household.next_due
    if muted is not None and muted > turn.day:
        return (((turn.plain("button-unmute"), encode("mute", household.id, "0")),),)
    away = (turn.plain("button-mute"), encode("mute", household.id))
    if due is not None and due <= turn.day:
        return (((turn.plain("button-snooze"), encode("snooze", household.id)), away),)
    return ((away,),)


def _to_card(turn: Turn, household: Household) -> tuple[Button, ...]:
    return ((turn.t("button-back"), encode("show", household.id)),)


def help_card_screen(turn: Turn, household: Household) -> Screen:
    """帮扶卡 in the chat: what the archive of the household has and lacks, and its figures."""
    now = status(turn.tx, household, turn.day, turn.shop.policies)
    lines = [
        turn.t(
            "helpcard",
            name=household.head,
            code=household.code,
            category=turn.t(f"category-{household.category}"),
            place=place(turn, household),
            members=household.members,
        )
    ]
    if now.last_year.below(now.key_line_fen):
        lines.append(turn.t("helpcard-key"))
    present = {
        "helper": bool(household.helper_name),
        "plan": household.plan,
        "card": household.card,
        "ledger": household.ledger or now.entries > 0,
    }
    for name, there in present.items():
        lines.append(turn.t("helpcard-present" if there else "helpcard-missing", what=turn.t(f"helpcard-{name}")))
    lines += ["", *_income_lines(turn, now), *_problem_lines(turn, now)]
    return Screen("\n".join(lines), (_to_card(turn, household),))


def members_screen(turn: Turn, household: Household) -> Screen:
    """Who lives there; phones by their last four, a tap shows the whole one and is logged."""
    personal = access.may(turn.who, Action.PERSONAL, household)
    persons = people.of_household(turn.tx, household.id, opened=personal)
    lines = [turn.t("members-title", name=household.head)]
    buttons: list[Button] = []
    for person in persons:
        lines.append(_member_line(turn, person))
        if person.phone and personal:
            buttons.append((turn.plain("button-phone", name=person.name), encode("phone", person.id)))
    return Screen("\n".join(lines), (*in_rows(buttons, 2), _to_card(turn, household)))


def _member_line(turn: Turn, person: Person) -> str:
    line = turn.t("member-line", name=person.name, relation=person.relation)
    return f"{line}  {turn.t('member-phone', tail=person.phone[-4:])}" if person.phone else line
