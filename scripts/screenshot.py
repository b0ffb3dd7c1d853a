"""Takes docs/screenshot.png: runs the demo, plays the first monitor in Chromium at phone size.

    .venv/bin/python scripts/screenshot.py [FILE]

The morning's digest comes, one household is recorded by one message and one tap; the picture shows what is left.
"""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PHONE = {"width": 390, "height": 844}
FIRST_MONITOR = 700000001
MESSAGE = "昨天去王老五家,儿子打工挣了三千五,水没问题"
PATIENCE = 30_000  # ms
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport=PHONE, device_scale_factor=2, has_touch=True, locale="zh-CN")  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}#{FIRST_MONITOR}")
        play(page)
        page.screenshot(path=str(target))
        browser.close()


def play(page: Page) -> None:
    """One morning: the digest, a message, a tap."""
    expect.set_options(timeout=PATIENCE)
    page.locator("#next-morning").click()
    expect(page.locator("#messages")).to_contain_text("今日待办")
    page.locator("#text").fill(MESSAGE)
    page.locator("#send").click()
    save = page.locator(".rows button", has_text=re.compile("^保存$"))
    save.last.click()
    expect(page.locator("#messages")).to_contain_text("已保存走访")
    page.wait_for_timeout(800)  # colours of what changed fade


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
