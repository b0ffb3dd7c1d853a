"""The storm's generator by itself: what it makes is repeatable, complete and, where it says so, well-formed."""

from collections import Counter
from itertools import combinations

from telegram import Message, Update

from tests.torture.storm.cast import cast
from tests.torture.storm.contents import BESIDE, SENT, SERVICE
from tests.torture.storm.generator import Item, Storm
from tests.torture.storm.kinds import OTHERS

MADE_IN_PLACE = frozenset(
    "text caption entities caption_entities from_user edit_date reply_to_message media_group_id business_connection_id "
    "sender_business_bot guest_query_id guest_bot_caller_user guest_bot_caller_chat".split()
)
"""Parts of a message that the generator writes itself, or that come with updates of other kinds."""


def _items(count: int, seed: int = 7) -> list[Item]:
    return list(Storm(seed, cast(), 1_700_000_000).items(count))


def test_a_seed_gives_the_same_updates_again_and_another_seed_others() -> None:
    assert _items(300) == _items(300)
    assert _items(300) != _items(300, seed=8)


def test_every_kind_of_update_and_of_content_that_the_library_knows_is_made() -> None:
    """A Bot API with something new makes this fail: then it is added."""
    kinds = {"message", "edited_message", "callback_query", *OTHERS}
    assert set(Update.ALL_TYPES) <= kinds
    contents = {name for name in Message.__slots__ if not name.startswith("_")}
    assert contents - MADE_IN_PLACE <= {*SENT, *SERVICE, *BESIDE}
    made = Counter(item.kind for item in _items(15_000))
    assert kinds - {kind.split("/")[0] for kind in made} == set()
    assert {f"message/{name}" for name in (*SENT, *SERVICE)} - set(made) == set()


def test_what_is_called_sound_is_read_by_the_library() -> None:
    for item in _items(4000):
        if item.sound:
            assert isinstance(item.body, dict)
            assert Update.de_json({"update_id": 1, **item.body}, None) is not None


def test_no_name_is_part_of_another_so_that_a_leak_can_be_found_as_a_substring() -> None:
    secrets = [secret for house in cast().houses for secret in house.secrets]
    names = sorted(set(secrets))
    assert not [pair for pair in combinations(names, 2) if pair[0] in pair[1] or pair[1] in pair[0]]
    assert len(secrets) == len(names)


def test_everybody_sees_something_else() -> None:
    """A town's office sees all, a stranger nothing, the others their own part."""
    who = cast()
    hidden = {account.name: len(who.hidden_from(account)) for account in who.accounts}
    assert hidden["镇办"] == 0
    assert hidden["路人0"] == hidden["离任璞"] == hidden["联络员"] == 60 * 5
    assert hidden["网格璞一组"] == 55 * 5
    assert hidden["村长璞"] == 45 * 5
