"""A process that has imported the program once and forks for each command: as real as a new process, much faster.

One JSON request a line on standard input, one exit code a line on standard output. It has no thread when it forks.
"""

import ctypes
import gc
import importlib
import json
import os
import resource
import signal
import sys
import traceback
from typing import Any

LOADED = (
    "bot.__main__",
    "bot.cli.app",
    "bot.cli.bot_name",
    "bot.cli.doctor",
    "bot.cli.importing",
    "bot.cli.staff_table",
    "bot.delivery.service",
    "bot.handlers.routing",
    "bot.reminders.remind",
    "bot.reminders.scheduler",
    "bot.reports.workbooks.annotate",
    "bot.reports.workbooks.exports",
    "bot.reports.workbooks.template",
    "bot.understanding.jsonlines",
    "bot.usecases.handover",
    "alembic.command",
    "uvloop",
)


def without_privileges() -> None:
    """As root: let the rights of files bind this process as they bind their owner."""
    if os.geteuid():
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    overriding = 1 << 1 | 1 << 2 | 1 << 3  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
    if libc.capget(header, sets) or sets.__setitem__(0, sets[0] & ~overriding) or libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "the privileges of root cannot be laid down")


def become(request: dict[str, Any]) -> int:
    """In the child: take over folder, environment and streams of the command, and run it."""
    os.umask(request["umask"])
    if request.get("bound"):
        without_privileges()
    if request.get("largest"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest"], request["largest"]))
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["env"])
    for number, (path, flags) in enumerate(
        zip(request["streams"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        os.dup2(os.open(path, flags), number)
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode) for number, mode in enumerate("rww"))  # noqa: SIM115, PTH123
    sys.argv = ["ruhu", *request["args"]]
    code = importlib.import_module("bot.__main__").main()
    sys.stdout.flush()
    sys.stderr.flush()
    return int(code)


def serve() -> None:
    """Answer requests until standard input ends."""
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            code = 99
            try:
                code = become(json.loads(line))
            except BaseException:  # noqa: BLE001 -- the child must never return into the loop
                traceback.print_exc()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
