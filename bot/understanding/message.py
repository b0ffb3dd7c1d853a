"""One message → one reading: names and times are masked first, then each part is read on its own."""

import re
from dataclasses import replace
from datetime import date

from bot.domain.checks import Check, CheckState
from bot.domain.income_kinds import Kind
from bot.understanding import accounted, intents, members
from bot.understanding.checks import Findings, find_checks, is_mishap
from bot.understanding.correction import read_correction
from bot.understanding.dates import When
from bot.understanding.entries import find_entries
from bot.understanding.households import labels
from bot.understanding.joined import own_name
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ASK_ORDER, Intent, Reading
from bot.understanding.names import DATE
from bot.understanding.normalise import clauses, labelled
from bot.understanding.parts import Parts, in_future, parts_of, put_right, without_plans
from bot.understanding.roster import Roster
from bot.understanding.second import Scores, read_message
from bot.understanding.settle import Settled
from bot.understanding.settled import settled_checks, settled_visit
from bot.understanding.several import first_family, shares, unknown_families
from bot.understanding.unsaid import kind_without_amount, sold_without_amount
from bot.understanding.visits import Visit, find_visit, implied_visit
from bot.understanding.wanted import settled_intent

_THIS_HOUSEHOLD = re.compile(r"(?:该|这|此)(?:户|家)|(?:他|她)们?家|家里|屋头|有一?户|一户|一家|户")
_SEVERAL = re.compile(r"(?:[二两三四五六七八九十\d]|好几|几)(?:家|户)(?!人在|长)")


def understand(text: str, today: date, roster: Roster, lexicon: Lexicon) -> Reading:
    """What `text` means when written on `today`; never raises, whatever the text."""
    whole = put_right(text, today, roster)
    reading = _understood(whole, roster, lexicon)
    unknown = unknown_families(whole.text, whole.written) if whole.mentions else ()
    if reading.household is None:
        families = (*unknown_families(whole.text, whole.written), *first_family(whole.text))
        reading.named = (*(each.word for each in whole.mentions), *families)
    if reading.intent is Intent.RECORD and unknown:
        return _with_unknown(reading, unknown)
    if reading.intent is Intent.RECORD and "household" in reading.ask:
        reading.parts = _of_each(whole, today, roster, lexicon)
        if reading.parts:  # the whole says what its parts say
            reading.entries = tuple(entry for part in reading.parts for entry in part.entries)
            reading.all_ok = reading.all_ok and all(part.all_ok for part in reading.parts)
    return reading


def _with_unknown(reading: Reading, unknown: tuple[str, ...]) -> Reading:
    """Somebody is named who is not in the roster: beside another household nobody can know whose the words are."""
    known = (reading.household,) if reading.household else reading.candidates
    ask = tuple(key for key in ASK_ORDER if key in {*reading.ask, "household"})
    reading = replace(reading, household=None, household_key=None, group=None, candidate_keys=())
    return replace(reading, candidates=known, ask=ask, unknown=unknown)


def _of_each(whole: Parts, today: date, roster: Roster, lexicon: Lexicon) -> tuple[Reading, ...]:
    """The readings of several households, each of its own words; () when some words cannot be given to one of them."""
    found = []
    for share in shares(whole.text, whole.written, list(whole.mentions)):
        part = _understood(parts_of(share.words, today, roster), roster, lexicon)
        keys = {part.household} if part.household else {name.partition("@")[0] for name in part.candidates}
        meant = {roster.households[index].head for index in share.mention.households}
        if part.intent is not Intent.RECORD or not keys or not keys <= meant:
            return ()
        part.words = share.words
        found.append(part)
    return tuple(found)


def _understood(parts: Parts, roster: Roster, lexicon: Lexicon) -> Reading:
    settled, scores = Settled(), read_message(parts.text)
    intent = settled_intent(parts, scores, settled)
    if intent is Intent.OTHER:
        return Reading(Intent.OTHER)
    if intent is Intent.LIST:
        period = any(token.when in {When.MONTH, When.VAGUE, When.YEAR, When.RANGE} for token in parts.dates)
        return Reading(Intent.LIST, list=intents.which_list(parts.text, period=period))
    if intent is Intent.CORRECT:
        return _corrected(parts, roster, lexicon)
    if intent is Intent.QUERY:
        return _with_household(Reading(Intent.QUERY), parts, roster, set())
    recorded = _recorded(parts, roster, lexicon, scores, settled)
    recorded.doubt = settled.slots() if recorded.intent is Intent.RECORD else ()
    if intent is Intent.MEMBER_CHANGE and not (recorded.mode and (recorded.checks or recorded.all_ok)):
        return _changed(parts, roster)
    return recorded


