"""Every content a Telegram message can have, by the Bot API's field names; ids and numbers from the random source."""

import random
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
ALICE: Json = {"id": 990_000_001, "is_bot": False, "first_name": "某人"}
HALL: Json = {"id": -1_009_900_000_001, "type": "supergroup", "title": "大厅"}
STARS: Json = {"amount": 5, "nanostar_amount": 0}


def _file(rng: random.Random, **more: Any) -> Json:
    number = rng.getrandbits(60)
    return {"file_id": f"BQAC{number}", "file_unique_id": f"AgAD{number}", "file_size": rng.randrange(1, 2**31), **more}


def _photo(rng: random.Random) -> list[Json]:
    return [_file(rng, width=90 * step, height=60 * step) for step in range(1, rng.randrange(2, 5))]


def _video(rng: random.Random) -> Json:
    return _file(rng, width=640, height=360, duration=rng.randrange(600), mime_type="video/mp4", file_name="a.mp4")


def _place(rng: random.Random) -> Json:
    return {"latitude": rng.uniform(-90, 90), "longitude": rng.uniform(-180, 180), "horizontal_accuracy": 3.5}


def _poll(rng: random.Random) -> Json:
    options = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("去", "不去")]
    return {
        "id": str(rng.getrandbits(60)), "question": "今天走访吗?", "options": options, "total_voter_count": 0,
        "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        "allows_revoting": True, "members_only": False,
    }  # fmt: skip


def _sticker(rng: random.Random) -> Json:
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return _file(rng, emoji=rng.choice("👍❤🎉"), set_name="some", **shape)


def _paid(rng: random.Random) -> Json:
    return {"star_count": 3, "paid_media": [{"type": "photo", "photo": _photo(rng)}, {"type": "preview", "width": 5}]}


def _checklist(_: random.Random) -> Json:
    return {"title": "今天的户", "tasks": [{"id": 1, "text": "东头一家"}, {"id": 2, "text": "西头一家"}]}


def _gift(rng: random.Random) -> Json:
    return {"gift": {"id": str(rng.getrandbits(60)), "sticker": _sticker(rng), "star_count": 5}}


def _unique_gift(rng: random.Random) -> Json:
    parts = {part: {"name": "x", "rarity_per_mille": 5, "sticker": _sticker(rng)} for part in ("model", "symbol")}
    colors = {"center_color": 1, "edge_color": 2, "symbol_color": 3, "text_color": 4}
    drop = {"name": "x", "colors": colors, "rarity_per_mille": 5}
    name = {"gift_id": "1", "base_name": "x", "name": "x-1", "number": 1}
    return {"gift": {**name, **parts, "backdrop": drop}, "origin": "transfer"}


def _game(rng: random.Random) -> Json:
    return {"title": "游戏", "description": "一个", "photo": _photo(rng)}


def _passport(_: random.Random) -> Json:
    secret = {"data": "AAAA", "hash": "BBBB", "secret": "CCCC"}
    return {"data": [{"type": "email", "email": "a@example.org", "hash": "x"}], "credentials": secret}


Maker = Callable[[random.Random], Any]
SENT: dict[str, Maker] = {
    "photo": _photo,
    "video": _video,
    "animation": _video,
    "live_photo": lambda rng: {**_video(rng), "photo": _photo(rng)},
    "audio": lambda rng: _file(rng, duration=rng.randrange(900), title="歌", performer="人"),
    "document": lambda rng: _file(rng, file_name=rng.choice(("表.xlsx", "a.pdf", "x" * 200, "..", ""))),
    "voice": lambda rng: _file(rng, duration=rng.randrange(60), mime_type="audio/ogg"),
    "video_note": lambda rng: _file(rng, length=240, duration=5),
    "sticker": _sticker,
    "contact": lambda rng: {"phone_number": f"+86139{rng.randrange(10**8):08d}", "first_name": "某", "vcard": "BEGIN"},
    "location": _place,
    "venue": lambda rng: {"location": _place(rng), "title": "村委会", "address": "村口"},
    "poll": _poll,
    "dice": lambda rng: {"emoji": "🎲", "value": rng.randrange(1, 7)},
    "game": _game,
    "story": lambda rng: {"id": rng.randrange(1, 999), "chat": HALL},
    "paid_media": _paid,
    "checklist": _checklist,
    "invoice": lambda rng: {
        "title": "单", "description": "一张", "start_parameter": "", "currency": "CNY",
        "total_amount": rng.randrange(10**6),
    },
    "web_app_data": lambda _: {"data": "{}", "button_text": "打开"},
    "passport_data": _passport,
    "users_shared": lambda _: {"request_id": 1, "users": [{"user_id": 990_000_001, "first_name": "某"}]},
    "chat_shared": lambda _: {"request_id": 1, "chat_id": HALL["id"], "title": "大厅"},
    "giveaway": lambda _: {"chats": [HALL], "winners_selection_date": 1_700_000_000, "winner_count": 2},
    "giveaway_winners": lambda _: {
        "chat": HALL, "giveaway_message_id": 1, "winners_selection_date": 1_700_000_000, "winner_count": 1,
        "winners": [ALICE],
    },
}  # fmt: skip
"""What a person sends; beside it stands text. `location` with a `live_period` is a live one."""

