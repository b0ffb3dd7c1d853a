"""Data doubts 疑点: gentle hints about stored data, never refusals. Pure; codes name texts."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain import idnumber
from bot.domain.checks import Check
from bot.domain.households import MONITORED, Household, Monitoring
from bot.domain.income import Sums
from bot.domain.people import ABLE, HEAD, HEALTHY, SPOUSE, Person
from bot.domain.priority import ILL, UNSTABLE_WORK

_WORKING_AGE = range(16, 60)
_SCHOOL_AGE = range(6, 16)
_WITHOUT_LABOUR = frozenset({"丧失劳动力", "无劳动力"})
_NOWHERE = "none"


class Doubt(StrEnum):
    """What looks inconsistent; each has a text in both catalogues."""

    ID_LENGTH = "id-length"
    ID_CHARACTERS = "id-characters"
    ID_DATE = "id-date"
    ID_CHECKSUM = "id-checksum"
    ID_SUFFIX = "id-suffix"
    ID_DUPLICATE = "id-duplicate"
    HEADS = "heads"  # not exactly one head
    SPOUSES = "spouses"  # over one spouse
    CHILD_LABOUR = "child-labour"  # under 16 with labour ability
    ADULT_WITHOUT_LABOUR = "adult-without-labour"  # healthy, 16 to 59, no student, marked without labour
    WORKING_WITHOUT_LABOUR = "working-without-labour"
    MONTHS_WITHOUT_WAGES = "months-without-wages"
    BENEFIT_WITHOUT_TRANSFER = "benefit-without-transfer"  # 低保 or 特困 but no transfer income
    POST_WITHOUT_WAGE = "post-without-wage"
    WORK_RISK_WITHOUT_LABOUR = "work-risk-without-labour"
    UNSAFE_UNMONITORED = "unsafe-unmonitored"  # housing or water
    DROPOUT_UNMONITORED = "dropout-unmonitored"  # child of school age not at school
    UNINSURED_UNMONITORED = "uninsured-unmonitored"  # patient without insurance
    NO_DEVELOPMENT = "no-development"  # unresolved, with labour, no development measure


@dataclass(frozen=True, slots=True)
class Found:
    """One doubt; about one person, or about the household."""

    doubt: Doubt
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a household on a day; None in a field means that nothing can be said about it.

    `sums` are those of the last closed year; `risks` and `measures` hold codes of the pack, `development` those of the
    pack's measures that raise income; `problems` are the open ones.
    """

    household: Household
    members: Sequence[Person]
    today: date
    sums: Sums | None = None
    problems: AbstractSet[Check] = frozenset()
    risks: AbstractSet[str] = frozenset()
    measures: AbstractSet[str] | None = None
    development: AbstractSet[str] = field(default_factory=frozenset)


def household_doubts(known: Known) -> tuple[Found, ...]:
    """Everything that looks inconsistent about one household and its members."""
    return (
        *(found for person in known.members for found in person_doubts(person, known.today)),
        *_family(known.members),
        *_income(known),
        *_unmonitored(known),
        *_support(known),
    )


def person_doubts(person: Person, today: date) -> Iterator[Found]:
    """What one person's data alone show; the ID number only where storage opened it."""
    if person.id_number:
        yield from (Found(Doubt(code.value), person.id) for code in idnumber.doubts(person.id_number, today))
    age = idnumber.age_on(person.birth, today) if person.birth else None
    if age is not None and age < _WORKING_AGE.start and person.labour in ABLE:
        yield Found(Doubt.CHILD_LABOUR, person.id)
    fit = set(person.health) <= {HEALTHY} and not person.schooling
    if age in _WORKING_AGE and fit and person.health and person.labour in _WITHOUT_LABOUR:
        yield Found(Doubt.ADULT_WITHOUT_LABOUR, person.id)
    if works(person) and person.labour in _WITHOUT_LABOUR:
        yield Found(Doubt.WORKING_WITHOUT_LABOUR, person.id)


def duplicate_ids(numbers: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Persons `(id, number)` whose ID number another person has too, whatever its suffix."""
    owners: dict[str, list[int]] = {}
    for person_id, number in numbers:
        owners.setdefault(idnumber.key(number) or f"{person_id}", []).append(person_id)
    return frozenset(person_id for ids in owners.values() if len(ids) > 1 for person_id in ids)


def works(person: Person) -> bool:
    """Whether the person works somewhere or holds a public post."""
    away = person.works_where not in (None, _NOWHERE)
    return away or bool(person.work_months) or bool(person.public_post)


def at_school_age(person: Person, today: date) -> bool:
    """Whether the person is 6 to 15 years old."""
    return person.birth is not None and idnumber.age_on(person.birth, today) in _SCHOOL_AGE


def _family(members: Sequence[Person]) -> Iterator[Found]:
    """One head, at most one spouse."""
    relations = [person.relation for person in members]
    if relations.count(HEAD) != 1:
        yield Found(Doubt.HEADS)
    if relations.count(SPOUSE) > 1:
        yield Found(Doubt.SPOUSES)


def _income(known: Known) -> Iterator[Found]:
    """Members' marks against the ledger of the last closed year; nothing without one."""
    sums, members = known.sums, known.members
    if sums is None:
        return
    if sums.wage <= 0:
        if any(person.work_months for person in members):
            yield Found(Doubt.MONTHS_WITHOUT_WAGES)
        if any(person.public_post for person in members):
            yield Found(Doubt.POST_WITHOUT_WAGE)
    if sums.transfer <= 0 and any(person.dibao or person.tekun for person in members):
        yield Found(Doubt.BENEFIT_WITHOUT_TRANSFER)


def _unmonitored(known: Known) -> Iterator[Found]:
    """Signs that usually lead to monitoring, in a household that is not monitored."""
    household = known.household
    if household.category in MONITORED or household.monitoring is Monitoring.ACTIVE:
        return
    if known.problems & {Check.HOUSING, Check.WATER}:
        yield Found(Doubt.UNSAFE_UNMONITORED)
    for person in known.members:
        if at_school_age(person, known.today) and not person.schooling:
            yield Found(Doubt.DROPOUT_UNMONITORED, person.id)
        if person.insured is False and ILL & set(person.health):
            yield Found(Doubt.UNINSURED_UNMONITORED, person.id)


def _support(known: Known) -> Iterator[Found]:
    """Risks and measures against labour; members whose labour is not recorded settle nothing."""
    labours = [person.labour for person in known.members]
    if labours and UNSTABLE_WORK in known.risks and all(labour in _WITHOUT_LABOUR for labour in labours):
        yield Found(Doubt.WORK_RISK_WITHOUT_LABOUR)
    unresolved = known.household.monitoring is Monitoring.ACTIVE
    lacking = known.measures is not None and not known.measures & known.development
    if unresolved and lacking and any(labour in ABLE for labour in labours):
        yield Found(Doubt.NO_DEVELOPMENT)
