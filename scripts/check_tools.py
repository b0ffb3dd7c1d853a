"""Says in one line what `make test` lacks on this machine; exit code 1 then."""

import shutil
import sys
from pathlib import Path

INSTALL = "apt-get install -y chromium postgresql fonts-noto-cjk make python3-venv"


def missing() -> list[str]:
    """Names of the tools that are not there."""
    absent = []
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        absent.append("Chromium")
    if shutil.which("postgres") is None and not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        absent.append("PostgreSQL")
    return absent


if __name__ == "__main__":
    if absent := missing():
        sys.exit(f"make test needs {' and '.join(absent)}; see README: {INSTALL}")
