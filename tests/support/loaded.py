"""What is loaded once, before processes are forked (tests/support/forked.py); nothing here starts a thread."""

import gc
import importlib

NAMES = (
    "bot.cli.app",
    "bot.cli.running",
    "bot.cli.staff_table",
    "bot.delivery.service",
    "bot.handlers.routing",
    "bot.handlers.menu",
    "bot.reminders.scheduler",
    "bot.reminders.tick",
    "bot.reports.documents",
    "tests.delivery.mortal",
    "tests.torture.storm.bot",
    "alembic.command",
    "uvloop",
)

for _name in NAMES:
    importlib.import_module(_name)
gc.collect()
gc.freeze()
