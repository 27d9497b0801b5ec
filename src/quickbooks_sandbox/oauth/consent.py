"""The pages on which a person lets an app into a company: sign in, choose the company, connect or refuse."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quickbooks_sandbox.companies import Companies, company_name
from quickbooks_sandbox.conditions import Conditions
from quickbooks_sandbox.html.forms import read_form
from quickbooks_sandbox.html.render import page
from quickbooks_sandbox.oauth.clients import client_by_id
from quickbooks_sandbox.oauth.connections import ACCOUNTING, Connections
from quickbooks_sandbox.people import OWNER, PEOPLE, Person, person_by_sub, sign_in

Consent = Literal["ask", "automatic"]
SCOPES = {
    ACCOUNTING: "Read and change the company's books",
    "com.intuit.quickbooks.payment": "Take payments for the company",
    "openid": "Know who you are",
    "profile": "Your name",
    "email": "Your e-mail address",
    "phone": "Your phone number",
    "address": "Your address",
}
"""What an app may ask for, in the words the person reads."""
COMPANY_SCOPES = {ACCOUNTING, "com.intuit.quickbooks.payment"}
SESSION = "sandbox_session"
ASKED = ("client_id", "response_type", "scope", "redirect_uri", "state", "claims")


class Refused(Exception):
    """Cannot be told to the app, so it is told to the person."""


class RefusedToApp(Exception):
    """An error that goes back to the app on its redirect address."""


@dataclass(frozen=True)
class CompanyChoice:
    realm_id: str
    name: str


@dataclass(frozen=True)
class Asked:
    """What the app asks for, taken from the authorise address."""

    client_id: str
    redirect_uri: str
    state: str
    scopes: list[str]

    @classmethod
    def read(cls, params: dict[str, str]) -> "Asked":
        client = client_by_id(params.get("client_id", ""))
        if client is None:
            raise Refused("The app's client_id is not known here; /sandbox/credentials shows the built-in one.")
        redirect_uri = params.get("redirect_uri", "")
        if not client.accepts_redirect_to(redirect_uri):
            raise Refused("The redirect_uri must be an address on this machine (localhost, 127.0.0.1 or [::1]).")
        if not params.get("state"):
            raise Refused("The parameter state is missing; it is required.")
        return cls(client.client_id, redirect_uri, params["state"], params.get("scope", "").split())

    def check(self, params: dict[str, str]) -> None:
        if params.get("response_type") != "code":
            raise RefusedToApp("unsupported_response_type")
        if not self.scopes or not set(self.scopes) <= SCOPES.keys():
            raise RefusedToApp("invalid_scope")

    @property
    def needs_company(self) -> bool:
        return bool(COMPANY_SCOPES & set(self.scopes))

    def back(self, **answer: str) -> Response:
        joiner = "&" if "?" in self.redirect_uri else "?"
        return RedirectResponse(f"{self.redirect_uri}{joiner}{urlencode(answer)}", status_code=302)


Step = Callable[[Request, Asked, dict[str, str]], Response]


class ConsentPages:
    def __init__(
        self, connections: Connections, companies: Companies, conditions: Conditions, consent: Consent
    ) -> None:
        self._connections, self._companies, self._consent = connections, companies, consent
        self._conditions = conditions
        self._sessions: dict[str, str] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/connect/oauth2", self.authorise, methods=["GET"]),
            Route("/connect/oauth2", self.decide, methods=["POST"]),
            Route("/connect/sign-in", self.sign_in, methods=["POST"]),
        ]

    async def authorise(self, request: Request) -> Response:
        return self._step(self._next_page, request, dict(request.query_params))

    async def decide(self, request: Request) -> Response:
        return self._step(self._decision, request, await read_form(request))

    def _step(self, step: Step, request: Request, params: dict[str, str]) -> Response:
        """Errors go back to the app where it may be trusted with them, else to the person."""
        try:
            asked = Asked.read(params)
            try:
                asked.check(params)
                return step(request, asked, params)
            except RefusedToApp as refusal:
                return asked.back(error=str(refusal), state=asked.state)
        except Refused as refusal:
            return page("message.html", 400, title="This app cannot be connected", text=str(refusal))

    def _next_page(self, request: Request, asked: Asked, params: dict[str, str]) -> Response:
        realm_id = params.get("realm_id") or params.get("realmId")
        # One request may ask for the automatic answer too, for programs that walk the consent.
        if "automatic" in (self._consent, params.get("consent")):
            return self._connect(asked, realm_id or self._companies.first().realm_id, OWNER)
        person = self._signed_in(request)
        if person is None:
            return page("sign_in.html", then=str(request.url.query), failed=False, email="", people=PEOPLE)
        kept = {name: params[name] for name in ASKED if name in params}
        if asked.needs_company and not realm_id:
            choices = [
                self._choice(books.realm_id)
                for books in self._companies
                if self._conditions.role(books.realm_id, person) != "none"
            ]
            return page("choose_company.html", asked=kept, person=person, companies=choices)
        company = self._choice(realm_id) if asked.needs_company and realm_id else None
        return page("consent.html", asked=kept, person=person, company=company, scopes=asked.scopes, words=SCOPES)

    def _decision(self, request: Request, asked: Asked, params: dict[str, str]) -> Response:
        person = self._signed_in(request)
        if person is None:
            raise Refused("Nobody is signed in; open the app's connect address again.")
        if params.get("decision") != "connect":
            raise RefusedToApp("access_denied")
        return self._connect(asked, params.get("realm_id", ""), person)

    async def sign_in(self, request: Request) -> Response:
        form = await read_form(request)
        then = form.get("then", "")
        person = sign_in(form.get("email", ""), form.get("password", ""))
        if person is None:
            email = form.get("email", "")
            return page("sign_in.html", 401, then=then, failed=True, email=email, people=PEOPLE)
        session = secrets.token_urlsafe(24)
        self._sessions[session] = person.sub
        # Rebuilt from its parts, so that the address can lead nowhere but to the next step.
        answer = RedirectResponse(f"/connect/oauth2?{urlencode(parse_qsl(then))}", status_code=303)
        answer.set_cookie(SESSION, session, httponly=True, samesite="lax", path="/connect")
        return answer

    def _signed_in(self, request: Request) -> Person | None:
        sub = self._sessions.get(request.cookies.get(SESSION, ""))
        return person_by_sub(sub) if sub else None

    def _connect(self, asked: Asked, realm_id: str, person: Person) -> Response:
        # Without an accounting scope no company is involved, and the app is told of none.
        realm = self._choice(realm_id).realm_id if asked.needs_company else None
        if realm and self._conditions.role(realm, person) != "admin":
            raise Refused(f"{person.full_name} is not an admin of this company; only an admin can connect an app.")
        code = self._connections.consent(asked.client_id, asked.redirect_uri, realm, asked.scopes, person.sub)
        return asked.back(code=code, state=asked.state, **({"realmId": realm} if realm else {}))

    def _choice(self, realm_id: str) -> CompanyChoice:
        books = self._companies.get(realm_id)
        if books is None:
            raise Refused(f"There is no company {realm_id} here.")
        return CompanyChoice(realm_id, company_name(books))
