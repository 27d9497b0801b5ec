"""The sandbox by itself: its own distribution, in an environment that has what it asks for and nothing else."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
import requests
from intuitlib.client import AuthClient
from packaging.requirements import Requirement
from quickbooks.objects.customer import Customer

from quickbooks import QuickBooks

SOURCE = Path(__file__).parents[2] / "src" / "quickbooks_sandbox"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=SOURCE, check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the distribution and what it asks for, taken from this environment."""
    folder = tmp_path_factory.mktemp("alone")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    wanted = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    for name in closure(wanted):
        copy(distribution(name), packages)
    return folder


def closure(wanted: list[str]) -> set[str]:
    found: set[str] = set()
    left = list(wanted)
    while left:
        requirement = Requirement(left.pop())
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        if requirement.name not in found:
            found.add(requirement.name)
            left += distribution(requirement.name).requires or []
    return found


def copy(found: Distribution, packages: Path) -> None:
    for file in found.files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), target)


@pytest.fixture
def url(alone: Path, tmp_path: Path) -> Iterator[str]:
    command = [str(alone / "bin" / "quickbooks-sandbox"), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://\S+?:\d+", line)
        assert found, line
        try:
            yield found[0]
        finally:
            process.terminate()


def test_it_needs_no_django(alone: Path) -> None:
    found = subprocess.run([alone / "bin" / "python", "-c", "import django"], capture_output=True, check=False)
    assert found.returncode == 1


def test_it_answers_a_published_client(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: dict[str, Any] = requests.get(f"{url}/sandbox/credentials", timeout=10).json()
    monkeypatch.setattr(QuickBooks, "api_url_v3", f"{url}/v3")
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    discovery = f"{url}/.well-known/openid_sandbox_configuration"
    with AuthClient(keys["client_id"], keys["client_secret"], "http://localhost/back", environment=discovery) as auth:
        client = QuickBooks(
            auth_client=auth, refresh_token=keys["refresh_token"], company_id=keys["realm_id"], minorversion=75
        )
        made = Customer()
        made.DisplayName = "Newcomer"
        made.save(qb=client)
        assert [one.Id for one in Customer.filter(DisplayName="Newcomer", qb=client)] == [made.Id]
        client.session.close()


@pytest.mark.parametrize("path", ["app", "sandbox/openapi.json", ".well-known/openid_configuration"])
def test_all_its_parts_are_there(url: str, path: str) -> None:
    assert requests.get(f"{url}/{path}", timeout=10).status_code == 200


def test_it_holds_the_code_and_no_leftovers(alone: Path) -> None:
    (installed,) = alone.glob("lib/python*/site-packages/quickbooks_sandbox")
    ours = {path.relative_to(SOURCE) for path in SOURCE.rglob("*.py")}
    theirs = {path.relative_to(installed) for path in installed.rglob("*.py")}
    assert theirs == ours
    assert not list(installed.glob("pyproject.toml"))


def test_what_it_asks_for_is_part_of_what_tieout_asks_for() -> None:
    """So that the locked environment holds both."""
    whole = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    part = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {Requirement(one).name for one in part} <= {Requirement(one).name for one in whole}


def test_the_container_starts_with_a_command_that_there_is(alone: Path, tmp_path: Path) -> None:
    lines = (SOURCE / "Containerfile").read_text("utf-8").splitlines()
    entry, arguments = (
        json.loads(line.partition(" ")[2]) for line in lines if line.startswith(("ENTRYPOINT [", "CMD ["))
    )
    here = [str(tmp_path) if part == "/data" else "0" if part == "8080" else part for part in arguments]
    with subprocess.Popen([alone / "bin" / entry[0], *here], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("QuickBooks sandbox on http://0.0.0.0:")
        process.terminate()
    assert (tmp_path / "sandbox.sqlite3").exists()
