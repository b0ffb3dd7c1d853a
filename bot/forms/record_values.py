"""What a complete record draft says, as values; and the same the other way round, from what the parser read."""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.income_kinds import Kind
from bot.forms.engine import Answers, Facts
from bot.forms.record import DOUBT, RECORD, SKIP, entry_count
from bot.understanding.model import ReadEntry, Reading


@dataclass(frozen=True, slots=True)
class VisitValues:
    """The visit of a record; `counted` False is a try, nobody at home."""

    visited_on: date
    mode: Mode
    counted: bool
    all_ok: bool
    checks: dict[Check, CheckState]
    note: str | None


@dataclass(frozen=True, slots=True)
class EntryValues:
    """One ledger entry to be written; amount in fen, positive."""

    kind: Kind
    amount_fen: int
    month: str
    months: int = 1
    item: str | None = None
    person_id: int | None = None
    estimate: bool = False
    net: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RecordValues:
    """A complete record: the household, at most one visit, problems by check with their words, entries."""

    household_id: int
    visit: VisitValues | None = None
    problems: dict[Check, str | None] = field(default_factory=dict)
    entries: tuple[EntryValues, ...] = ()
    unread: str | None = None  # words of the message that nothing accounts for, kept as said


def read(answers: Answers, facts: Facts) -> RecordValues:
    """The values of a draft that stands at its review; ValueError when something does not read."""
    values = {
        question.key: question.parse(answers[question.key], facts)
        for question in RECORD.checked(answers, facts)
        if question.key in answers
    }
    problems = _problems(answers)
    visit = _visit(answers, values, problems) if answers.get("visit") else None
    entries = tuple(_entry(f"e{index}", answers, values) for index in range(entry_count(answers)))
    return RecordValues(values["household"], visit, problems, entries, _free(answers, "unread"))


def _free(answers: Answers, key: str) -> str | None:
    text = answers.get(key, SKIP).strip()
    return None if text in {"", SKIP} else text


def _problems(answers: Answers) -> dict[Check, str | None]:
    if answers.get("findings") != "problems" and not answers.get("clue"):
        return {}
    chosen = [Check(check) for check in answers.get("problems", "").split(",") if check]
    return {check: _free(answers, f"note.{check}") for check in chosen}


def _visit(answers: Answers, values: dict[str, object], problems: dict[Check, str | None]) -> VisitValues:
    said = [part.split("=") for part in answers.get("checks", "").split(",") if part]
    checks = {Check(check): CheckState(state) for check, state in said} | dict.fromkeys(problems, CheckState.PROBLEM)
    day = values["date"]
    assert isinstance(day, date)
    return VisitValues(
        visited_on=day,
        mode=Mode(answers["mode"]),
        counted=answers.get("findings") != "away",
        all_ok=answers.get("findings") == "ok",
        checks=checks,
        note=_free(answers, "note"),
    )


def _entry(key: str, answers: Answers, values: dict[str, object]) -> EntryValues:
    chosen = values[f"{key}.amount"]
    kind = values[f"{key}.kind"]
    net = answers.get(f"{key}.net") == "1" and kind == Kind.BUSINESS
    return EntryValues(
        kind=Kind(str(kind)),
        amount_fen=chosen.fen,  # type: ignore[attr-defined]  # an Amount: the question's parse gave it
        month=str(values[f"{key}.month"]),
        months=int(answers.get(f"{key}.months", "1")),
        item=_free(answers, f"{key}.item"),
        person_id=values.get(f"{key}.member") or None,  # type: ignore[arg-type]  # 0 is the whole household
        estimate=answers.get(f"{key}.estimate") == "1" or bool(getattr(chosen, "estimate", False)),
        net=net,
        note=_free(answers, f"{key}.note"),
    )


def yuan_text(fen: int) -> str:
    """A raw answer for an amount: 350000 → `3500`, 86050 → `860.50`."""
    return f"{fen // 100}" + (f".{fen % 100:02d}" if fen % 100 else "")


def prefilled(reading: Reading, household_id: int | None, today: date, text: str) -> dict[str, str]:
    """Raw answers of a draft for what the parser read; what it asks stays open."""
    answers = {"_text": text}
    answers |= {f"{DOUBT}{slot}": "1" for slot in reading.doubt}
    if reading.unread:
        answers["unread"] = ";".join(reading.unread)
    if household_id is not None:
        answers["household"] = f"#{household_id}"
    if reading.mode is not None or reading.visited_on is not None:
        answers |= {"visit": "1", "mode": reading.mode or Mode.HOME}
        if reading.visited_on is not None:
            answers["date"] = reading.visited_on.isoformat()
    answers |= _prefilled_checks(reading)
    answers["entries"] = str(len(reading.entries))
    for index, entry in enumerate(reading.entries):
        answers |= _prefilled_entry(f"e{index}", entry, reading, today)
    if "amount" in reading.ask and (not reading.entries or reading.kind is not None):
        count = len(reading.entries)
        answers |= {"entries": str(count + 1), f"e{count}.month": f"{today:%Y-%m}"}
        if reading.kind is not None:
            answers[f"e{count}.kind"] = reading.kind
    return answers


def _prefilled_checks(reading: Reading) -> dict[str, str]:
    problems = [check for check, state in reading.checks.items() if state is CheckState.PROBLEM]
    fine = [check for check, state in reading.checks.items() if state is CheckState.OK]
    answers = {"checks": ",".join(f"{check}=ok" for check in fine)} if fine else {}
    if reading.tried:
        return answers | {"findings": "away"}
    if not problems:
        visited = reading.mode or reading.visited_on
        if visited and not (fine or reading.all_ok or reading.unread):
            return answers  # a visit of which nothing is said is asked about
        return answers | {"findings": "ok" if reading.all_ok else "said"}
    answers |= {"findings": "problems", "problems": ",".join(problems), "problems.done": "1"}
    if not (reading.mode or reading.visited_on):
        answers["clue"] = "1"
    for check in problems:
        answers[f"note.{check}"] = reading.problem_notes.get(check) or reading.note or SKIP
    return answers


def _prefilled_entry(key: str, entry: ReadEntry, reading: Reading, today: date) -> dict[str, str]:
    answers = {f"{key}.months": str(entry.months)}
    if entry.month or not entry.earlier:
        answers[f"{key}.month"] = entry.month or f"{today:%Y-%m}"
    if entry.kind is not None:
        answers[f"{key}.kind"] = entry.kind
    if entry.amount_fen is not None:
        answers[f"{key}.amount"] = yuan_text(entry.amount_fen)
    if entry.estimate:
        answers[f"{key}.estimate"] = "1"
    if entry.net:
        answers[f"{key}.net"] = "1"
    if entry.item:
        answers[f"{key}.item"] = entry.item
    if entry.member:
        answers["_member." + key] = entry.member
    if "net_or_gross" in reading.ask and entry.kind in {None, Kind.BUSINESS}:
        answers[f"{key}.ask_net"] = "1"
    return answers
