"""Open drafts: what a form needs to know, where a draft stands, how it is shown."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.fitting import cut
from bot.domain.households import Household
from bot.domain.income_kinds import Kind
from bot.forms.answers import household_id
from bot.forms.clue import CLUE
from bot.forms.engine import Answers, Draft, Facts, Form, Position, Review, position
from bot.forms.member import MEMBER
from bot.forms.record import RECORD
from bot.handlers.albums import BATCH
from bot.handlers.comparing import compared
from bot.handlers.turn import Turn
from bot.handlers.views.wording import place
from bot.storage import chats, clues, drafts, households, people, records
from bot.storage.drafts import StoredDraft

FORMS: dict[str, Form] = {form.name: form for form in (RECORD, CLUE, MEMBER)}
MOST = 8
"""How many households a question offers when a name fits several."""
LONGEST_HEAD = 12
"""Characters of a name beside its group on one button."""
JUST = "_just"
"""Raw answer: the household handled last, offered first where none is named."""
WRITTEN, UNKEPT = "_written", "_unkept"
"""Raw answers: the day on which a forwarded message was written; that a file came with the words and is not kept."""
OFFERED = 6
"""How many due households a question offers at once."""


def begin(turn: Turn, form: str, answers: dict[str, str]) -> StoredDraft:
    """Store a new draft and make it the one that typed answers go to."""
    kept = begun(turn, answers)
    draft_id = drafts.insert(turn.tx, turn.who.id, turn.event.chat_id, form, kept, turn.at)
    chats.set_current(turn.tx, turn.event.chat_id, draft_id)
    return own(turn, draft_id)


def begun(turn: Turn, answers: dict[str, str]) -> dict[str, str]:
    """These answers with what the message itself says: its day, when it was forwarded, whether a file was left out."""
    said = {"_day": turn.day.isoformat()}
    if turn.event.written_at is not None:
        said[WRITTEN] = turn.day.isoformat()
    return said | ({UNKEPT: "1"} if turn.event.unkept else {}) | answers


def own(turn: Turn, draft_id: int) -> StoredDraft:
    """A draft of the acting person; Refused `not-allowed` for anybody else's and for one that never was."""
    draft = drafts.get(turn.tx, draft_id)
    if draft is None or draft.form not in FORMS or draft.staff_id != turn.who.id or draft.chat_id != turn.event.chat_id:
        raise Refused("not-allowed")
    return draft


def store(turn: Turn, draft: StoredDraft, changed: Draft) -> StoredDraft:
    """Keep the changed answers; the draft becomes the current one."""
    drafts.save(turn.tx, draft.id, changed.answers, changed.revision, turn.at)
    turn.batches.add(changed.answers.get(BATCH, ""))
    chats.set_current(turn.tx, turn.event.chat_id, draft.id)
    return own(turn, draft.id)


def engine_draft(draft: StoredDraft) -> Draft:
    """The draft as the engine sees it."""
    return Draft(draft.form, dict(draft.answers), draft.revision)


def household_of(turn: Turn, answers: Answers) -> Household | None:
    """The household of a draft, when it is known; Refused `not-allowed` once it is out of the person's scope."""
    number = household_id(answers.get("household", ""))
    if number is None:
        return None
    household = households.get(turn.tx, number)
    if household is None or not access.sees(turn.who, household):
        raise Refused("not-allowed")
    return household


def candidates(found: Iterable[Household]) -> str:
    """The raw answer that offers these households, as many as fit on a screen."""
    return ",".join(str(household.id) for household in islice(found, MOST))


def reachable(turn: Turn, draft: StoredDraft) -> bool:
    """Whether its household, if it has one, and that of the record it corrects are still to be seen by the person."""
    try:
        household_of(turn, draft.answers)
        _corrected_household(turn, draft.answers)
    except Refused:
        return False
    return True


def _corrected_household(turn: Turn, answers: Answers) -> None:
    """Refused `not-allowed` when the record that is corrected is of a household out of the person's scope."""
    record = records.get(turn.tx, int(answers["_fixes"])) if "_fixes" in answers else None
    if record is not None:
        household_of(turn, {"household": f"#{record.household_id}"})


