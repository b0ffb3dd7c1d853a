"""What people do: write, read what the bot understood, tap save, wait for the receipt. They never say a thing twice."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.actions import Refusal
from bot.sandbox.client import Person
from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer
from tests.torture.village import Keeper

CONFIRM, SAVE, AGAIN, RECEIPT = "请确认", "保存", "再记一笔", "已记账"
WAGE = "工资性收入"


@dataclass(frozen=True)
class Entry:
    """One message that is to become one record; `yuan` is unique in a run, so that it names the entry."""

    telegram_id: int
    head: str
    yuan: int
    with_visit: bool

    @property
    def text(self) -> str:
        """What is typed."""
        if self.with_visit:
            return f"今天去{self.head}家了,一切正常,打工收入{self.yuan}元"
        return f"记账 {self.head} 工资 {self.yuan}"

    @property
    def shown(self) -> str:
        """The amount as every screen shows it."""
        return f"{self.yuan:,}元"

    def is_in(self, text: str, words: str) -> bool:
        """Whether a screen with `words` shows this entry: its amount beside its kind, not some total."""
        return words in text and any(WAGE in line and self.shown in line for line in text.splitlines())


@dataclass
class Story:
    """What was sent and what came back, as the people remember it."""

    sent: list[Entry] = field(default_factory=list)
    confirmed: list[Entry] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    on_confirmed: Callable[[int], None] = lambda _: None


def plan(who: list[Keeper], entries: int, seed: int) -> dict[int, list[Entry]]:
    """Who will write what, by Telegram id."""
    rng, found = random.Random(seed), {keeper.telegram_id: [] for keeper in who}
    for number in range(entries):
        keeper = who[number % len(who)]
        entry = Entry(keeper.telegram_id, rng.choice(keeper.heads), 1000 + number, rng.random() < 0.25)
        found[keeper.telegram_id].append(entry)
    return found


async def live(server: SandboxServer, keeper: Keeper, entries: list[Entry], story: Story, patience: float) -> None:
    """Send every entry, one after the other; give up for good when an answer does not come within `patience` s."""
    person = Person(server, keeper.telegram_id, keeper.name)
    try:
        await _send(person, entries, story, patience)
    except TimeoutError as error:
        story.stuck.append(str(error))


async def _send(person: Person, entries: list[Entry], story: Story, patience: float) -> None:
    for entry in entries:
        began = time.monotonic()
        story.sent.append(entry)
        person.say(entry.text)
        screen = await _wait(person, entry, CONFIRM, patience)
        _tap(person, screen)
        await _wait(person, entry, RECEIPT, patience)
        story.waits.append(time.monotonic() - began)
        story.confirmed.append(entry)
        story.on_confirmed(len(story.confirmed))


async def _wait(person: Person, entry: Entry, words: str, patience: float) -> Seen:
    def find() -> Seen | None:
        for seen in reversed(person.chat):
            if seen.from_bot and entry.is_in(seen.text, words):
                return seen
        return None

    return await person.wait_until(find, timeout=patience, what=f"{words} {entry.shown} after {entry.text!r}")


def _tap(person: Person, screen: Seen) -> None:
    """Tap save; when the button went away, the bot has saved already, which it must not.

    A second visit of one day is shown as such: it is recorded again.
    """
    try:
        person.tap(AGAIN if AGAIN in screen.labels else SAVE, screen)
    except Refusal as error:
        raise AssertionError(f"no {SAVE} under {screen}") from error
