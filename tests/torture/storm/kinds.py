"""Updates that are neither a message of a chat nor a tap: one maker a kind of the Bot API."""

import random
from collections.abc import Callable
from typing import Any

from tests.torture.storm.contents import ALICE, HALL, SENT, STARS

Json = dict[str, Any]
BOT: Json = {"id": 7_000_000_001, "is_bot": True, "first_name": "入户通"}
CHANNEL: Json = {"id": -1_009_900_000_003, "type": "channel", "title": "频道"}
RIGHTS = dict.fromkeys(
    (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
        "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
    ).split(),
    False,
)


def user_of(number: int) -> Json:
    """The Bot API's User of an account."""
    return {"id": number, "is_bot": False, "first_name": "某人", "language_code": "zh-hans"}


def private(number: int) -> Json:
    """The Bot API's Chat of an account."""
    return {"id": number, "type": "private", "first_name": "某人"}


def _post(rng: random.Random, number: int, at: int) -> Json:
    body = {"message_id": rng.randrange(1, 10**6), "date": at, "chat": CHANNEL, "sender_chat": CHANNEL}
    return {**body, "text": "通知"} if rng.random() < 0.5 else {**body, "photo": SENT["photo"](rng)}


def _edited_post(rng: random.Random, number: int, at: int) -> Json:
    return {**_post(rng, number, at), "edit_date": at}


def _business(rng: random.Random, number: int, at: int) -> Json:
    who = {"from": user_of(number), "chat": private(number), "business_connection_id": "b1"}
    return {"message_id": rng.randrange(1, 10**6), "date": at, **who, "text": "走访"}


def _edited_business(rng: random.Random, number: int, at: int) -> Json:
    return {**_business(rng, number, at), "edit_date": at}


def _guest(rng: random.Random, number: int, at: int) -> Json:
    who = {"from": user_of(number), "chat": HALL, "guest_query_id": str(rng.getrandbits(60))}
    return {
        "message_id": 1,
        "date": at,
        **who,
        "guest_bot_caller_user": ALICE,
        "guest_bot_caller_chat": HALL,
        "text": "查",
    }


def _connection(_: random.Random, number: int, at: int) -> Json:
    return {"id": "b1", "user": user_of(number), "user_chat_id": number, "date": at, "is_enabled": True, "rights": {}}


def _deleted(rng: random.Random, number: int, _: int) -> Json:
    return {"business_connection_id": "b1", "chat": private(number), "message_ids": [1, rng.randrange(10**6)]}


def _reaction(rng: random.Random, number: int, at: int) -> Json:
    new = rng.choice(
        ([], [{"type": "emoji", "emoji": "👍"}], [{"type": "paid"}], [{"type": "custom_emoji", "custom_emoji_id": "1"}])
    )
    where = {"chat": private(number), "message_id": rng.randrange(1, 99), "date": at}
    return {**where, "user": user_of(number), "old_reaction": [], "new_reaction": new}


def _reactions(rng: random.Random, _: int, at: int) -> Json:
    counts = [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": rng.randrange(99)}]
    return {"chat": CHANNEL, "message_id": 1, "date": at, "reactions": counts}


def _inline(rng: random.Random, number: int, _: int) -> Json:
    query = rng.choice(("", "查 王", "x" * 256))
    return {
        "id": str(rng.getrandbits(60)),
        "from": user_of(number),
        "query": query,
        "offset": "",
        "chat_type": "sender",
    }


def _chosen(_: random.Random, number: int, __: int) -> Json:
    return {"result_id": "1", "from": user_of(number), "query": "查", "inline_message_id": "i1"}


def _shipping(rng: random.Random, number: int, _: int) -> Json:
    address = dict.fromkeys(("country_code", "state", "city", "street_line1", "street_line2", "post_code"), "x")
    return {
        "id": str(rng.getrandbits(60)),
        "from": user_of(number),
        "invoice_payload": "x",
        "shipping_address": address,
    }


def _checkout(rng: random.Random, number: int, _: int) -> Json:
    money = {"currency": "CNY", "total_amount": 100, "invoice_payload": "x"}
    return {"id": str(rng.getrandbits(60)), "from": user_of(number), **money}


def _paid_media(_: random.Random, number: int, __: int) -> Json:
    return {"from": user_of(number), "paid_media_payload": "x"}


def _poll(rng: random.Random, _: int, __: int) -> Json:
    found: Json = SENT["poll"](rng)
    return found


def _poll_answer(rng: random.Random, number: int, _: int) -> Json:
    voter = rng.choice(({"user": user_of(number)}, {"voter_chat": HALL}))
    return {"poll_id": "1", **voter, "option_ids": [0], "option_persistent_ids": ["a"]}


def _member(rng: random.Random, number: int, at: int) -> Json:
    old, new = ({"user": user_of(number), "status": rng.choice(("member", "left"))} for _ in range(2))
    return {"chat": HALL, "from": ALICE, "date": at, "old_chat_member": old, "new_chat_member": new}


def _my_member(rng: random.Random, number: int, at: int) -> Json:
    """The person blocks the bot or takes it back; or it comes and goes in a group."""
    there, gone = {"user": BOT, "status": "member"}, {"user": BOT, "status": "kicked", "until_date": 0}
    old, new = rng.choice(((there, gone), (gone, there), (there, {"user": BOT, "status": "administrator", **RIGHTS})))
    where = rng.choice((private(number), private(number), HALL, CHANNEL))
    return {"chat": where, "from": user_of(number), "date": at, "old_chat_member": old, "new_chat_member": new}


def _join(_: random.Random, number: int, at: int) -> Json:
    return {"chat": HALL, "from": user_of(number), "user_chat_id": number, "date": at}


def _boost(_: random.Random, number: int, at: int) -> Json:
    source = {"source": "premium", "user": user_of(number)}
    boost = {"boost_id": "1", "add_date": at, "expiration_date": at + 9, "source": source}
    return {"chat": HALL, "boost": boost}


def _no_boost(_: random.Random, number: int, at: int) -> Json:
    return {"chat": HALL, "boost_id": "1", "remove_date": at, "source": {"source": "premium", "user": user_of(number)}}


def _managed(_: random.Random, number: int, __: int) -> Json:
    return {"user": user_of(number), "bot": BOT}


def _future(rng: random.Random, number: int, at: int) -> Json:
    return {"from": user_of(number), "chat": private(number), "date": at, "what": [STARS, None, rng.random()]}


Maker = Callable[[random.Random, int, int], Json]
OTHERS: dict[str, Maker] = {
    "channel_post": _post, "edited_channel_post": _edited_post, "business_connection": _connection,
    "business_message": _business, "edited_business_message": _edited_business,
    "deleted_business_messages": _deleted, "guest_message": _guest, "message_reaction": _reaction,
    "message_reaction_count": _reactions, "inline_query": _inline, "chosen_inline_result": _chosen,
    "shipping_query": _shipping, "pre_checkout_query": _checkout, "purchased_paid_media": _paid_media,
    "poll": _poll, "poll_answer": _poll_answer, "chat_member": _member, "my_chat_member": _my_member,
    "chat_join_request": _join, "chat_boost": _boost, "removed_chat_boost": _no_boost, "managed_bot": _managed,
    "kind_of_the_future": _future,
}  # fmt: skip
"""Kind → maker of (random source, account, Unix seconds)."""
