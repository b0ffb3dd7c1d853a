"""A real browser for tests of the page: Chromium of the system, driven by Playwright."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.sandbox.server import SandboxServer

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000  # ms
MISSING = "Chromium is missing: see the install line in README.md, section Tests (apt-get install chromium)"


def chromium() -> str:
    """Return the path of the browser; a test without one fails with one line, it is never skipped."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    pytest.fail(MISSING, pytrace=False)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Run a headless browser."""
    path = chromium()
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def phone_context(browser: Browser) -> AsyncIterator[Page]:
    """A blank page on a phone's screen, sharing nothing with other pages."""
    context = await browser.new_context(viewport=PHONE, has_touch=True, locale="zh-CN")  # type: ignore[arg-type]
    try:
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page
    finally:
        await context.close()


@pytest_asyncio.fixture
async def page(server: SandboxServer) -> AsyncIterator[Page]:
    """The sandbox's page on a phone's screen."""
    async with open_browser() as browser, phone_context(browser) as opened:
        await opened.goto(server.root)
        yield opened
