"""Alembic's revisions; they ship inside the package, so that an installed wheel can migrate."""

HEAD = "0004"
"""The newest revision; a test compares it with the files."""