def day_of(turn: Turn, answers: Answers) -> date:
    """Today for a draft: never before the day on which it was begun (a late message), never stuck there either."""
    return max(date.fromisoformat(answers["_day"]), turn.day)


def facts_of(turn: Turn, answers: Answers) -> dict[str, Any]:
    """What the form needs to know besides the answers; Refused `not-allowed` once it is out of the person's scope."""
    _corrected_household(turn, answers)
    household = household_of(turn, answers)
    facts: dict[str, Any] = {
        "day": day_of(turn, answers),
        "kind_words": kind_words(turn),
        "households": [] if household else _offered(turn, answers),
    }
    if household is not None:
        facts["members"] = {person.id: person.name for person in people.of_household(turn.tx, household.id)}
        facts["problems"] = clues.open_of(turn.tx, household.id)
        facts["open_checks"] = list(dict.fromkeys(clue.check for clue in facts["problems"]))
        facts |= compared(turn, household, answers, facts["day"])
    return facts


def kind_words(turn: Turn) -> dict[str, Kind]:
    """Words that name a kind, case folded: its names in the person's language and the items of the pack."""
    words = dict(kind_names(turn))
    for item in turn.shop.policies.on(turn.day).items:
        words |= dict.fromkeys((word.casefold() for word in (item.name, *item.words)), item.kind)
    return words


def kind_names(turn: Turn) -> dict[str, Kind]:
    """The kinds by their names in the person's language, case folded."""
    return {turn.t(f"kind-{kind}").casefold(): kind for kind in Kind}


def _offered(turn: Turn, answers: Answers) -> list[tuple[int, str]]:
    named = [int(part) for part in answers.get("_candidates", "").split(",") if part]
    found: Sequence[Household | None]
    if named:
        found = [households.get(turn.tx, number) for number in named]
    else:
        scope = access.scope_of(turn.who, Action.VISIT)
        found = households.due(turn.tx, scope, day_of(turn, answers), limit=OFFERED)
        just = households.get(turn.tx, int(answers[JUST])) if JUST in answers else None
        found = [just, *(each for each in found if just is None or each.id != just.id)]
    visible = [household for household in found if household is not None and access.sees(turn.who, household)]
    return [
        (household.id, f"{number} {cut(household.head, LONGEST_HEAD)} {place(turn, household)}")
        for number, household in enumerate(visible, 1)
    ]


def position_of(turn: Turn, draft: StoredDraft) -> tuple[Position, dict[str, Any]]:
    """Where the draft stands, with the facts it was computed from."""
    facts = facts_of(turn, draft.answers)
    return position(FORMS[draft.form], engine_draft(draft), facts), facts


def ready(where: Position, facts: Facts) -> bool:
    """Whether one tap on 保存 is enough: everything is there, and nothing of it was recorded before."""
    return isinstance(where, Review) and not facts.get("repeats")


def waiting(turn: Turn, besides: int | None = None) -> StoredDraft | None:
    """The newest other draft that is still open in this chat."""
    for draft in drafts.open_of(turn.tx, turn.event.chat_id):
        mine = draft.form in FORMS and draft.id != besides and draft.staff_id == turn.who.id
        if mine and reachable(turn, draft):
            return draft
    return None


def close(turn: Turn, draft: StoredDraft, how: str, record_id: int | None = None) -> None:
    """Close it; typed text goes to the next draft of the same message, else to none until one is opened or resumed."""
    drafts.close(turn.tx, draft.id, how, record_id)
    turn.batches.add(draft.answers.get(BATCH, ""))
    if chats.current(turn.tx, turn.event.chat_id) == draft.id:
        rest = batch(turn, draft.answers.get(BATCH, ""))
        chats.set_current(turn.tx, turn.event.chat_id, rest[0].id if rest else None)


def batch(turn: Turn, first: str) -> list[StoredDraft]:
    """What is still open of the drafts that came from one message, in the order of its words."""
    open_now = drafts.open_of(turn.tx, turn.event.chat_id) if first else []
    mine = [one for one in open_now if one.answers.get(BATCH) == first and one.staff_id == turn.who.id]
    return sorted((one for one in mine if reachable(turn, one)), key=lambda one: one.id)
