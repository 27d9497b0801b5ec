"""Where the cases are sent: a company of Intuit's own sandbox if the environment names one, else the sandbox here."""

import os
from dataclasses import dataclass, field
from typing import Any

import requests

from quickbooks_sandbox import json

PREFIX = "QUICKBOOKS_CONFORMANCE_"


@dataclass(frozen=True)
class Target:
    url: str
    realm_id: str
    token: str
    run: str
    """Digits, in every name that the cases make, so that they can be run again."""
    http: requests.Session = field(default_factory=requests.Session)

    def call(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        answer = self.http.request(
            method,
            f"{self.url}/v3/company/{self.realm_id}/{path}",
            params={"minorversion": "75", **query},
            data=None if body is None else json.dumps(body),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Accept": "application/json",
                "Content-Type": "application/json",
            },
            timeout=130,
        )
        return answer.status_code, json.loads(answer.content)


def from_environment(run: str) -> Target | None:
    values = [os.environ.get(PREFIX + name, "") for name in ("URL", "REALM", "TOKEN")]
    if not any(values):
        return None
    if not all(values):
        raise RuntimeError(f"Set all of {PREFIX}URL, {PREFIX}REALM and {PREFIX}TOKEN, or none.")
    url, realm_id, token = values
    return Target(url.rstrip("/"), realm_id, token, run)
