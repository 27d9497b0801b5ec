"""The five-line starts, run as they stand on the page."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.quickbooks_sandbox.docs.blocks import Block, blocks

STARTS = {block.heading: block for block in blocks("starts.md")}
CLIENTS = {block.kind: block for block in blocks("starts.md") if " " in block.kind}
COMMANDS = {
    "curl": ["bash", "-euc"],
    "Python": [sys.executable, "-c"],
    "Node": ["node", "--input-type=module", "-e"],
    "PHP": ["php", "-r"],
    "Ruby": ["ruby", "-e"],
}

pytestmark = pytest.mark.slow


def run(command: list[str], block: Block, url: str, folder: Path) -> str:
    environment = {**os.environ, "OAUTHLIB_INSECURE_TRANSPORT": "1", "NO_PROXY": "127.0.0.1", "HOME": str(folder)}
    done = subprocess.run(
        [*command, block.at(url)], capture_output=True, text=True, timeout=120, check=False, env=environment, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("language", COMMANDS)
def test_a_start_makes_a_customer(served: Any, tmp_path: Path, language: str) -> None:
    if shutil.which(COMMANDS[language][0]) is None:
        pytest.skip(f"no {COMMANDS[language][0]} here")
    assert "Five Lines" in run(COMMANDS[language], STARTS[language], served.url, tmp_path)
    assert served.query("select * from Customer")["Customer"][0]["DisplayName"] == "Five Lines"


#: Go is a large toolchain to ask of every machine: its start is run where there is one.
if shutil.which("go"):

    def test_the_start_for_go_makes_a_customer(served: Any, tmp_path: Path) -> None:
        (tmp_path / "start.go").write_text(STARTS["Go"].at(served.url))
        assert run(["go", "run"], Block("", "", "start.go"), "", tmp_path) == "Five Lines\n"


@pytest.mark.parametrize("language", [name for name in STARTS if name in {*COMMANDS, ".NET"}])
def test_a_start_is_five_lines(language: str) -> None:
    lines = [line for line in STARTS[language].text.splitlines() if line and not line.startswith("import ")]
    assert len(lines) <= 6


def test_a_published_client_starts(serve: Any, tmp_path: Path) -> None:
    served = serve(company="sample")
    shown = run([sys.executable, "-c"], CLIENTS["python client"], served.url, tmp_path)
    assert shown.strip() == served.query("select * from Customer maxresults 1")["Customer"][0]["DisplayName"]


def test_the_fixture_is_used_as_shown(tmp_path: Path) -> None:
    conftest, test = CLIENTS["python pytest"].text.split("# a test\n")
    (tmp_path / "conftest.py").write_text(conftest)
    (tmp_path / "test_it.py").write_text(test)
    here = str(tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", "--rootdir", here]
    done = subprocess.run([*command, here], capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path)
    assert "1 passed" in done.stdout, done.stdout
