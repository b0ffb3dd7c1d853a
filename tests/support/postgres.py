"""A private PostgreSQL server for the tests: a cluster in a temporary folder, reached by a socket in it.

`PostgresServer.start(folder)`, then `database(template)` as often as wanted; `stop()`. Nothing is shared with a server
that may already run on the machine.
"""

import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import URL, create_engine

USER = "postgres"
MISSING = "PostgreSQL's server programs are missing: install them with the apt-get line in README.md"


class PostgresServer:
    """A running cluster; `database` hands out URLs of fresh databases."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder, self._programs = folder, programs
        self._numbers = itertools.count(1)

    @classmethod
    def start(cls) -> "PostgresServer":
        """Create and start a cluster; raises RuntimeError with one line when PostgreSQL is not installed."""
        programs = find_programs()
        if programs is None:
            raise RuntimeError(MISSING)
        folder = Path(tempfile.mkdtemp(prefix="ruhu-pg-"))
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        server = cls(folder, programs)
        data = folder / "data"
        server._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        server.up()
        return server

    def up(self) -> None:
        """Start the server of the cluster."""
        options = (
            f"-k {self._folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c max_connections=50"
        )
        log = self._folder / "log"
        self._run("pg_ctl", "-D", self._folder / "data", "-w", "-t", "60", "-l", log, "-o", options, "start")

    def down(self) -> None:
        """Stop the server and keep the cluster; sessions end."""
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "fast", "-w", "stop")

    def end_sessions(self) -> None:
        """Terminate every other session, as an administrator or a failover does."""
        admin = URL.create("postgresql+psycopg", USER, database="postgres", query={"host": str(self._folder)})
        engine = create_engine(admin, isolation_level="AUTOCOMMIT")
        with engine.connect() as conn:
            conn.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        engine.dispose()

    def stop(self) -> None:
        """Stop the server and remove the cluster."""
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """The address of a database, as BOT_DATABASE_URL has it."""
        return f"postgresql://{USER}@/{name}?host={self._folder}"

    def database(self, template: str = "template1") -> str:
        """The address of a fresh database, a copy of `template`."""
        name = f"ruhu{next(self._numbers)}"
        admin = URL.create("postgresql+psycopg", USER, database="postgres", query={"host": str(self._folder)})
        engine = create_engine(admin, isolation_level="AUTOCOMMIT")
        with engine.connect() as conn:
            conn.exec_driver_sql(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        engine.dispose()
        return self.url(name)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self._programs / program), *(str(each) for each in arguments)]
        if os.geteuid() == 0:  # the server refuses to run as root
            command = ["runuser", "-u", USER, "--", *command]
        done = subprocess.run(
            command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            check=False, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip().splitlines()[-1:]}")


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian's newest version, else what the PATH has."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None