def _recorded(parts: Parts, roster: Roster, lexicon: Lexicon, scores: dict[str, Scores], settled: Settled) -> Reading:
    text = without_plans(parts)
    spans = labelled(text, clauses(text))
    findings = find_checks(text, parts.written, spans)
    settled_checks(findings, parts, scores, settled)
    reported = bool(findings.states) or findings.all_ok
    dates = [token for token in parts.dates if text[token.start] == DATE]
    visit = find_visit(text, dates, parts.today, reported=reported)
    if visit is None and findings.all_ok and parts.who.said:
        visit = implied_visit(dates, parts.today)
    visit = settled_visit(visit, dates, parts.today, scores["visit"], settled)
    used = visit.token if visit else None
    others = [token for token in dates if token is not used]
    alone = visit is None and not reported
    ledger = find_entries(text, others, list(parts.mentions), lexicon, settled, alone=alone)
    _drop_treated(findings, ledger, text)
    if (
        visit is None
        and not ledger.entries
        and "amount" not in ledger.ask
        and sold_without_amount(text)
        and not reported
    ):
        ledger.ask.add("amount")
    if ledger.entries and in_future(parts):
        ledger.ask.add("date")
    if "amount" in ledger.ask and not ledger.entries and not ledger.too_many:
        ledger.unsaid = ledger.unsaid or kind_without_amount(text, lexicon)
    if not _worth(parts, text, visit, findings, ledger):
        return Reading(Intent.OTHER)
    reading = _record(parts, roster, visit, findings, ledger)
    noted = {clause for said in findings.clauses.values() for clause in said}
    told = accounted.known(replace(parts, text=text), spans, ledger, noted, visited=visit is not None)
    reading.unread = accounted.unread(parts.text, parts.written, spans, told)
    return reading


def _drop_treated(findings: Findings, ledger: Ledger, text: str) -> None:
    """Money for school is an entry, not a finding about schooling; so is what an insurance paid for a lost crop."""
    insured = any(entry.kind is Kind.CLAIM for entry in ledger.entries)
    note = findings.notes.get(Check.INCOME, "")
    sold = any(entry.kind is Kind.BUSINESS for entry in ledger.entries)
    if (insured and re.search(r"赔|保险", note)) or ((insured or sold) and is_mishap(note)):
        del findings.states[Check.INCOME], findings.notes[Check.INCOME]
    schooling = any(context.sector == "schooling" for context in ledger.contexts)
    if (
        schooling
        and findings.states.get(Check.EDUCATION) is CheckState.OK
        and not re.search(r"在校|在读|正常|没.{0,2}辍学|都在", text)
    ):
        del findings.states[Check.EDUCATION]


def _worth(parts: Parts, text: str, visit: Visit | None, findings: Findings, ledger: Ledger) -> bool:
    """Whether there is anything to record at all."""
    if intents.is_news(text) and not parts.who.said and not (visit and (findings.states or findings.all_ok)):
        return False
    if ledger.entries or visit:
        return True
    if ledger.ask and (parts.who.said or re.search(r"[\u4e00-\u9fff]", text)):
        return True
    if findings.states:
        return True
    return findings.all_ok and (parts.who.said or _THIS_HOUSEHOLD.search(text) is not None)


def _record(parts: Parts, roster: Roster, visit: Visit | None, findings: Findings, ledger: Ledger) -> Reading:
    ask = set(ledger.ask)
    if visit and visit.unclear:
        ask.add("date")
    reading = Reading(
        Intent.RECORD,
        visited_on=visit.day if visit else None,
        mode=visit.mode if visit else None,
        checks=dict(findings.states),
        all_ok=findings.all_ok,
        entries=tuple(ledger.entries),
        problem_notes=dict(findings.notes),
        tried=visit.tried if visit else False,
        kind=ledger.unsaid,
    )
    problems = list(dict.fromkeys(findings.notes.values()))
    reading.note = ";".join(problems) or None
    several = _SEVERAL.search(parts.text) is not None and not parts.who.said
    return _with_household(reading, parts, roster, ask | ({"household"} if several else set()))


def _with_household(reading: Reading, parts: Parts, roster: Roster, ask: set[str]) -> Reading:
    who = parts.who
    if who.household is not None:
        home = roster.households[who.household]
        reading.household, reading.household_key, reading.group = home.head, home.key, home.group
        for entry in reading.entries:
            entry.member = own_name(entry.member, home.members)
    else:
        reading.candidates = labels(who.candidates, roster)
        reading.candidate_keys = tuple(key for index in who.candidates if (key := roster.households[index].key))
        ask.add("household")
    reading.ask = tuple(key for key in ASK_ORDER if key in ask)
    return reading


def _changed(parts: Parts, roster: Roster) -> Reading:
    reading = Reading(Intent.MEMBER_CHANGE, note=parts.written.strip())
    spans = [(each.start, each.end) for each in parts.mentions if each.tier.name in {"FULL", "SOUND"}]
    reading.change = members.which_change(parts.text)
    reading.member = members.who_changes(parts.text, parts.written, spans, reading.change)
    named = members.names_member(parts.text, spans)
    return _with_household(reading, parts, roster, set() if named else {"member"})


def _corrected(parts: Parts, roster: Roster, lexicon: Lexicon) -> Reading:
    reading = read_correction(parts.text, list(parts.mentions), list(parts.dates), lexicon)
    named = [int(index) for index in reading.candidate_keys]
    if not named and parts.who.household is not None and parts.mentions:
        named = [parts.who.household]
    reading.candidate_keys = ()
    if len(named) == 1:
        home = roster.households[named[0]]
        reading.household, reading.household_key, reading.group = home.head, home.key, home.group
    elif named:
        reading.candidate_keys = tuple(key for index in named if (key := roster.households[index].key))
    if reading.fix is not None and reading.fix.old_key is not None:
        reading.fix = replace(reading.fix, old_key=roster.households[int(reading.fix.old_key)].key)
    return reading
