"""The bot as its operator runs it: `ruhu run` in a process of its own, killed and started again."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import forked

ROOT = Path(__file__).resolve().parents[2]


def operate() -> int:
    """`ruhu run`."""
    return forked.ruhu("run")


@dataclass
class Bot:
    """One bot after the other over the same data folder; its log lines go to `log`."""

    environment: dict[str, str]
    log: Path
    serve: Callable[[], object] = operate
    kills: int = 0
    starts: int = 0
    _process: forked.Process | None = field(default=None)
    _ending: bool = False

    async def start(self) -> None:
        """Start a bot; does not wait until it is ready."""
        environment = {**os.environ, **self.environment, "PYTHONPATH": str(ROOT)}
        self._process = forked.start(self.serve, env=environment, log=self.log, folder=self.log.parent)
        self.starts += 1
        self._ending = False

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    async def ended_by_itself(self) -> None:
        """Returns never while the bot lives or is killed on purpose; raises when it ends otherwise."""
        while True:
            await asyncio.sleep(0.2)
            if self._process is not None and self._process.returncode is not None and not self._ending:
                raise RuntimeError(f"the bot ended by itself with {self._process.returncode}\n{self.tail()}")

    async def kill(self) -> None:
        """SIGKILL, at whatever moment this is."""
        assert self._process is not None
        if self._process.returncode is None:
            self._ending = True
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        self.kills += 1

    async def stop(self) -> tuple[int, float]:
        """SIGTERM; its exit code and the seconds it took."""
        assert self._process is not None
        began, self._ending = time.monotonic(), True
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(20):
                code = await self._process.wait()
        except TimeoutError:
            self._process.kill()
            code = await self._process.wait()
        return code, time.monotonic() - began

    def tail(self) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
