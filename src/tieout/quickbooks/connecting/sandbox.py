"""What only a local QuickBooks sandbox offers: its own keys, its list of companies, consent without a browser."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.calling.transport import HttpRequest, HttpResponse
from tieout.quickbooks.errors import AccessLost, NoFreeRealm, Outage, Unreachable
from tieout.quickbooks.wire.json import BadJson, loads

from .keys import Keys
from .oauth import OAuth

# Nothing listens there: the code is read from the redirect itself.
REDIRECT_URI = "http://127.0.0.1/tieout/connected"
ANSWER_WITHIN_S = 20


class SandboxHost:
    def __init__(self, session: Session, origin: str) -> None:
        self._session, self._origin = session, origin

    def keys(self, realm_id: str | None) -> Keys:
        path = f"/sandbox/credentials?realm_id={quote(realm_id, safe='')}" if realm_id else "/sandbox/credentials"
        response = self._get(path)
        if response.status == 404 and realm_id:
            raise NoFreeRealm(f"The sandbox at {self._origin} has no company {realm_id}.")
        value = _json(response)
        try:
            return Keys(value["client_id"], value["client_secret"])
        except (KeyError, TypeError):
            raise Unreachable(f"What answers at {self._origin} is no QuickBooks sandbox.") from None

    def realms(self) -> list[str]:
        """Of its companies, in its own order."""
        companies = _json(self._get("/sandbox/companies"))
        if not isinstance(companies, list):
            raise Unreachable(f"What answers at {self._origin} is no QuickBooks sandbox.")
        return [str(company["realm_id"]) for company in companies]

    def consent(self, oauth: OAuth, realm_id: str) -> str:
        """The code for one company, as the redirect after a person's consent would bring it."""
        state = secrets.token_urlsafe(16)
        url = oauth.authorise_url(REDIRECT_URI, state, realm_id=realm_id, consent="automatic")
        response = self._session.fetch(HttpRequest("GET", url, {"Accept": "text/html"}))
        if response.status not in (302, 303, 307):
            raise Outage(f"The sandbox at {self._origin} did not answer the consent with a redirect.")
        answer = dict(parse_qsl(urlsplit(response.headers.get("Location", "")).query))
        if "error" in answer:
            raise AccessLost(f"The sandbox refused the connection: {answer['error']}.")
        if answer.get("state") != state or answer.get("realmId") != realm_id or "code" not in answer:
            raise Outage(f"The sandbox at {self._origin} answered the consent for something else.")
        return answer["code"]

    def limits_are_on(self) -> bool:
        """A sandbox may be started without Intuit's limits; one that does not say so has them."""
        try:
            value = _json(self._get("/sandbox/settings"))
        except Outage:
            return True
        return not isinstance(value, dict) or value.get("limits_on") is not False

    def _get(self, path: str) -> HttpResponse:
        url = self._origin + path
        headers = {"Accept": "application/json"}
        return self._session.fetch(HttpRequest("GET", url, headers, answer_within_s=ANSWER_WITHIN_S))


def _json(response: HttpResponse) -> Any:
    try:
        return loads(response.body)
    except BadJson:
        return None
