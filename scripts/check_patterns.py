"""Refuses every regular expression of the program whose time can grow faster than its text (`make lint`).

    python -m scripts.check_patterns          says what is wrong, exit 1 when anything is
    python -m scripts.check_patterns --list   the patterns as JSON lines

Nothing can be excused: a pattern that must not search far says so with a bounded repetition.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from scripts.patterns.ambiguity import faults
from scripts.patterns.collect import hidden, of_package
from scripts.patterns.machine import Unknown

ROOT = Path(__file__).parents[1]


def problems() -> list[str]:
    """Lines for people: file, line, what is wrong, the pattern."""
    lines = [
        f"{path.relative_to(ROOT)}:{line}: {advice}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for line, advice in hidden(path.read_text(encoding="utf-8"))
    ]
    for each in of_package("bot"):
        try:
            wrong = faults(each.pattern, each.flags)
        except Unknown as what:
            wrong = [f"cannot be judged: {what}"]
        where = f"{Path(each.path).relative_to(ROOT)}:{each.line}"
        lines += [f"{where}: {fault}\n    {each.pattern[:100]!r}" for fault in wrong]
    return lines


if __name__ == "__main__":
    if "--list" in sys.argv[1:]:
        for pattern in of_package("bot"):
            print(json.dumps(asdict(pattern)))
    elif found := problems():
        print("\n".join(found))
        sys.exit(1)
