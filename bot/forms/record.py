"""The form of one record: a visit, money, a reported problem, or all of them from one message.

Raw answers by key: `household` `#12`; `visit` / `clue` `1` when there is one; `date` `mode` `findings` (ok, problems,
away, said) `problems` (toggles) `checks` (what the words said, `water=ok`) `note.<check>` `note`; `entries` how many,
then `e0.kind` `e0.amount` `e0.month` `e0.months` `e0.item` `e0.member` `e0.estimate` `e0.net` `e0.note` `e0.sure`.
"""

import re
from datetime import date, timedelta
from typing import Any

from bot.domain.checks import Check, Mode
from bot.domain.income_kinds import Kind
from bot.domain.limits import NOTE, TYPED_ITEM
from bot.forms.answers import day, free_text, household, member
from bot.forms.engine import EDIT, SURE, Answers, Facts, Form, Option, Question
from bot.forms.which import TO, which_entry
from bot.understanding.money import Amount, parse_amount
from bot.understanding.typed_days import parse_month

SKIP = "-"
DOUBT = "_doubt."
"""Before the name of a slot: the readers differed on it; falls when the person changes that answer."""
FINDINGS = ("ok", "problems", "away", "said")
_MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])")


def _one_of(*values: str) -> Any:
    return lambda raw, _facts: raw if raw in values else None


def booked_month(raw: str, facts: Facts) -> str | None:
    """A month that is not still to come, as `YYYY-MM` or in words."""
    present = f"{facts['day']:%Y-%m}"
    month = raw if _MONTH.fullmatch(raw) else parse_month(raw, facts["day"])
    return month if month is not None and month <= present else None


def _kind(raw: str, facts: Facts) -> Kind | None:
    if raw in {kind.value for kind in Kind}:
        return Kind(raw)
    words: dict[str, Kind] = facts.get("kind_words", {})
    return words.get(raw.strip().casefold())


def _amount(raw: str, _facts: Facts) -> Amount | None:
    amount = parse_amount(raw)
    return amount if amount is not None and amount.fen > 0 else None


def _earner(raw: str, facts: Facts) -> int | None:
    return 0 if raw == "0" else member(raw, facts)


def _households(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(f"#{number}", "option-household", {"name": label}, wide=False)
        for number, label in facts.get("households", ())
    )


