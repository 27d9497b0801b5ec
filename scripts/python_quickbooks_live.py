"""Run python-quickbooks' own live tests, unmodified, against a sandbox of our own.

    .venv/bin/python scripts/python_quickbooks_live.py CHECKOUT

CHECKOUT is a checkout of its repository, since its packages come without tests; the client is the installed one.

The tests name what they make after the second in which they run, and a local sandbox answers several in one; so each
test waits for a second of its own.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.serving import make_server
from quickbooks_sandbox.settings import Settings

_CONFTEST = """
import os, time
import pytest
import intuitlib.client, intuitlib.utils
from quickbooks import QuickBooks

URL = os.environ["SANDBOX"]
QuickBooks.api_url_v3 = QuickBooks.sandbox_api_url_v3 = URL + "/v3"
published = intuitlib.utils.get_discovery_doc
intuitlib.client.get_discovery_doc = lambda environment, session=None: published(
    URL + "/.well-known/openid_sandbox_configuration/", session=session
)

@pytest.fixture(autouse=True)
def a_second_of_its_own():
    time.sleep(1 - time.time() % 1)
"""


def main(checkout: Path) -> int:
    sandbox = Sandbox(data=None, company="sample", settings=Settings(limits_on=False), consent="automatic")
    with tempfile.TemporaryDirectory() as folder, _serving(sandbox) as url:
        source = Path(folder)
        shutil.copytree(checkout / "tests", source / "tests")
        (source / "conftest.py").write_text(_CONFTEST, "utf-8")
        keys = sandbox.credentials()
        environment = {
            **os.environ,
            **{"SANDBOX": url, "CLIENT_ID": keys.client_id, "CLIENT_SECRET": keys.client_secret},
            **{"REFRESH_TOKEN": keys.refresh_token, "COMPANY_ID": keys.realm_id, "OAUTHLIB_INSECURE_TRANSPORT": "1"},
        }
        command = [sys.executable, "-m", "pytest", "tests/integration", "-q", "-p", "no:cacheprovider"]
        return subprocess.run(command, cwd=source, env=environment, check=False).returncode


class _serving:  # noqa: N801 - read as a word: with _serving(...)
    def __init__(self, sandbox: Sandbox) -> None:
        self.started = threading.Event()
        self.server = make_server(sandbox.app, self.started.set)

    def __enter__(self) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        run = {"sockets": [listener]}
        self.thread = threading.Thread(target=self.server.run, kwargs=run, daemon=True)
        self.thread.start()
        self.started.wait(10)
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
