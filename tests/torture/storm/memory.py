"""How much memory the bot and its helpers hold, sampled while it works (Linux)."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

MOST_GROWTH = 0.15
MOST_MIB = 20.0
ENOUGH = 120
"""Samples."""


@dataclass
class Memory:
    """Resident MiB, a sample a second."""

    samples: list[float] = field(default_factory=list)

    async def watch(self, pid: int) -> None:
        """Sample until cancelled."""
        while True:
            await asyncio.sleep(1.0)
            self.samples.append(sum(_resident(each) for each in family(pid)))

    @property
    def growth(self) -> tuple[float, float]:
        """The highest of the third and of the last quarter: the first half warms up."""
        quarter = max(len(self.samples) // 4, 1)
        third, last = self.samples[-2 * quarter : -quarter], self.samples[-quarter:]
        return max(third, default=0.0), max(last, default=0.0)

    @property
    def is_flat(self) -> bool:
        """Whether the last quarter holds hardly more than the one before; a short run cannot tell."""
        before, after = self.growth
        return len(self.samples) < ENOUGH or after - before < max(MOST_GROWTH * before, MOST_MIB)


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
