"""An invitation ends after fourteen days and says what to do then."""

from datetime import timedelta

from bot.domain.staff import Role
from bot.storage import staff
from bot.storage.transaction import Transaction
from bot.texts import texts
from bot.usecases.bind import VALID_FOR, Invite, invite
from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.support.town import Town, answer, any_town  # noqa: F401 - fixture

EARLY, LATE = "ABCDEFGH26", "ABCDEFGH27"


async def test_an_invitation_works_until_its_last_minute_and_not_after(any_town: Town) -> None:  # noqa: F811 - the fixture
    def make(tx: Transaction) -> None:
        now = any_town.clock.now()
        first, second = Invite(Role.TOWN, "赶上的"), Invite(Role.TOWN, "过期的")
        invite(tx, first, code=EARLY, at=now - VALID_FOR + timedelta(minutes=1))
        invite(tx, second, code=LATE, at=now - VALID_FOR)

    await any_town.write(make)
    await answer(any_town.person(7001), f"/start {EARLY}", "绑定成功")
    for written in (f"/start {LATE}", LATE, LATE.lower()):
        told = await answer(any_town.person(7002), written, "过期")
        assert "要一个新的" in told.text
    assert await any_town.write(lambda tx: staff.by_name(tx, "过期的")) is None
    await answer(any_town.person(7002), "待办", "绑定码")


def test_the_words_are_there_in_both_languages() -> None:
    assert "过期" in texts.get("zh", "refused-code-unknown")
    assert "out of date" in texts.get("en", "refused-code-unknown")
