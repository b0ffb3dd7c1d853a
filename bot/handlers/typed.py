"""Typed text while a question is open: a button's words, an answer to the question, or what was found on the visit."""

import re

from bot.domain import access
from bot.domain.access import Action
from bot.domain.income_kinds import Kind
from bot.forms import engine
from bot.forms.engine import EDIT, Ask, Draft, Facts, Position, Question
from bot.forms.record import entry_count
from bot.forms.record_values import prefilled
from bot.handlers.conversation import answerable, choose, show, with_household
from bot.handlers.drafts import candidates, engine_draft, household_of, position_of, store
from bot.handlers.readings import reading_about, reading_of
from bot.handlers.turn import Turn
from bot.handlers.views.wording import words
from bot.storage import households
from bot.storage.drafts import StoredDraft
from bot.understanding import Intent, Reading
from bot.understanding.typed_days import parse_day, parse_month

SENTENCE = 4
"""Characters from which on a text may be more than an answer."""
_NEW = frozenset({Intent.RECORD, Intent.QUERY, Intent.MEMBER_CHANGE})
_SOMEBODY = re.compile(r"(?![他她全大人这那老自])[\u4e00-\u9fff]{2,3}家")
_AROUND = " \t\n.,!?;:~。,!?;:、…～"
_PART_OF_FINDINGS = ("findings", "problems", "problems.done", EDIT)


def typed(turn: Turn, text: str) -> bool:
    """Give typed text to the question that is open; False when there is none or it does not read there."""
    draft = answerable(turn)
    if draft is None:
        return False
    where, facts = position_of(turn, draft)
    option = _button_said(turn, draft, where, facts, text)
    if option is not None:
        choose(turn, draft, option)
        return True
    if not isinstance(where, Ask):
        return False
    if where.question.key == "household":
        return _household(turn, draft, text)
    if where.question.key in {"findings", "problems"}:
        return findings(turn, draft, text)
    answers = where.question.typed and not _means_another(turn, draft, text)
    return answers and _answer(turn, draft, where.question, facts, text)


def _button_said(turn: Turn, draft: StoredDraft, where: Position, facts: Facts, text: str) -> str | None:
    """The option of the button whose words were typed; several households that fit are told apart by their number."""
    said = _bare(text)
    if not isinstance(where, Ask):
        return _word_for(turn, said, ("save", "again", "rest", "edit", "cancel"))
    options = where.question.options(draft.answers, facts)
    if where.question.key == "household" and draft.answers.get("_candidates") and said.isdecimal():
        return f"={options[int(said) - 1].value}" if 1 <= int(said) <= len(options) else None
    for option in options:
        if said == _bare(turn.plain(option.label, **words(turn, option.args)).removeprefix("✓ ")):
            return f"={option.value}"
    return _word_for(turn, said, ("back", "cancel"))


def _bare(text: str) -> str:
    """A word as typed, without what people put around it."""
    return text.strip(_AROUND).casefold()


def _word_for(turn: Turn, said: str, names: tuple[str, ...]) -> str | None:
    """Which of these buttons a typed word stands for."""
    return next((name for name in names if said in turn.plain(f"said-{name}").casefold().split()), None)


def _means_another(turn: Turn, draft: StoredDraft, text: str) -> bool:
    """Whether a text is no answer but speaks of another household, or asks for a list: that opens beside."""
    if len(text) < SENTENCE:
        return False
    reading, household = reading_of(turn, text), household_of(turn, draft.answers)
    if reading.intent is Intent.LIST:
        return True
    named = {reading.household_key} if reading.household_key else set(reading.candidate_keys)
    here = household.code if household is not None else None
    begins = text.lstrip(_AROUND).startswith(reading.named) if reading.named else False
    return begins or (reading.intent in _NEW and bool(named) and here not in named)


def _answer(turn: Turn, draft: StoredDraft, question: Question, facts: Facts, text: str) -> bool:
    changed = engine.give(engine_draft(draft), question, _kept(question, text, facts), facts)
    if changed is None:
        return False
    show(turn, store(turn, draft, changed))
    return True


def _kept(question: Question, text: str, facts: Facts) -> str:
    """Days and months are kept as dates, for `昨天` means something else tomorrow; kinds and members by their code."""
    part = question.key.rpartition(".")[2]
    if part in {"date", "on"}:
        day = parse_day(text, facts["day"])
        return day.isoformat() if day is not None else text
    if part == "month":
        return parse_month(text, facts["day"]) or text
    value = question.parse(text, facts) if part in {"kind", "member", "person"} else None
    if value is None:
        return text
    return value.value if isinstance(value, Kind) else str(value)


def _household(turn: Turn, draft: StoredDraft, text: str) -> bool:
    found = [h for h in households.search(turn.tx, access.scope_of(turn.who, Action.VISIT), text) if h.left_on is None]
    if not found:
        return False
    before = engine_draft(draft)
    if len(found) == 1:
        changed = with_household(turn, before, f"#{found[0].id}")
    else:
        changed = Draft(before.form, before.answers | {"_candidates": candidates(found)}, before.revision + 1)
    show(turn, store(turn, draft, changed))
    return True


def findings(turn: Turn, draft: StoredDraft, text: str) -> bool:
    """`房子漏雨`, `都好`, `没在家`: what was found at the household of the draft; another household is not meant."""
    household = household_of(turn, draft.answers)
    if household is None:
        return False
    plain = reading_of(turn, text)
    elsewhere = plain.candidates or plain.household_key not in {None, household.code}
    if elsewhere or (plain.household_key is None and _SOMEBODY.match(text.strip())):
        return False
    reading = reading_of(turn, text, household) if plain.household_key else reading_about(turn, household, text)
    if not _tells_findings(reading) or (reading.entries and entry_count(draft.answers)):
        return False
    said = prefilled(reading, household.id, turn.day, text)
    if plain.visited_on is None:  # neither when nor how was said
        said = {key: value for key, value in said.items() if key not in {"date", "mode"}}
    kept = {key: value for key, value in draft.answers.items() if key not in _PART_OF_FINDINGS}
    changed = Draft(draft.form, kept | _without(said, "clue"), draft.revision + 1)
    show(turn, store(turn, draft, changed))
    return True


def _tells_findings(reading: Reading) -> bool:
    told = reading.all_ok or bool(reading.checks) or reading.tried
    return reading.intent is Intent.RECORD and told and "amount" not in reading.ask


def _without(answers: dict[str, str], key: str) -> dict[str, str]:
    return {name: value for name, value in answers.items() if name != key}


def ask_again(turn: Turn, text: str) -> bool:
    """Repeat the open question, saying what would work; False when no question is open."""
    draft = answerable(turn)
    if draft is None:
        return False
    where, _ = position_of(turn, draft)
    if not isinstance(where, Ask):
        return False
    show(turn, draft, wrong=text)
    return True
