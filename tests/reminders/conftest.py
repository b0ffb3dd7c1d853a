"""Every test of the reminders runs on a real database."""

from tests.support.storage import *  # noqa: F403 -- fixtures
