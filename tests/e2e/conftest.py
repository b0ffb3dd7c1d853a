"""`ruhu demo` as a process of its own, and phones that show its page."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.phone import Phone
from tests.support.browser import open_browser, phone_context

ROOT = Path(__file__).resolve().parents[2]
OpenPhone = Callable[[], Awaitable[Phone]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that `ruhu demo` prints; nothing of a real bot's settings reaches it."""
    folder = tmp_path_factory.mktemp("demo")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    plain["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "bot", "demo", "--port", str(_free_port()), "--data", str(folder / "data")]
    with (folder / "stderr").open("w+") as trouble:
        process = subprocess.Popen(command, cwd=folder, env=plain, stdout=subprocess.PIPE, stderr=trouble, text=True)
        try:
            yield _address(process, folder / "stderr")
        finally:
            process.terminate()
            code = process.wait(timeout=20)
    assert code == 0, (folder / "stderr").read_text(encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(process: "subprocess.Popen[str]", trouble: Path) -> str:
    """The one URL on standard output."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not re.fullmatch(r"http://127\.0\.0\.1:\d+/\n", line):
        process.wait(timeout=20)
        said = trouble.read_text(encoding="utf-8")
        pytest.fail(f"the demo printed {line!r} instead of its address\n{said}", pytrace=False)
    return line.strip()


@pytest_asyncio.fixture
async def phone(demo: str) -> AsyncIterator[OpenPhone]:
    """Open the page on one more phone; each is a browser context of its own."""
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(open_browser())

        async def another() -> Phone:
            page = await stack.enter_async_context(phone_context(browser))
            await page.goto(demo)
            return Phone(page)

        yield another
