"""Reads policy packs: shipped ones by name, others by path."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.policy import Policies, PolicyError, build

__all__ = ["SHIPPED", "Policies", "PolicyError", "find", "load", "read"]

SHIPPED = Path(__file__).parent


def find(name_or_path: str) -> Path:
    """The file of a shipped pack's name or of a path ending in `.toml`."""
    return Path(name_or_path) if name_or_path.endswith(".toml") else SHIPPED / f"{name_or_path}.toml"


def read(name_or_path: str) -> Mapping[str, Any]:
    """Parse one file; PolicyError when it cannot be found or is no TOML."""
    path = find(name_or_path)
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        shipped = ", ".join(sorted(file.stem for file in SHIPPED.glob("*.toml")))
        raise PolicyError([f"{name_or_path}: no such policy pack; shipped: {shipped}"]) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError([f"{name_or_path}: cannot be read as TOML: {error}"]) from None


def load(names_or_paths: str) -> Policies:
    """The packs of a comma list, as `BOT_POLICY` has them; PolicyError with one line per problem."""
    names = tuple(name.strip() for name in names_or_paths.split(",") if name.strip())
    own = any(name.endswith(".toml") for name in names)
    return _built(names) if own else _shipped(names)


@cache
def _shipped(names: tuple[str, ...]) -> Policies:
    """What comes with the program does not change while it runs."""
    return _built(names)


def _built(names: tuple[str, ...]) -> Policies:
    problems: list[str] = []
    raws: list[tuple[str, Mapping[str, Any]]] = []
    for name in names:
        try:
            raws.append((name, read(name)))
        except PolicyError as error:
            problems += error.problems
    if problems:
        raise PolicyError(problems)
    return build(raws)
