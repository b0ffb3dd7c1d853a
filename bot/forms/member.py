"""The form of a member change: birth, marriage into the household, death, marriage out, moved (domain.md section 2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import limits, wellformed
from bot.domain.people import RELATIONS
from bot.forms import answers
from bot.forms.engine import Answers, Facts, Form, Option, Question

LEAVES = ("death", "marriage_out", "moved")
JOINS = ("birth", "marriage_in", "moved_in")
COMMON_RELATIONS = ("之子", "之女", "之儿媳", "之女婿", "之孙子", "之孙女", "配偶", "其他")


def _change(raw: str, _facts: Facts) -> str | None:
    return raw if raw in LEAVES + JOINS else None


def _name(raw: str, _facts: Facts) -> str | None:
    text = wellformed.line(raw)
    return text if 1 < len(text) <= limits.TYPED_NAME and not any(sign.isdecimal() for sign in text) else None


def _relation(raw: str, _facts: Facts) -> str | None:
    if raw.isdecimal() and int(raw) < len(RELATIONS):
        return RELATIONS[int(raw)]
    return raw.strip() if raw.strip() in RELATIONS else None


def _household_options(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(f"#{number}", "option-household", {"name": label}) for number, label in facts.get("households", ())
    )


def _change_options(_answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    return tuple(Option(code, f"change-{code}") for code in LEAVES + JOINS)


def _member_options(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
    return tuple(Option(str(key), "option-person", {"name": name}) for key, name in facts.get("members", {}).items())


def _relation_options(_answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    return tuple(Option(str(RELATIONS.index(name)), "option-person", {"name": name}) for name in COMMON_RELATIONS)


def _day_options(_answers: Answers, facts: Facts) -> tuple[Option, ...]:
    today: date = facts["day"]
    last_month = today.replace(day=1) - timedelta(days=1)
    return (
        Option(today.isoformat(), "option-today"),
        Option((today - timedelta(days=1)).isoformat(), "option-yesterday"),
        Option(last_month.isoformat(), "option-day", {"day": last_month.isoformat()}),
    )


HOUSEHOLD = Question("household", "ask-household", answers.household, _household_options)
CHANGE = Question("change", "ask-change", _change, _change_options)
PERSON = Question("person", "ask-who", answers.member, _member_options)
NAME = Question("name", "ask-name", _name, most=limits.TYPED_NAME)
RELATION = Question("relation", "ask-relation", _relation, _relation_options)
DAY = Question("on", "ask-change-day", answers.day, _day_options)


@dataclass(frozen=True, slots=True)
class MemberValues:
    """What a complete draft says: `person_id` for somebody who leaves, `name` and `relation` for somebody who joins."""

    household_id: int
    change: str
    on: date
    person_id: int | None = None
    name: str | None = None
    relation: str | None = None


def read(said: Answers, facts: Facts) -> MemberValues:
    """The values of a draft that stands at its review."""
    values = {each.key: each.parse(said[each.key], facts) for each in MEMBER.checked(said, facts)}
    return MemberValues(
        values["household"],
        values["change"],
        values["on"],
        values.get("person"),
        values.get("name"),
        values.get("relation"),
    )


def _questions(said: Answers, _facts: Facts) -> tuple[Question, ...]:
    change = said.get("change")
    middle = (PERSON,) if change in LEAVES else (NAME, RELATION) if change in JOINS else ()
    return (HOUSEHOLD, CHANGE, *middle, DAY)


MEMBER = Form("member", _questions)
