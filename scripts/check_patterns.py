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
INSTEAD = (
    ("^(看|看看)*$", "^(看)*$", "a word that is made of other words of the repetition is left out"),
    ("[ ,]*家", "[ ,]{0,6}家", "a search that begins with a repetition says how often at most"),
    (r"^\d+\d*元", r"^\d+元", "two repetitions that share their text become one"),
    ("^(好|都|都好)*x", "^(好|都|都好)*+x", "what was taken is not given up again: *+ or (?>…), if that is meant"),
)
"""What is refused, what passes in its place, and why."""


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
        examples = [f"    {bad}  →  {good}    {why}" for bad, good, why in INSTEAD]
        print("\n".join([*found, "What helps (docs/decisions/0013-patterns-are-checked-and-grown.md):", *examples]))
        sys.exit(1)
