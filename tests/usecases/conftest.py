"""Every test here runs on a real database."""

from tests.support.storage import *  # noqa: F403 -- fixtures
