"""People who go on with their work in the storm, and how long they wait for each answer."""

import asyncio
import time
from dataclasses import dataclass, field

from bot.sandbox.client import Person
from bot.sandbox.server import SandboxServer
from tests.torture.storm.cast import Account, Cast
from tests.torture.storm.words import HANGS

EVERY = 1.0
PATIENCE = 60.0


@dataclass
class Waits:
    """Seconds from a message to its answer."""

    seconds: list[float] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The wait that so large a share does not exceed, in milliseconds."""
        ordered = sorted(self.seconds) or [0.0]
        return round(1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)], 1)

    def __str__(self) -> str:
        return f"{len(self.seconds)} answers, ms: median {self.at(0.5)}, p99 {self.at(0.99)}, longest {self.at(1.0)}"


async def ask_on(server: SandboxServer, cast: Cast, account: Account, waits: Waits) -> None:
    """Look up one household after the other, a second, until cancelled."""
    person = Person(server, account.id, account.name)
    heads = [house.head for house in cast.houses if account.sees(house)]
    number = 0
    while True:
        began = time.monotonic()
        head = heads[number % len(heads)]
        number += 1
        person.say(f"查 {head}")
        try:
            await person.wait_for(head, timeout=PATIENCE)
        except TimeoutError:
            waits.stuck.append(f"{account.name} waited {PATIENCE} s for a card")
            return
        waits.seconds.append(time.monotonic() - began)
        await asyncio.sleep(max(EVERY - waits.seconds[-1], 0))


async def hang(server: SandboxServer, account: Account, times: int = 3) -> dict[str, float]:
    """Send each message that could hang; the shortest wait of `times`, in milliseconds (60,000: none came)."""
    person, found = Person(server, account.id, account.name), {}
    for text in HANGS:
        waits = []
        for _ in range(times):
            began = time.monotonic()
            person.say(text)
            try:
                await person.wait_for("", timeout=PATIENCE)
            except TimeoutError:
                return {**found, text[:20]: 1000 * PATIENCE}
            waits.append(1000 * (time.monotonic() - began))
        found[text[:20]] = round(min(waits), 1)
    return found
