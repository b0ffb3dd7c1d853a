"""Tries a workbook of the old kind in a process of its own: a damaged one may end whoever reads it.

`python -m bot.reading.trial` reads the workbook from standard input with little memory to lose; a signal as its end is
the answer. The caller then reads what passed, with its usual refusals.
"""

import os
import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import bot

MEMORY = 2 << 30
SECONDS = 120.0


def ends_its_reader(source: bytes) -> bool:
    """Whether reading this workbook kills the process that does it, or never ends."""
    paths = [str(Path(bot.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot.reading.trial"],
            input=source,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode < 0


def main() -> None:
    """Read everything there is; an ordinary error is none of ours."""
    from python_calamine import CalamineWorkbook

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


if __name__ == "__main__":
    main()
