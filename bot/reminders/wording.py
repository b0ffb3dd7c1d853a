"""The words of a digest in one language; HTML, names and notes escaped."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from bot.domain.fitting import cut, escaped
from bot.domain.households import Household
from bot.domain.records import Clue
from bot.domain.statyear import stat_year, window
from bot.reminders.gather import NAMED, Digest, Late
from bot.reminders.income_sections import Nudge
from bot.storage.reminders import Tries
from bot.texts import texts
from bot.texts.formats import month, short_day, weekday
from bot.usecases.todo import Todo

NOTE_LENGTH = 20
PLACES = 3


class Wording:
    """Builds the sections one by one; each is a block of lines."""

    def __init__(self, language: str) -> None:
        """`language`: zh or en."""
        self._language = language

    def text(self, digest: Digest) -> str:
        """The whole message: what is due, then the sections, an empty line between blocks."""
        blocks = [self._head(digest), *self._due(digest)]
        blocks += [self._late(late) for late in digest.late]
        if digest.plans:
            blocks.append(self._named("digest-plans", digest.plans))
        blocks += [self._nudge(nudge) for nudge in digest.income]
        if digest.thin:
            end = short_day(window(stat_year(digest.day))[1], self._language)
            blocks.append(self._named("digest-thin", digest.thin, end=end))
        return "\n\n".join(blocks)

    def day(self, day: date) -> str:
        """`3月15日 周五`."""
        return f"{short_day(day, self._language)} {weekday(day, self._language)}"

    def plain(self, text_id: str, /, **args: str | int) -> str:
        """A text with its variables as they are, for labels."""
        return texts.get(self._language, text_id, **args)

    def _t(self, text_id: str, /, **args: str | int) -> str:
        return texts.get(self._language, text_id, **{key: escaped(key, value) for key, value in args.items()})

    def _head(self, digest: Digest) -> str:
        if digest.absent is not None:
            return self._t("digest-cover", name=digest.absent.name, due=digest.due, overdue=digest.overdue)
        title = self._t("digest-title", day=self.day(digest.day))
        return f"{title}\n{self._t('digest-counts', due=digest.due, overdue=digest.overdue)}"

    def _due(self, digest: Digest) -> list[str]:
        """The shown households by village group, as one block."""
        several = len({todo.household.village_id for todo in digest.shown}) > 1
        lines: list[str] = []
        for _, group in groupby(enumerate(digest.shown, 1), key=lambda each: each[1].household.group_id):
            members = list(group)
            lines.append(self._place(members[0][1].household, several))
            for number, todo in members:
                lines += self._household(number, todo, digest.problems or {})
        return ["\n".join(lines)] if lines else []

    def _household(self, number: int, todo: Todo, problems: Mapping[int, Clue]) -> list[str]:
        state = "overdue" if todo.overdue else "today"
        when = self._t(f"digest-when-{state}{'-first' if todo.first else ''}", **self._days(todo))
        if not todo.household.readable:
            when = self._t("list-unreadable")
        # the name is escaped by itself: `when` is text of ours
        lines = [texts.get(self._language, "digest-line", number=number, name=_safe(todo.household.head), when=when)]
        clue = problems.get(todo.household.id)
        if clue is not None:
            lines.append(texts.get(self._language, "digest-indent", line=self._problem(clue)))
        return lines

    def _days(self, todo: Todo) -> dict[str, int]:
        return {"days": todo.overdue} if todo.overdue else {}

    def _problem(self, clue: Clue) -> str:
        if clue.words:
            return self._t("digest-problem-note", note=cut(clue.words, NOTE_LENGTH))
        return self._t("digest-problem-check", check=self.plain(f"check-{clue.check}"))

    def _place(self, household: Household, several: bool) -> str:
        if several:
            return self._t("digest-place", village=household.village, group=household.group)
        return _safe(household.group)

    def _late(self, late: Late) -> str:
        """`三组、五组有 3 户逾期 7 天以上`, then the households and what was tried; never who is responsible."""
        every = [each.village if late.town else each.group for each in late.households]
        places = list(dict.fromkeys(every))
        joined = self._separator().join(_safe(place) for place in places[:PLACES])
        if len(places) > PLACES:
            joined = texts.get(self._language, "digest-places-more", places=joined, count=len(places))
        count = len(late.households)
        first = texts.get(self._language, "digest-late", places=joined, count=count, days=late.days)
        names = [self._tried(each, late.tries.get(each.id, Tries())) for each in late.households]
        return f"{first}\n{self._names(names)}"

    def _tried(self, household: Household, tries: Tries) -> str:
        said = [
            self._t(f"digest-tried-{way}", count=count)
            for way, count in (("phone", tries.phone), ("home", tries.home))
            if count
        ]
        name = _safe(household.head)
        if not said:
            return name
        return texts.get(self._language, "digest-tried", name=name, tried=self._separator().join(said))

    def _nudge(self, nudge: Nudge) -> str:
        first, last = month(nudge.first, self._language), month(nudge.last, self._language)
        if self._language == "zh" and nudge.first[:4] == nudge.last[:4]:
            last = last.partition("年")[2]
        asked = first if nudge.first == nudge.last else self._t("digest-months", first=first, last=last)
        return self._named("digest-income", nudge.households, months=asked)

    def _named(self, text_id: str, households: Sequence[Household], /, **args: str) -> str:
        first = self._t(text_id, count=len(households), **args)
        return f"{first}\n{self._names([_safe(each.head) for each in households])}"

    def _names(self, names: Sequence[str]) -> str:
        joined = self._separator().join(names[:NAMED])
        if len(names) <= NAMED:
            return joined
        return texts.get(self._language, "digest-names-more", names=joined, count=len(names))

    def _separator(self) -> str:
        return self.plain("list-separator")


def _safe(text: str) -> str:
    """A name or a place."""
    return escaped("name", text)
