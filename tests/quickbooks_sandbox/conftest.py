"""A sandbox served over real HTTP in a thread, and small helpers to talk to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from quickbooks_sandbox.companies import Seed
from quickbooks_sandbox.oauth.consent import Consent
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.serving import in_a_thread
from quickbooks_sandbox.settings import Settings

JSON = {"Accept": "application/json", "Content-Type": "application/json"}


@dataclass
class Served:
    sandbox: Sandbox
    url: str
    http: requests.Session = field(default_factory=requests.Session)

    @property
    def realm_id(self) -> str:
        return self.sandbox.companies.first().realm_id

    def get(self, path: str, **params: Any) -> requests.Response:
        return self.http.get(f"{self.url}{path}", params=params, allow_redirects=False, timeout=60)

    def company(self, path: str) -> str:
        return f"{self.url}/v3/company/{self.realm_id}/{path}"

    def auth(self) -> dict[str, str]:
        return {**JSON, "Authorization": f"Bearer {self.sandbox.credentials().access_token}"}

    def api_get(self, path: str, **params: Any) -> requests.Response:
        return self.http.get(self.company(path), params=params, headers=self.auth(), timeout=60)

    def api_post(self, path: str, body: Any, **params: Any) -> requests.Response:
        return self.http.post(self.company(path), json=body, params=params, headers=self.auth(), timeout=60)

    def query(self, statement: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.api_get("query", query=statement).json()["QueryResponse"]
        return answer

    def create(self, entity: str, body: Any, **params: Any) -> dict[str, Any]:
        response = self.api_post(entity.lower(), body, **params)
        assert response.status_code == 200, response.text
        created: dict[str, Any] = response.json()[entity]
        return created


Serve = Callable[..., Served]


@pytest.fixture
def serve(request: pytest.FixtureRequest) -> Serve:
    """Starts a sandbox; it ends with the test."""

    def start(
        *, data: Path | None = None, company: Seed = "empty", limits: bool = False, consent: Consent = "ask"
    ) -> Served:
        sandbox = Sandbox(data=data, company=company, settings=Settings(limits_on=limits), consent=consent)
        running = _run(sandbox)
        request.addfinalizer(lambda: next(running, None))
        return next(running)

    return start


@pytest.fixture
def served(serve: Serve) -> Served:
    return serve()


def _run(sandbox: Sandbox) -> Iterator[Served]:
    with in_a_thread(sandbox.app) as url:
        served = Served(sandbox, url)
        yield served
        served.http.close()
    sandbox.close()
