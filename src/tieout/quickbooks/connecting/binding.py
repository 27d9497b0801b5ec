"""Which of our companies belongs to which QuickBooks company: one to one, and for good."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from tieout import clock
from tieout.quickbooks.errors import CompanyBound, NoFreeRealm, RealmTaken
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, User

from .history import What, note
from .keys import Keys, Tokens

Status = Connection.Status


@dataclass(frozen=True, slots=True)
class Consented:
    """What a person's consent came to, and what was then read of the company."""

    realm_id: str
    sandbox: str
    keys: Keys
    tokens: Tokens
    company_name: str
    currency: str


def realm_of(company: Company) -> str | None:
    return Connection.objects.filter(pk=company.pk).values_list("realm_id", flat=True).first()


def first_free(realms: list[str]) -> str:
    taken = set(Connection.objects.filter(realm_id__in=realms).values_list("realm_id", flat=True))
    free = [realm for realm in realms if realm not in taken]
    if not free:
        raise NoFreeRealm("Every company of the sandbox is bound already. Make another one there first.")
    return free[0]


def check(company: Company, realm_id: str, sandbox: str) -> None:
    """`sandbox` is the origin of the one that the realm is in, or empty for Intuit's own."""
    bound = Connection.objects.filter(pk=company.pk).first()
    if bound is not None and bound.realm_id != realm_id:
        raise CompanyBound(
            f"{company} belongs to QuickBooks company {bound.realm_id} and cannot be moved to {realm_id}. "
            "Connect the other QuickBooks company to a company of its own."
        )
    if bound is not None and bool(bound.sandbox) != bool(sandbox):
        raise CompanyBound(f"{company} cannot be moved between a sandbox and QuickBooks itself.")
    other = Connection.objects.filter(realm_id=realm_id).exclude(pk=company.pk).select_related("company").first()
    if other is not None:
        raise RealmTaken(f"QuickBooks company {realm_id} belongs to {other.company} already.")


def bind(company: Company, consented: Consented, by: User | None, *, set_up_done: bool) -> Connection:
    """A binding that was there keeps everything but its tokens."""
    try:
        with transaction.atomic():
            return _bind(company, consented, by, set_up_done)
    except IntegrityError:
        # Someone else bound the same realm between the check and now.
        check(company, consented.realm_id, consented.sandbox)
        raise


def _bind(company: Company, consented: Consented, by: User | None, set_up_done: bool) -> Connection:
    check(company, consented.realm_id, consented.sandbox)
    row = Connection.objects.select_for_update().filter(pk=company.pk).first()
    what = What.RECONNECTED if row is not None and row.connected_at is not None else What.CONNECTED
    if row is None:
        row = Connection(company=company, realm_id=consented.realm_id)
        _take_currency(company, consented.currency)
    if set_up_done or row.connected_at is not None:
        connected(row)
    else:
        row.status, row.cause, row.reason = Status.SET_UP_UNFINISHED, "", ""
    row.sandbox, row.company_name, row.connected_by = consented.sandbox, consented.company_name, by
    row.keep_keys(consented.keys)
    row.keep_tokens(consented.tokens)
    row.save()
    note(company.pk, what, by=by.email if by else "", words=consented.company_name)
    return row


def finish_set_up(company: Company, by: User | None = None) -> None:
    with transaction.atomic():
        row = Connection.objects.select_for_update().get(pk=company.pk)
        if row.status == Status.SET_UP_UNFINISHED:
            connected(row)
            row.save()
            note(company.pk, What.SET_UP, by=by.email if by else "")


def connected(row: Connection) -> None:
    row.status, row.cause, row.reason = Status.CONNECTED, "", ""
    row.outage, row.outage_since, row.failures, row.retry_at = "", None, 0, None
    row.connected_at = row.since = clock.now()


def _take_currency(company: Company, currency: str) -> None:
    company.currency = currency
    company.save(update_fields=["currency"])
