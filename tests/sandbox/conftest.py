"""Fixtures of the sandbox's own tests."""

from tests.support.browser import page
from tests.support.sandbox import call, clock, server

__all__ = ["call", "clock", "page", "server"]
