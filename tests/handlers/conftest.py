from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401
from tests.support.town import any_town, town  # noqa: F401