_PAYMENT = {
    "currency": "CNY", "total_amount": 100, "invoice_payload": "x", "telegram_payment_charge_id": "1",
    "provider_payment_charge_id": "2",
}  # fmt: skip
_POST = {"suggested_post_message": None}
SERVICE: dict[str, Maker] = {
    "successful_payment": lambda _: _PAYMENT,
    "refunded_payment": lambda _: _PAYMENT,
    "new_chat_members": lambda _: [ALICE],
    "left_chat_member": lambda _: ALICE,
    "new_chat_title": lambda _: "新的名字",
    "new_chat_photo": _photo,
    "delete_chat_photo": lambda _: True,
    "group_chat_created": lambda _: True,
    "supergroup_chat_created": lambda _: True,
    "channel_chat_created": lambda _: True,
    "message_auto_delete_timer_changed": lambda _: {"message_auto_delete_time": 86400},
    "migrate_to_chat_id": lambda _: -1_009_900_000_002,
    "migrate_from_chat_id": lambda _: -99,
    "pinned_message": lambda _: {"message_id": 1, "date": 0, "chat": HALL},
    "connected_website": lambda _: "example.org",
    "write_access_allowed": lambda _: {"from_request": True},
    "proximity_alert_triggered": lambda _: {"traveler": ALICE, "watcher": ALICE, "distance": 5},
    "boost_added": lambda _: {"boost_count": 1},
    "chat_background_set": lambda _: {"type": {"type": "chat_theme", "theme_name": "x"}},
    "checklist_tasks_done": lambda _: {"marked_as_done_task_ids": [1]},
    "checklist_tasks_added": lambda _: {"tasks": [{"id": 3, "text": "又一家"}]},
    "direct_message_price_changed": lambda _: {"are_direct_messages_enabled": True, "direct_message_star_count": 1},
    "forum_topic_created": lambda _: {"name": "题", "icon_color": 7322096},
    "forum_topic_edited": lambda _: {"name": "题二"},
    "forum_topic_closed": lambda _: {},
    "forum_topic_reopened": lambda _: {},
    "general_forum_topic_hidden": lambda _: {},
    "general_forum_topic_unhidden": lambda _: {},
    "gift": _gift,
    "gift_upgrade_sent": _gift,
    "unique_gift": _unique_gift,
    "giveaway_created": lambda _: {"prize_star_count": 1},
    "giveaway_completed": lambda _: {"winner_count": 1},
    "paid_message_price_changed": lambda _: {"paid_message_star_count": 1},
    "managed_bot_created": lambda _: {"bot": {**ALICE, "is_bot": True}},
    "poll_option_added": lambda _: {"option_persistent_id": "a", "option_text": "再去"},
    "poll_option_deleted": lambda _: {"option_persistent_id": "a", "option_text": "再去"},
    "chat_owner_left": lambda _: {"new_owner": ALICE},
    "chat_owner_changed": lambda _: {"new_owner": ALICE},
    "suggested_post_approved": lambda _: {**_POST, "send_date": 1_700_000_000},
    "suggested_post_approval_failed": lambda _: {**_POST, "price": {"currency": "XTR", "amount": 1}},
    "suggested_post_declined": lambda _: {**_POST, "comment": "不行"},
    "suggested_post_paid": lambda _: {**_POST, "currency": "XTR", "amount": 1, "star_amount": STARS},
    "suggested_post_refunded": lambda _: {**_POST, "reason": "post_deleted"},
    "video_chat_scheduled": lambda _: {"start_date": 1_700_000_000},
    "video_chat_started": lambda _: {},
    "video_chat_ended": lambda _: {"duration": 5},
    "video_chat_participants_invited": lambda _: {"users": [ALICE]},
}  # fmt: skip
"""What Telegram itself says in a chat; needs no answer."""

BESIDE: dict[str, Maker] = {
    "author_signature": lambda _: "某",
    "sender_chat": lambda _: HALL,
    "sender_boost_count": lambda _: 2,
    "sender_tag": lambda _: "某",
    "via_bot": lambda _: {**ALICE, "is_bot": True},
    "has_protected_content": lambda _: True,
    "is_from_offline": lambda _: True,
    "effect_id": lambda rng: str(rng.getrandbits(60)),
    "forward_origin": lambda rng: rng.choice(FORWARDED),
    "is_automatic_forward": lambda _: True,
    "external_reply": lambda rng: {"origin": rng.choice(FORWARDED), "chat": HALL, "message_id": 7},
    "quote": lambda rng: {"text": "一段", "position": rng.randrange(99), "is_manual": True},
    "reply_to_story": lambda _: {"id": 1, "chat": HALL},
    "reply_to_checklist_task_id": lambda _: 1,
    "reply_to_poll_option_id": lambda _: "a",
    "message_thread_id": lambda rng: rng.randrange(1, 99),
    "is_topic_message": lambda _: True,
    "direct_messages_topic": lambda _: {"topic_id": 1},
    "link_preview_options": lambda _: {"is_disabled": True},
    "show_caption_above_media": lambda _: True,
    "has_media_spoiler": lambda _: True,
    "is_paid_post": lambda _: True,
    "paid_star_count": lambda _: 1,
    "suggested_post_info": lambda _: {"state": "pending"},
    "reply_markup": lambda _: {"inline_keyboard": [[{"text": "看", "url": "https://example.org"}]]},
}
"""What may stand beside any content."""

FORWARDED: tuple[Json, ...] = (
    {"type": "user", "sender_user": ALICE, "date": 1_700_000_000},
    {"type": "hidden_user", "sender_user_name": "某", "date": 1_700_000_000},
    {"type": "chat", "sender_chat": HALL, "date": 1_700_000_000},
    {"type": "channel", "chat": {**HALL, "type": "channel"}, "message_id": 1, "date": 1_700_000_000},
)
