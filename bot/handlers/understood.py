"""Free text: what the parser read becomes a draft, a card, a list or a helpful answer."""

import re
from datetime import timedelta

from bot.domain import access, limits, spelling
from bot.domain.access import Action
from bot.domain.households import Household
from bot.forms.member import JOINS
from bot.forms.record_values import prefilled
from bot.handlers import albums, attaching, batch, conversation, correcting, typed
from bot.handlers.drafts import JUST, candidates, kind_names, kind_words
from bot.handlers.readings import reading_of
from bot.handlers.screen import Screen
from bot.handlers.showing import show_found
from bot.handlers.turn import Turn
from bot.handlers.views.lists import named_list
from bot.handlers.views.plain import not_understood
from bot.storage import households, people
from bot.understanding import Reading
from bot.understanding.model import Intent
from bot.usecases.undo import newest_own

AHEAD = re.compile(r"下个?月|明年|后年")
SHORT = 12  # a text so short may be nothing but a name


def free_text(turn: Turn, text: str) -> None:
    """Answer a message that is no command and no quick form. Refused `not-allowed` to who sees no household at all."""
    access.require(turn.who, Action.VIEW)
    if len(text) > limits.TYPED:
        _give_up(turn, text, "too-long", ())
        return
    named = _by_name(turn, text)
    if named:
        show_found(turn, named, text)
        return
    reading = reading_of(turn, text)
    act(turn, text, reading)


def _by_name(turn: Turn, text: str) -> list[Household]:
    """A text that is just a household's name, as people send it after 查询."""
    if len(text) > SHORT or conversation.answerable(turn) is not None:
        return []
    return households.search(turn.tx, access.scope_of(turn.who, Action.VIEW), text)


def act(turn: Turn, text: str, reading: Reading) -> None:
    """Do what the message wants; nothing is ever stored from `other`."""
    if reading.intent in {Intent.RECORD, Intent.CORRECT}:
        access.require(turn.who, Action.VISIT)
    if reading.parts:
        start_each(turn, reading)
    elif reading.unknown:
        turn.show(Screen(turn.t("several-unknown", name=reading.unknown[0])))
    elif reading.intent is Intent.RECORD and _several(turn, text, reading):
        turn.show(Screen(turn.t("several-unclear")))
    elif reading.intent is Intent.RECORD:
        start_record(turn, text, reading)
    elif reading.intent is Intent.QUERY:
        _query(turn, text, reading)
    elif reading.intent is Intent.LIST:
        turn.show(named_list(turn, reading.list or "todo"))
    elif reading.intent is Intent.CORRECT:
        correcting.correct_last(turn, text, reading)
    elif reading.intent is Intent.MEMBER_CHANGE:
        _member_change(turn, text, reading)
    else:
        _give_up(turn, text, "not-understood", reading.named)


def _give_up(turn: Turn, text: str, why: str, named: tuple[str, ...]) -> None:
    """Ask the open question again, else say what would work; what may be a word on the last visit is offered to it."""
    if albums.joined(turn) or attaching.offer(turn):
        return
    if typed.ask_again(turn, text):
        return
    screen = not_understood(turn, why)
    offered = attaching.note_row(turn, text, named) if why == "not-understood" else ()
    turn.show(Screen(screen.text, (*screen.rows, *offered)))


def households_of(turn: Turn, reading: Reading, action: Action = Action.VIEW) -> list[Household]:
    """The household that was meant, or the candidates; only those with which the person may do this."""
    keys = [reading.household_key] if reading.household_key else list(reading.candidate_keys)
    found = [households.by_code(turn.tx, key) for key in keys]
    return [each for each in found if each is not None and access.may(turn.who, action, each)]


def _several(turn: Turn, text: str, reading: Reading) -> bool:
    """Whether more than one household is named, so that nobody can know whose the words are."""
    return len({each.head for each in households_of(turn, reading, Action.VISIT) if each.head in text}) > 1


def start_record(turn: Turn, text: str, reading: Reading) -> None:
    """A prefilled draft: one tap saves it, each open point is one question."""
    access.require(turn.who, Action.VISIT)
    conversation.start(turn, _answers(turn, text, reading))


