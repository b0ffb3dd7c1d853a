"""`ruhu bench`: every benchmark, each beside a bare reference of the same run; the figures are ratios."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.storage.files import put

HOUSEHOLDS = 2_000
"""Size of the import benchmark; `python bench/bench_import.py 10000` for the large one."""


def _understanding() -> dict[str, Any]:
    from bench import bench_understanding

    return {"name": "understanding", **bench_understanding.run()}


def _amounts() -> dict[str, Any]:
    from bench import bench_amounts

    return {"name": "doubt at amounts", **bench_amounts.run()}


def _updates() -> dict[str, Any]:
    from bench import bench_updates

    return bench_updates.run()


def _interactions() -> dict[str, Any]:
    from bench import bench_interactions

    return bench_interactions.run()


def _import() -> dict[str, Any]:
    from bench import bench_import

    return {"name": "import", **asyncio.run(bench_import.measure(HOUSEHOLDS))}


BENCHMARKS: tuple[Callable[[], dict[str, Any]], ...] = (_understanding, _amounts, _updates, _interactions, _import)


def main(target: Path | None) -> int:
    """Run them one after the other, print the figures, write them as JSON to `target` if given."""
    results = []
    for benchmark in BENCHMARKS:
        result = benchmark()
        results.append(result)
        print(_shown(result), flush=True)
    if target is not None:
        put(target, (json.dumps(results, ensure_ascii=False, indent=2) + "\n").encode())
    return 0


def _shown(result: dict[str, Any], indent: str = "") -> str:
    lines = []
    for key, value in result.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}", _shown(value, indent + "  ")]
        elif isinstance(value, float):
            lines.append(f"{indent}{key:32} {value:,.3f}")
        else:
            lines.append(f"{indent}{key:32} {value}")
    return "\n".join(lines)
