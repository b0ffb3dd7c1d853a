from tests.support.town import town  # noqa: F401
