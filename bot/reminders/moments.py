"""When a digest may go out; pure. Moments are aware and in the civil time zone."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.policy import Policies
from bot.domain.policy_models import Reminders
from bot.domain.staff import Staff
from bot.domain.workdays import is_workday


@dataclass(frozen=True, slots=True)
class Opening:
    """A moment at which reminders may go out; nothing is sent after `closes`."""

    moment: datetime
    rules: Reminders
    closes: datetime

    @property
    def day(self) -> date:
        """The civil day."""
        return self.moment.date()

    def reached(self, person: Staff) -> bool:
        """Whether this person's hour has come."""
        return hour_of(person, self.rules) <= self.moment.time()


def opening(moment: datetime, policies: Policies) -> Opening | None:
    """What may be sent at this moment; None on days off and in the quiet hours."""
    rules = policies.on(moment.date()).reminders
    if not is_workday(moment.date(), policies.overrides()) or _quiet(moment.time(), rules):
        return None
    closes = datetime.combine(moment.date(), rules.quiet_from, moment.tzinfo)
    return Opening(moment, rules, closes)


def hour_of(person: Staff, rules: Reminders) -> time:
    """The hour that a person chose, kept within what the pack allows; else the pack's."""
    return min(max(person.digest_at or rules.digest_at, rules.earliest), rules.latest)


def _quiet(now: time, rules: Reminders) -> bool:
    """Quiet hours reach over midnight; the first moment of them is quiet, the last is not."""
    return now >= rules.quiet_from or now < rules.quiet_until
