"""Each case against Intuit's own sandbox, whose answers are kept; and against the sandbox here, which must agree."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.quickbooks_sandbox.conformance.cases import CASES
from tests.quickbooks_sandbox.conformance.steps import Steps
from tests.quickbooks_sandbox.conformance.target import PREFIX, Target, from_environment
from tests.quickbooks_sandbox.recorded.opening import PAIRS

from quickbooks_sandbox import json
from quickbooks_sandbox.entities import entity_named
from quickbooks_sandbox.recording.differences import differences

SNAPSHOTS = Path(__file__).parent / "snapshots"
#: Members that recorded answers have and answers of today, or of an empty company, need not.
NOT_ALWAYS = {"DeferredRevenue", "ClientEntityId", "V4IDPseudonym", "DefaultTaxCodeRef", "status", "Lat", "Long"}


def here(served: Any, run: str = "777001") -> Target:
    return Target(served.url, served.realm_id, served.sandbox.credentials().access_token, run)


def carried_out(name: str, target: Target) -> list[dict[str, Any]]:
    steps = Steps(target)
    CASES[name](steps)
    target.http.close()
    return steps.taken


def keep(name: str, target: Target, folder: Path) -> None:
    content = {"taken": datetime.now(UTC).date().isoformat(), "from": target.url, "steps": carried_out(name, target)}
    (folder / f"{name}.json").write_bytes(json.dumps(content) + b"\n")


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_answered_as_quickbooks_does(serve: Any, name: str) -> None:
    remote = from_environment(datetime.now(UTC).strftime("%m%d%H%M%S%f"))
    if remote:
        keep(name, remote, SNAPSHOTS)
    taken = carried_out(name, here(serve(company="sample")))
    snapshot = SNAPSHOTS / f"{name}.json"
    if snapshot.exists():
        assert differences(taken, json.loads(snapshot.read_bytes())["steps"]) == []
    for step in taken:
        for entity, object in objects(step["answer"]):
            assert missing(entity, object) == set(), entity


def objects(answer: Any) -> Iterator[tuple[str, Any]]:
    """Whole objects, in the answer to a read, a write or a query."""
    for name, content in {**answer, **answer.get("QueryResponse", {})}.items():
        if entity_named(name):
            for object in content if isinstance(content, list) else [content]:
                if object.get("sparse") is False:
                    yield name, object


RECORDED = [(name, object) for pair in PAIRS for name, object in objects(pair["response"])]


def missing(entity: str, object: Any) -> set[str]:
    """What every recorded object of the kind has and this one lacks, or has of another type."""
    same = [recorded for name, recorded in RECORDED if name == entity]
    always = set.intersection(*(set(recorded) for recorded in same)) - NOT_ALWAYS if len(same) > 1 else set()
    kinds = {name: {kind(recorded[name]) for recorded in same} for name in always}
    if not object.get("Active", True):
        return set()
    return {name for name in always if name not in object or kind(object[name]) not in kinds[name]} - own(object)


def own(object: Any) -> set[str]:
    """What an object has if somebody entered it."""
    return {name for name in ("GivenName", "FamilyName", "CompanyName", "BillAddr", "ShipAddr") if name not in object}


def kind(value: Any) -> str:
    if isinstance(value, bool | str | dict | list):
        return type(value).__name__
    return "number"


def test_the_suite_can_be_pointed_elsewhere_and_keeps_a_dated_snapshot(
    serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = serve(company="sample")
    target = here(elsewhere)
    for name, value in (("URL", target.url + "/"), ("REALM", target.realm_id), ("TOKEN", target.token)):
        monkeypatch.setenv(PREFIX + name, value)
    remote = from_environment("777002")
    assert remote is not None
    first_day = datetime.now(UTC).date()
    for name in CASES:
        keep(name, remote, tmp_path)
        kept = json.loads((tmp_path / f"{name}.json").read_bytes())
        assert first_day <= date.fromisoformat(kept["taken"]) <= datetime.now(UTC).date()
        assert b"777002" not in json.dumps(kept)
        # The same in another company, in another run: nothing of either is left in it.
        assert differences(carried_out(name, here(serve(company="sample"))), kept["steps"]) == []


def test_half_a_target_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    assert from_environment("x") is None
    monkeypatch.setenv(PREFIX + "URL", "http://127.0.0.1:1")
    with pytest.raises(RuntimeError, match="all of"):
        from_environment("x")