def _days(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
    today: date = facts["day"]
    names = ("option-today", "option-yesterday", "option-day-before", "option-day")
    return tuple(
        Option(
            (today - timedelta(days=back)).isoformat(), names[min(back, 3)], {"day": str(today - timedelta(days=back))}
        )
        for back in range(6)
    )


def _finding_options(answers: Answers, facts: Facts) -> tuple[Option, ...]:
    options = [Option("ok", "option-all-ok", wide=True), Option("problems", "option-problems")]
    options += [Option(f"still.{check}", "option-still", {"check": check}) for check in facts.get("open_checks", ())]
    mode = "mode.home" if answers.get("mode") == Mode.PHONE else "mode.phone"
    options += [
        Option(mode, f"option-{mode.replace('.', '-')}"),
        Option("edit.date", "option-other-day"),
        Option("away", "option-away"),
    ]
    return tuple(options)


def _problem_options(answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    chosen = answers.get("problems", "").split(",")
    toggles = [
        Option(
            check + ("-" if check in chosen else "+"),
            "option-check-on" if check in chosen else "option-check",
            {"check": check},
        )
        for check in Check
    ]
    return (*toggles, Option("done", "option-chosen", wide=True))


def _kinds(_answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    return tuple(Option(kind.value, "option-kind", {"kind": kind.value}) for kind in Kind)


def _months(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
    first = facts["day"].replace(day=1)
    months = [first]
    while len(months) < 4:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return tuple(Option(f"{month:%Y-%m}", "option-month", {"month": f"{month:%Y-%m}"}) for month in months)


def _people(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
    named = [Option(str(key), "option-person", {"name": name}) for key, name in facts.get("members", {}).items()]
    return (*named, Option("0", "option-whole-household"))


def _skip(_answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    return (Option(SKIP, "option-skip"),)


def _recent_amounts(index: int) -> Any:
    def options(answers: Answers, facts: Facts) -> tuple[Option, ...]:
        kind = answers.get(f"e{index}.kind", "")
        last = facts.get("last_amounts", {}).get(kind, ())
        return tuple(Option(text, "option-amount", {"yuan": text}) for text in last)

    return options


HOUSEHOLD = Question("household", "ask-household", household, _households, columns=2)
DATE = Question("date", "ask-date", day, _days, columns=2, clears=(f"{DOUBT}visited_on",))
MODE = Question(
    "mode",
    "ask-mode",
    _one_of(*Mode),
    lambda _a, _f: (Option("home", "option-mode-home"), Option("phone", "option-mode-phone")),
    clears=(f"{DOUBT}visited_on",),
)
FIND = Question(
    "findings", "ask-findings", _one_of(*FINDINGS), _finding_options, typed=False, clears=(f"{DOUBT}checks",)
)
PROBLEMS = Question(
    "problems", "ask-problems", lambda raw, _f: raw or None, _problem_options, multiple=True, columns=3, typed=False
)
REMARK = free_text("note", "ask-note", NOTE, _skip)


def _check_note(check: str) -> Question:
    return free_text(f"note.{check}", "ask-check-note", NOTE, _skip, lambda _a, _f: {"check": check})


def _visit_questions(answers: Answers) -> list[Question]:
    asked = [DATE, MODE, FIND] if answers.get("visit") else []
    if answers.get("findings") == "problems" or answers.get("clue"):
        asked.append(PROBLEMS)
        if answers.get("problems.done"):
            asked += [_check_note(check) for check in answers.get("problems", "").split(",") if check]
    if "note" in answers or answers.get(EDIT) == "note":
        asked.append(REMARK)
    return asked


def _net_options(_answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    return (Option("1", "option-net"), Option("0", "option-gross"))


def _sure(index: int, known: Facts) -> Question:
    def options(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
        said, usual = facts["unusual"][index]
        return (Option(usual, "option-amount", {"yuan": usual}), Option(SURE, "option-sure", {"yuan": said}))

    def parse(raw: str, facts: Facts) -> Any:
        return raw if raw == SURE else _amount(raw, facts)

    def args(_answers: Answers, facts: Facts) -> dict[str, str]:
        said, usual = facts["unusual"][index]
        return {"said": said, "usual": usual, "last": facts["unusual_last"][index]}

    key = f"e{index}"
    text = "ask-sure" if known["unusual_last"].get(index) else "ask-sure-first"
    return Question(f"{key}.sure", text, parse, options, args, mends=f"{key}.amount", clears=(f"{key}.estimate",))


def _entry_questions(index: int, answers: Answers, facts: Facts) -> list[Question]:
    key = f"e{index}"
    amount = answers.get(f"{key}.amount", "")
    text = "ask-direction" if amount and not answers.get(f"{key}.kind") else "ask-kind"
    asked = [
        Question(
            f"{key}.kind",
            text,
            _kind,
            _kinds,
            lambda _a, _f: {"yuan": amount},
            clears=(f"{key}.sure", f"{DOUBT}entries"),
        ),
        Question(
            f"{key}.amount",
            "ask-amount",
            _amount,
            _recent_amounts(index),
            clears=(f"{key}.sure", f"{key}.estimate", f"{DOUBT}entries"),
        ),
        Question(f"{key}.month", "ask-month", booked_month, _months),
    ]
    if answers.get(f"{key}.ask_net"):
        asked.append(
            Question(f"{key}.net", "ask-net", _one_of("0", "1"), _net_options, lambda _a, _f: {"yuan": amount})
        )
    if index in facts.get("unusual", {}):
        asked.append(_sure(index, facts))
    optional = {
        "member": Question(f"{key}.member", "ask-member", _earner, _people),
        "item": free_text(f"{key}.item", "ask-item", TYPED_ITEM, _skip),
        "note": free_text(f"{key}.note", "ask-note", NOTE, _skip),
    }
    asked += [question for name, question in optional.items() if question.key in {*answers, answers.get(EDIT)}]
    return asked


def entry_count(answers: Answers) -> int:
    """How many ledger entries the draft holds."""
    return int(answers.get("entries", "0"))


def _questions(answers: Answers, facts: Facts) -> tuple[Question, ...]:
    asked = [HOUSEHOLD, *([which_entry(answers)] if any(key.startswith(TO) for key in answers) else [])]
    asked += _visit_questions(answers)
    for index in range(entry_count(answers)):
        asked += _entry_questions(index, answers, facts)
    return tuple(asked)


RECORD = Form("record", _questions)
