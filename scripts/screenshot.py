"""Takes docs/screenshot.png: runs the demo and plays the first monitor in Chromium at phone size.

    .venv/bin/python scripts/screenshot.py [FILE]

Two screens stand side by side: the morning's digest, and what is left of one message and one tap.
"""

import base64
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 390, 844
FIRST_MONITOR = 700000001
MESSAGE = "昨天去王老五家,儿子打工挣了三千五,水没问题"
PATIENCE = 30_000  # ms
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
FRAME = (
    "<body style='margin:0;padding:16px;display:flex;gap:16px;background:#fff'>{}</body>",
    "<img src='data:image/png;base64,{}' width=390 height=844 style='border:1px solid #ccc;border-radius:20px'>",
)


def main(target: Path) -> None:
    """Start the demo, take the picture, stop the demo."""
    command = [sys.executable, "-m", "bot", "demo", "--port", str(_free_port())]
    demo = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        shoot(_address(demo), target)
    finally:
        demo.terminate()
        demo.wait(timeout=20)


def shoot(address: str, target: Path) -> None:
    """Play the scene at `address` and write the picture."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = _page(browser, WIDTH, HEIGHT)
        page.goto(f"{address}#{FIRST_MONITOR}")
        _frame(browser, [morning(page), message(page)], target)
        browser.close()


def morning(page: Page) -> bytes:
    """The digest, from its first line on."""
    page.locator("#next-morning").click()
    digest = page.locator("article", has_text="今日待办").last
    expect(digest).to_be_visible()
    digest.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(800)  # colours of what changed fade
    return page.screenshot()


def message(page: Page) -> bytes:
    """One message, one tap, one receipt."""
    page.locator("#text").fill(MESSAGE)
    page.locator("#send").click()
    page.locator(".rows button", has_text=re.compile("^保存$")).last.click()
    expect(page.locator("#messages")).to_contain_text("已保存走访")
    page.wait_for_timeout(800)
    return page.screenshot()


def _frame(browser: Browser, screens: list[bytes], target: Path) -> None:
    """The screens side by side."""
    page = _page(browser, WIDTH * 2 + 52, HEIGHT + 34)
    page.set_content(FRAME[0].format("".join(FRAME[1].format(base64.b64encode(one).decode()) for one in screens)))
    page.screenshot(path=str(target))


def _page(browser: Browser, width: int, height: int) -> Page:
    viewport = {"width": width, "height": height}
    page = browser.new_page(viewport=viewport, device_scale_factor=2, locale="zh-CN")  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    return page


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(demo: "subprocess.Popen[str]") -> str:
    """The address that the demo prints."""
    assert demo.stdout is not None
    for line in demo.stdout:
        if found := re.search(r"http://[\w.:]+/?", line):
            return found.group().rstrip("/") + "/"
    raise SystemExit("the demo printed no address")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshot.png")
