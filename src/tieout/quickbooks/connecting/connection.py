"""The life of a company's connection: made by a person's consent, opened by each run, ended by a person."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings

from tieout.quickbooks.calling.client import Client
from tieout.quickbooks.calling.limits import Limits, shared
from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.errors import (
    AccessLost,
    CompanyBound,
    ConnectionTrouble,
    NoFreeRealm,
    NotConnected,
    Outage,
    RealmTaken,
    Throttled,
    Unreachable,
    WrongKeys,
)
from tieout.quickbooks.models import Connection
from tieout.quickbooks.wire import requests
from tieout.subledger.models import Company, User

from . import binding
from .access import GivenToken, StoredAccess, checked
from .addresses import api_of
from .binding import Consented, finish_set_up
from .keys import Keys, Tokens
from .oauth import GrantRefused, OAuth
from .sandbox import REDIRECT_URI, SandboxHost

__all__ = [
    "AccessLost",
    "CameBack",
    "CompanyBound",
    "ConnectionTrouble",
    "NoFreeRealm",
    "NotConnected",
    "Outage",
    "RealmTaken",
    "Throttled",
    "Unreachable",
    "WrongKeys",
    "authorise_url",
    "connect",
    "connect_sandbox",
    "finish_set_up",
    "open_client",
]


def open_client(company: Company) -> Client:
    """Raises NotConnected or AccessLost when there is nothing to open."""
    row = checked(Connection.objects.filter(pk=company.pk).first())
    session = Session()
    try:
        limits = _limits(row, session)
        access = StoredAccess(row, session)
        return Client(_base_url(row.sandbox, row.realm_id), access, session, limits, settings.QUICKBOOKS_AT_ONCE)
    except BaseException:
        session.close()
        raise


def authorise_url(redirect_uri: str, state: str, sandbox: str = "") -> str:
    """Where a browser goes so that a person lets our app into a company."""
    with Session() as session:
        return OAuth(session, sandbox, _app_keys(session, sandbox)).authorise_url(redirect_uri, state)


@dataclass(frozen=True)
class CameBack:
    """What the browser brought from QuickBooks, with what it was sent there with."""

    code: str = field(repr=False)
    realm_id: str
    redirect_uri: str
    sandbox: str = ""


def connect(company: Company, back: CameBack, by: User | None) -> Connection:
    """A new connection's set-up is unfinished until `finish_set_up`."""
    binding.check(company, back.realm_id, back.sandbox)
    with Session() as session:
        keys = _app_keys(session, back.sandbox)
        tokens = _exchange(OAuth(session, back.sandbox, keys), back.code, back.redirect_uri)
        consented = _read_company(session, back.sandbox, back.realm_id, keys, tokens)
    return binding.bind(company, consented, by, set_up_done=False)


def connect_sandbox(company: Company, origin: str, realm_id: str | None = None, by: User | None = None) -> Connection:
    """Without a browser. Takes the first realm not yet bound unless one is named; repeated, it reconnects."""
    origin = origin.rstrip("/")
    with Session() as session:
        host = SandboxHost(session, origin)
        wanted = realm_id or binding.realm_of(company) or binding.first_free(host.realms())
        binding.check(company, wanted, origin)
        keys = host.keys(wanted)
        oauth = OAuth(session, origin, keys)
        tokens = _exchange(oauth, host.consent(oauth, wanted), REDIRECT_URI)
        consented = _read_company(session, origin, wanted, keys, tokens)
    return binding.bind(company, consented, by, set_up_done=True)


def _limits(row: Connection, session: Session) -> Limits | None:
    if settings.NO_LIMITS or (row.sandbox and not SandboxHost(session, row.sandbox).limits_are_on()):
        return None
    return shared((row.sandbox, row.realm_id))


def _app_keys(session: Session, sandbox: str) -> Keys:
    return SandboxHost(session, sandbox).keys(None) if sandbox else _own_keys()


def _own_keys() -> Keys:
    if not settings.QUICKBOOKS_CLIENT_ID or not settings.QUICKBOOKS_CLIENT_SECRET:
        raise WrongKeys("Set QUICKBOOKS_CLIENT_ID and QUICKBOOKS_CLIENT_SECRET to the keys of your app at Intuit.")
    return Keys(settings.QUICKBOOKS_CLIENT_ID, settings.QUICKBOOKS_CLIENT_SECRET)


def _exchange(oauth: OAuth, code: str, redirect_uri: str) -> Tokens:
    try:
        return oauth.exchange(code, redirect_uri)
    except GrantRefused as refusal:
        raise AccessLost(f"QuickBooks did not accept the consent ({refusal}). Connect again.") from refusal


def _read_company(session: Session, sandbox: str, realm_id: str, keys: Keys, tokens: Tokens) -> Consented:
    limits = shared((sandbox, realm_id))
    client = Client(_base_url(sandbox, realm_id), GivenToken(tokens.access), session, limits)
    info = client.get(requests.company_info(realm_id)).object
    preferences = client.get(requests.preferences()).object
    home = preferences.get("CurrencyPrefs", {}).get("HomeCurrency", {}).get("value")
    return Consented(realm_id, sandbox, keys, tokens, info.get("CompanyName", ""), home or "USD")


def _base_url(sandbox: str, realm_id: str) -> str:
    return f"{api_of(sandbox)}/v3/company/{realm_id}"