def start_each(turn: Turn, reading: Reading) -> None:
    """A draft for each household of the message."""
    access.require(turn.who, Action.VISIT)
    batch.start(turn, [_answers(turn, part.words or "", part) for part in reading.parts])


def _answers(turn: Turn, text: str, reading: Reading) -> dict[str, str]:
    found = households_of(turn, reading, Action.VISIT)
    household = found[0] if len(found) == 1 else None
    answers = prefilled(reading, household.id if household else None, turn.day, text)
    if household is None and found:
        answers["_candidates"] = candidates(found)
    if not answers.get("visit") and not answers.get("clue") and answers["entries"] == "0":
        answers |= {"visit": "1", "date": turn.day.isoformat()}  # how it was learned is asked: at home or by phone
    if household is not None:
        _name_members(turn, household, answers)
    elif not found and not reading.named:
        answers |= _just_handled(turn)
    return answers


def _just_handled(turn: Turn) -> dict[str, str]:
    """The household of the newest own record, if it is no older than a word on a visit may be: it is offered first."""
    minutes = turn.shop.policies.on(turn.day).corrections.attach_minutes
    record = newest_own(turn.tx, turn.who, turn.at - timedelta(minutes=minutes), Action.VISIT)
    return {JUST: str(record.household_id)} if record is not None else {}


def _name_members(turn: Turn, household: Household, answers: dict[str, str]) -> None:
    """Who earned it, where the words name a member."""
    members = people.of_household(turn.tx, household.id)
    for key in [key for key in answers if key.startswith("_member.")]:
        named = [
            person.id
            for person in members
            if any(spelling.same(answers[key], name) for name in (person.name, *person.alias))
        ]
        entry = key.removeprefix("_member.")
        if len(named) == 1 and f"{entry}.amount" in answers:
            answers[f"{entry}.member"] = str(named[0])


def _query(turn: Turn, text: str, reading: Reading) -> None:
    show_found(turn, households_of(turn, reading), text)


def _member_change(turn: Turn, text: str, reading: Reading) -> None:
    access.require(turn.who, Action.MEMBERS)
    found = households_of(turn, reading, Action.MEMBERS)
    answers = {"_text": text}
    if len(found) == 1:
        answers["household"] = f"#{found[0].id}"
    elif found:
        answers["_candidates"] = candidates(found)
    answers |= _who_changes(turn, reading, found[0] if len(found) == 1 else None)
    conversation.start(turn, answers, form="member")


def _who_changes(turn: Turn, reading: Reading, household: Household | None) -> dict[str, str]:
    """What is said of the change, and of who leaves or joins."""
    answers = {"change": reading.change} if reading.change else {}
    if reading.member and reading.change in JOINS:
        return answers | {"name": reading.member}
    members = people.of_household(turn.tx, household.id) if household else []
    named = [person.id for person in members if spelling.same(person.name, reading.member or "")]
    return answers | {"person": str(named[0])} if len(named) == 1 else answers


def _without_present_month(answers: dict[str, str]) -> dict[str, str]:
    """A month that is still to come cannot be booked, and is no reason to book the present one: it is asked."""
    return {key: value for key, value in answers.items() if not key.endswith(".month")}


def quick_income(turn: Turn, household: Household, rest: str) -> dict[str, str]:
    """Raw answers for `记账 NAME rest`: whatever the rest says; the form asks for what it does not."""
    answers = {"household": f"#{household.id}", "entries": "1"}
    if not rest:
        return answers
    reading = reading_of(turn, f"{household.head} {rest}", household)
    if reading.entries and not reading.candidates:
        named = [kind for name, kind in kind_names(turn).items() if name in rest.casefold()]
        said = {"e0.kind": named[0].value} if len(named) == 1 and reading.entries[0].kind is None else {}
        answers |= prefilled(reading, household.id, turn.day, rest) | {"visit": "", "findings": ""} | said
        _name_members(turn, household, answers)
        return _without_present_month(answers) if AHEAD.search(rest) else answers
    answers |= {"e0.month": f"{turn.day:%Y-%m}"}
    kinds = kind_words(turn)
    for part in rest.split():
        if part.casefold() in kinds:
            answers["e0.kind"] = kinds[part.casefold()]
    return answers
