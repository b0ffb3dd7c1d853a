"""Breaks well-formed updates as no server should: keys gone, wrong types, nulls, numbers beyond everything, depth."""

import json
import random
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
VALUES: tuple[Any, ...] = (
    None, "", "x", 0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**30, 1.5, 1e308, True, False, [], {}, [None], {"id": None},
    "\x00", "\ud800", "\u202e", "好" * 10_000, "x" * 70_000, [[[]]], {"id": {"id": {}}}, "private", "123", "9" * 400,
)  # fmt: skip
WHOLE = (
    "5",
    '"x"',
    "[]",
    "null",
    "{}",
    "true",
    "[[[]]]",
    '{"update_id":null}',
    '{"update_id":"x","message":{}}',
    "1.5",
)


def spoil(rng: random.Random, update: Json) -> Json:
    """A copy of `update` with one to three places spoiled."""
    copy: Json = json.loads(json.dumps(update))
    for _ in range(rng.randrange(1, 4)):
        holder, key = rng.choice(_places(copy) or [(copy, "nothing")])
        rng.choice(_WAYS)(rng, holder, key)
    return copy


def _places(top: Any) -> list[tuple[Any, Any]]:
    """Every place of a value below its top, as (what holds it, key); without recursion, for values of any depth."""
    found, holders = [], [top]
    while holders:
        value = holders.pop()
        keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        found += [(value, key) for key in keys if key != "update_id"]
        holders += [value[key] for key in keys]
    return found


def _gone(_: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder.pop(key, None)
    else:
        holder[key] = None


def _other(rng: random.Random, holder: Any, key: Any) -> None:
    holder[key] = rng.choice(VALUES)


def _in_list(_: random.Random, holder: Any, key: Any) -> None:
    holder[key] = [_held(holder, key)]


def _as_text(_: random.Random, holder: Any, key: Any) -> None:
    holder[key] = str(_held(holder, key))


def _deep(rng: random.Random, holder: Any, key: Any) -> None:
    value = _held(holder, key)
    for _ in range(rng.choice((3, 50, 200))):
        value = {"x": value}
    holder[key] = value


def _more(rng: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder[f"new_{key}"] = rng.choice(VALUES)


def _held(holder: Any, key: Any) -> Any:
    return holder.get(key) if isinstance(holder, dict) else holder[key]


_WAYS: tuple[Callable[[random.Random, Any, Any], None], ...] = (
    _gone,
    _gone,
    _other,
    _other,
    _in_list,
    _as_text,
    _deep,
    _more,
)
