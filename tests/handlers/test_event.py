"""The reader of raw updates is total: whatever arrives gives an event or nothing, and never an error."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handlers.event import Event, read

USER = {"id": 1001, "is_bot": False, "first_name": "杨", "username": "y", "language_code": "zh"}
CHAT = {"id": 1001, "type": "private", "first_name": "杨"}
MESSAGE = {"message_id": 7, "date": 1710464400, "chat": CHAT, "from": USER}
REAL: list[dict[str, Any]] = [
    {"update_id": 1, "message": {**MESSAGE, "text": "查 王老五",
                                 "entities": [{"type": "bold", "offset": 0, "length": 1}]}},
    {"update_id": 2, "edited_message": {**MESSAGE, "text": "x", "edit_date": 1710464401}},
    {"update_id": 3, "message": {**MESSAGE, "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}],
                                 "caption": "今天去王老五家"}},
    {"update_id": 4, "message": {**MESSAGE, "location": {"latitude": 25.1, "longitude": 102}}},
    {"update_id": 5, "message": {**MESSAGE, "text": "5300", "reply_to_message": {**MESSAGE, "text": "已记账"}}},
    {"update_id": 6, "callback_query": {"id": "9", "from": USER, "message": MESSAGE, "data": "visit.1."}},
    {"update_id": 7, "callback_query": {"id": "9", "from": USER, "inline_message_id": "a", "data": "visit.1."}},
    {"update_id": 8, "my_chat_member": {"chat": CHAT, "from": USER, "date": 1, "old_chat_member": {"status": "member"},
                                        "new_chat_member": {"status": "kicked", "user": USER}}},
    {"update_id": 9, "message": {**MESSAGE, "sticker": {"file_id": "f"}}},
]  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=5), st.just([]),
    st.sampled_from([2**31, 2**63, -(2**63), 10**400, "1001", "", "\ud800", "\0", [None], [[]], {}, {"id": None},
                     [{"file_id": 3}]]),
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside an update."""
    keys = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in keys for place in _places(inner, (*path, key)))]


@st.composite
def _mutated(draw: st.DrawFn) -> Any:
    """A real update with some things taken out or replaced."""
    update: Any = copy.deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 4))):
        *way, last = draw(st.sampled_from(_places(update)[1:])) if _places(update)[1:] else (None,)
        holder = update
        for key in way:
            holder = holder[key]
        if last is None or draw(st.booleans()):
            (holder.pop(last) if last is not None else None)
        else:
            holder[last] = copy.deepcopy(draw(ODD))
    return update


@settings(max_examples=1500, deadline=None)
@given(_mutated())
def test_no_update_of_any_shape_is_an_error(update: Any) -> None:
    """Missing keys, other types, null everywhere; what is read can be stored."""
    event = read(update)
    assert event is None or isinstance(event, Event)
    if event is not None:
        numbers = [event.chat_id, event.user_id, event.message_id or 0, event.reply_to or 0]
        assert all(abs(number) < 2**63 for number in numbers)
        texts = [event.text, event.tap, event.query_id, *(event.attachment or ())]
        assert all(text is None or "\0" not in text.encode().decode() for text in texts)


@given(ODD)
def test_nor_is_anything_that_is_no_update_at_all(raw: Any) -> None:
    """Numbers, texts, lists, null."""
    assert read(raw) is None


@pytest.mark.parametrize("update", REAL)
def test_real_updates_are_events(update: dict[str, Any]) -> None:
    """Each of the kinds that are answered."""
    assert read(update) is not None


def test_a_tap_on_a_message_out_of_reach_has_no_message_to_edit() -> None:
    """Telegram sends such a message with date 0, or none at all: then it is answered in the private chat."""
    gone = read({"callback_query": {"id": "9", "from": USER, "message": {"chat": CHAT, "message_id": 7, "date": 0}}})
    none = read({"callback_query": {"id": "9", "from": USER, "data": "todo.0."}})
    assert gone is not None
    assert none is not None
    assert (gone.message_id, none.message_id) == (None, None)
    assert (none.chat_id, none.private) == (1001, True)
