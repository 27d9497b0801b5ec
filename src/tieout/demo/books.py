"""Both companies on both sides: made, filled and connected, up to the moment before the first sync."""

from __future__ import annotations

from django.db import transaction

from tieout import sample
from tieout.quickbooks.connecting.connection import connect_sandbox
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Contact, Invoice, Membership, Role, User
from tieout.sync.setting_up.lists import take_in_lists
from tieout.sync.setting_up.set_up import set_up

from . import entering, quickbooks
from .memory import Memory

EMAIL = "demo@example.com"


def prepare(origin: str, memory: Memory) -> None:
    """Each step looks whether it was done, since a first start may have been cut short anywhere."""
    owner = person(memory.password)
    for number, firm in enumerate(sample.COMPANIES):
        company = connected(origin, firm.name, first=number == 0, owner=owner, memory=memory)
        fill_ours(company, memory)
        books = quickbooks.books(origin, company.connection.realm_id)
        entering.enter_documents(books, company, memory.today)


def point_at(origin: str) -> None:
    """The sandbox may have come up on another port than before."""
    Connection.objects.update(sandbox=origin)


def person(password: str) -> User:
    user = User.objects.filter(email=EMAIL).first()
    return user or User.objects.create_user(EMAIL, password, name="Demo")


def connected(origin: str, name: str, *, first: bool, owner: User, memory: Memory) -> Company:
    company, _ = Company.objects.get_or_create(name=name, defaults={"time_zone": "America/New_York"})
    Membership.objects.get_or_create(user=owner, company=company, defaults={"role": Role.OWNER})
    if not Connection.objects.filter(company=company).exists():
        realm_id = quickbooks.first_realm(origin) if first else quickbooks.realm_named(origin, name)
        entering.enter_items(quickbooks.books(origin, realm_id), company, memory.today)
        connect_sandbox(company, origin, realm_id, owner)
        set_up(company, sample.first_day(memory.today))
        company = Company.objects.get(pk=company.pk)
    return company


def fill_ours(company: Company, memory: Memory) -> None:
    take_in_lists(company)
    with transaction.atomic():
        if not Contact.objects.of(company).exists():
            sample.people_and_places(company)
        if not Invoice.objects.of(company).exists():
            sample.documents(company, memory.today)
