import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.quickbooks.conftest import ServedSandbox

from tieout.quickbooks.connecting import rotation, secrets
from tieout.quickbooks.connecting.connection import connect_sandbox, open_client
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    made = tmp_path / "sealing-key"
    made.write_text("the first key")
    settings.SEALING_KEYS, settings.SEALING_KEYS_FILE = ["the first key"], made
    secrets.unseal(secrets.seal("seen", "here"), "here")  # the process has looked at the file
    return made


def test_everything_is_sealed_anew_and_opens_as_before(company: Company, sandbox: ServedSandbox, file: Path) -> None:
    before = connect_sandbox(company, sandbox.origin)
    plain, sealed = before.unseal("refresh_token"), bytes(before.refresh_token)
    rotation.add_key(file)
    assert rotation.reseal() == 1
    after = Connection.objects.get()
    assert bytes(after.refresh_token) != sealed
    assert after.unseal("refresh_token") == plain
    assert rotation.reseal() == 0


def test_a_process_that_runs_takes_the_new_key_up_by_itself(
    company: Company, sandbox: ServedSandbox, file: Path
) -> None:
    connect_sandbox(company, sandbox.origin)
    other = (
        "import sys, secrets; from pathlib import Path; f = Path(sys.argv[1]); "
        "f.write_text('a newer key,' + f.read_text())"
    )
    time.sleep(0.01)
    subprocess.run([sys.executable, "-c", other, str(file)], check=True)
    with open_client(company):
        pass
    assert secrets.is_newest(secrets.seal("new", "here"))
    assert rotation.reseal() == 1
    rotation.drop_old(file)
    with open_client(company):
        pass
    assert file.read_text() == "a newer key"


def test_the_old_key_alone_no_longer_opens_what_was_sealed_anew(
    company: Company, sandbox: ServedSandbox, file: Path, settings: Settings
) -> None:
    connect_sandbox(company, sandbox.origin)
    rotation.add_key(file)
    rotation.reseal()
    row = Connection.objects.get()
    settings.SEALING_KEYS, settings.SEALING_KEYS_FILE = ["the first key"], None
    with pytest.raises(secrets.CannotOpen):
        row.unseal("refresh_token")
