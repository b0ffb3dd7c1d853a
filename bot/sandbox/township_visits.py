"""Visits over the last year, what they found, and when each household is due.

The due days are chosen first, so that on `today` every monitor has a handful of households to see and a few overdue;
the visits are then laid backwards at the pack's cadence.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.domain.cadence import Facts, days, standing_reason
from bot.domain.checks import Check, CheckState, Mode
from bot.domain.policy_models import Cadence
from bot.sandbox.township_model import Call, Home, Problem

HISTORY_DAYS = 365

FOUND: dict[Check, tuple[tuple[str, str], ...]] = {
    Check.HOUSING: (("东墙裂了一条缝", "已请村里看过,砌了墙脚"), ("瓦碎了,下雨漏", "换了瓦,不漏了")),
    Check.WATER: (("水管冻坏,停水两天", "水管已换"), ("水源季节性断流,要到箐边挑", "接了新水源")),
    Check.MEDICAL: (("今年医保还没交", "已参保"), ("慢性病药断了半个月", "签约医生已送药")),
    Check.EDUCATION: (("娃娃说不想去读书,在家三天了", "已返校"), ("学费还差一截", "已申请助学贷款")),
    Check.INCOME: (("厂里停工,儿子回来了", "已介绍到县城工地"), ("两头猪病死了", "申请了防疫补助,重新买了猪崽")),
    Check.FOOD: (("老人一个人吃饭不按时", "村里安排了助餐"),),
    Check.CLOTHING: (("过冬被褥不够", "民政送了棉被"),),
}
"""Problems as a monitor writes them, with what was done about them."""

REMARKS = (
    "老人身体还好",
    "娃娃放假在家",
    "在地里栽烟,田边说的话",
    "刚杀了年猪",
    "儿子过年回来过",
    "说想多养两头猪",
    "家里收拾得干净",
)
TRY_NOTES = ("门锁着,没人在家", "打了两次电话没人接", "邻居说去街上了")


@dataclass(frozen=True, slots=True)
class Rounds:
    """Lays out the visits of all households."""

    rng: Random
    today: date
    cadence: Cadence

    def plan_grid(self, grid: list[Home], keys: frozenset[str]) -> None:
        """Choose the due days of one monitor's households; those of the cast are given."""
        drawn = [home for home in grid if home.due_in is None]
        self.rng.shuffle(drawn)
        ready = sum(home.due_in is not None and home.due_in <= 0 for home in grid)
        late, due = (0, 0) if ready >= 5 else (self.rng.randint(1, 3), self.rng.randint(2, 4))
        for place, home in enumerate(drawn):
            length = self.interval(home, key=home.code in keys)
            if place < late:
                home.due_in = -self.rng.choice((1, 2, 3, 4, 6, 9, 16))
            elif place < late + due:
                home.due_in = 0
            else:
                home.due_in = self.rng.randint(1, max(1, length - 1))
        if drawn and due == 0:
            last = drawn[-1]
            last.due_in = self.interval(last, key=last.code in keys) - 1  # seen yesterday

    def interval(self, home: Home, *, key: bool) -> int:
        """Days between two visits while nothing is open."""
        return days(standing_reason(Facts(home.category, home.monitoring, key), self.cadence), self.cadence)

    def visit(self, home: Home, *, key: bool, troubled: bool) -> None:
        """Lay out the visits of a household; `troubled`: the newest one found something that is still open."""
        if home.fresh:
            home.first_due = self.today + timedelta(days=home.due_in or 0)
            return
        length = self.interval(home, key=key)
        if not home.calls:
            self._newest(home, self.cadence.problem if troubled else length, troubled=troubled)
        self._earlier(home, length)
        for number in range(home.tries):
            home.calls.append(self._try(self.today - timedelta(days=2 + 3 * number)))
        home.calls.sort(key=lambda call: call.on)

    def _newest(self, home: Home, length: int, *, troubled: bool) -> None:
        due = min(home.due_in or 0, length - 1) if troubled else home.due_in or 0
        on = self.today + timedelta(days=due - length)
        call = self._call(home, on)
        home.calls.append(call)
        if troubled:
            self._find(home, call, self.rng.choice(tuple(FOUND)))

    def _earlier(self, home: Home, length: int) -> None:
        """Earlier visits at about the cadence, back to a year ago; a few found what was put right by the next."""
        following = home.calls[0].on
        while True:
            on = following - timedelta(days=length + self.rng.randint(-length // 10, length // 5))
            if on < self.today - timedelta(days=HISTORY_DAYS):
                return
            call = self._call(home, on)
            if self.rng.random() < 0.04:
                problem = self._find(home, call, self.rng.choice(tuple(FOUND)))
                problem.closed_on = min(on + timedelta(days=self.rng.randint(5, 25)), following)
            elif self.rng.random() < 0.012:
                home.calls.append(Call(on, note=self.rng.choice(REMARKS), undone=True))
            elif self.rng.random() < 0.05:
                home.calls.append(self._try(on - timedelta(days=self.rng.randint(1, 4))))
            home.calls.append(call)
            following = on

    def _call(self, home: Home, on: date) -> Call:
        away = all(one.works_where == "out_of_province" or one.labour is None for one in home.living)
        phone = self.rng.random() < (0.8 if away else 0.1)
        note = self.rng.choice(REMARKS) if self.rng.random() < 0.25 else None
        helped = home.helper is not None and self.rng.random() < 0.12
        return Call(on, Mode.PHONE if phone else Mode.HOME, note=note, by_helper=helped)

    def _try(self, on: date) -> Call:
        phone = self.rng.random() < 0.5
        note = TRY_NOTES[1] if phone else self.rng.choice((TRY_NOTES[0], TRY_NOTES[2]))
        return Call(on, Mode.PHONE if phone else Mode.HOME, counted=False, all_ok=False, note=note)

    def _find(self, home: Home, call: Call, check: Check) -> Problem:
        """A problem found at a visit, with the words of both note and remedy."""
        found, done = self.rng.choice(FOUND[check])
        call.all_ok, call.checks, call.note = False, {check: CheckState.PROBLEM}, found
        problem = Problem(check, call.on, found, call, closed_note=done)
        home.problems.append(problem)
        return problem
