"""A person with the chat page on a phone: by what is to be read and by the labels of buttons, nothing else."""

import re

from playwright.async_api import Locator, Page, expect

MORNING = "next 08:30"


class Phone:
    """The chat page of one browser context. Everything is done by visible text; waiting is Playwright's."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def choose(self, who: str) -> None:
        """From the chat that is open, change to the first persona whose line has `who` in it, a name or a role."""
        await self.tap("换人")
        await self.page.get_by_role("button").filter(has_text=who).first.click()
        await self.sees(who)

    async def say(self, text: str) -> None:
        """Type and send."""
        box = self.page.get_by_label("写消息")
        await box.fill(text)
        await box.press("Enter")

    async def tap(self, label: str | re.Pattern[str]) -> None:
        """Press the newest button with this label, wherever it is."""
        await self.button(label).click()

    def button(self, label: str | re.Pattern[str]) -> Locator:
        """The newest button with this whole label."""
        return self.page.get_by_role("button", name=label, exact=True).last

    async def sees(self, *texts: str) -> Locator:
        """Wait until one message has all of `texts`; return the newest such message."""
        messages = self.page.get_by_role("article")
        for text in texts:
            messages = messages.filter(has_text=text)
        await expect(messages.last).to_be_visible()
        return messages.last

    async def first_of_digest(self) -> str:
        """The name on the first button of the digest: `1 王老五`."""
        digest = await self.sees("今日待办")
        label = await digest.get_by_role("button", name=re.compile(r"^1 ")).inner_text()
        return label.removeprefix("1 ")
