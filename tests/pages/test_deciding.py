"""C1 to C3, B6, E3 and E4 as pages; what the acts themselves do is tested with the engine."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.subledger.models import Company, Contact, Invoice, Payment, Role
from tieout.sync.models import Cursor, Link, Seen, State, Status


@pytest.fixture
def connected(company: Company) -> Company:
    make.connection(company)
    return company


@pytest.fixture
def smith(connected: Company) -> Contact:
    return make.contact(connected, email="office@smith.example")


@pytest.fixture
def linked(smith: Contact) -> dict[str, Link]:
    invoice, other = make.invoice(smith), make.invoice(smith, "1043", "80.00")
    payment = make.payment(invoice, total="50.00")
    payment.allocations.create(invoice=other, amount=Decimal(5))
    records = {"contact": smith, "invoice": invoice, "other": other, "payment": payment}
    return {name: make.link(record) for name, record in records.items()}


def address(name: str, company: Company, *args: int) -> str:
    return reverse(name, args=[company.pk, *args])


def state(link: Link) -> str:
    link.refresh_from_db()
    return link.state


def test_c2_the_cascade_is_shown_with_counts_and_sums_before_anything_is_done(
    connected: Company, owner: Client, linked: dict[str, Link]
) -> None:
    page = owner.get(address("unlink", connected), {"link": linked["contact"].pk}).text
    assert "1 contact, 2 invoices (200.00 USD), 1 payment (50.00 USD)" in re.sub(r"\s+", " ", page)
    assert "Unlink 4 records" in page
    assert state(linked["contact"]) == State.AGREED


def test_c2_a_payment_that_also_pays_what_stays_is_named(
    connected: Company, owner: Client, linked: dict[str, Link]
) -> None:
    page = owner.get(address("unlink", connected), {"link": linked["invoice"].pk}).text
    assert "It also pays invoice 1043, which stays linked." in page


def test_c1_what_is_unlinked_is_found_under_its_filter_with_who_and_why(
    connected: Company, owner: Client, linked: dict[str, Link]
) -> None:
    data = {"link": linked["invoice"].pk, "sure": "yes", "because": "Another currency"}
    page = owner.post(address("unlink", connected), data, follow=True).text
    assert "Unlinked: 2 records." in page
    shown = set(map(int, re.findall(r'<tbody id="link-(\d+)"', page)))
    assert shown == {linked["invoice"].pk, linked["payment"].pk}
    opened = owner.get(address("result", connected, linked["invoice"].pk)).text
    assert "Unlinked by mara@example.com" in opened
    assert "Another currency" in opened
    assert "Link it again" in opened


def test_c3_linking_again_asks_first_and_offers_what_went_along(
    connected: Company, owner: Client, linked: dict[str, Link]
) -> None:
    for name in ("contact", "invoice", "other", "payment"):
        make.seen(linked[name])
    owner.post(address("unlink", connected), {"link": linked["invoice"].pk, "sure": "yes"})
    page = owner.get(address("relink", connected), {"link": linked["invoice"].pk}).text
    assert "Link 1 record that depends on it again too" in page
    assert state(linked["invoice"]) == State.UNLINKED
    seen = re.findall(r'name="sure" value="(\w+)"', page)[0]
    owner.post(address("relink", connected), {"link": linked["invoice"].pk, "sure": seen})
    assert (state(linked["invoice"]), state(linked["payment"])) == (State.WAITING, State.UNLINKED)
    assert Cursor.objects.get(company=connected).wanted


def test_c3_what_changed_since_it_was_shown_is_shown_again(
    connected: Company, owner: Client, linked: dict[str, Link]
) -> None:
    make.seen(linked["invoice"])
    owner.post(address("unlink", connected), {"link": linked["invoice"].pk, "sure": "yes"})
    page = owner.post(address("relink", connected), {"link": linked["invoice"].pk, "sure": "0123"}).text
    assert "one of the books changed since you looked" in page
    assert state(linked["invoice"]) == State.UNLINKED


def test_b6_all_that_match_the_filter_are_unlinked_and_reported(connected: Company, owner: Client) -> None:
    contacts = [make.link(make.contact(connected, f"Tenant {number}")) for number in range(3)]
    other = make.link(make.contact(connected, "Somebody else"))
    item = make.link(make.contact(connected, "Tenant item"), kind="item", entity="Item")
    data = {"all": "yes", "matching": "q=tenant&from=", "sure": "yes"}
    page = owner.post(address("unlink", connected), data).text
    assert "Unlinked: 3 records." in page
    assert "It belongs to a list that QuickBooks keeps" in page
    assert [state(link) for link in contacts] == [State.UNLINKED] * 3
    assert (state(other), state(item)) == (State.AGREED, State.AGREED)


def test_b6_try_again_asks_for_a_run(connected: Company, owner: Client) -> None:
    link = make.failed(make.invoice(make.contact(connected)), "Refused.")
    owner.post(address("try-again", connected), {"link": link.pk})
    link.refresh_from_db()
    assert link.due
    assert Cursor.objects.get(company=connected).wanted


def test_b6_nothing_ticked_changes_nothing_and_says_so(connected: Company, owner: Client) -> None:
    page = owner.post(address("unlink", connected), {"sure": "yes"}, follow=True).text
    assert "Nothing was changed. Tick at least one record first." in page


def test_links_of_another_company_are_not_touched(connected: Company, owner: Client) -> None:
    foreign = make.link(make.contact(make.company("Another")))
    owner.post(address("unlink", connected), {"link": foreign.pk, "sure": "yes"})
    assert state(foreign) == State.AGREED


def test_f1_a_member_sees_no_unlink_and_a_viewer_no_ticks(
    connected: Company, client: Client, linked: dict[str, Link]
) -> None:
    client.force_login(make.person("member@example.com", Role.MEMBER, connected))
    page = client.get(address("results", connected)).text
    assert "Try again" in page
    assert "Unlink records" not in page
    client.force_login(make.person("viewer@example.com", Role.VIEWER, connected))
    assert "data-tick" not in client.get(address("results", connected)).text


def customer(of: Company, id_: str, name: str, **members: object) -> Seen:
    body = {"Id": id_, "SyncToken": "0", "DisplayName": name, "Active": True, **members}
    return Seen.objects.create(
        company=of,
        entity="Customer",
        qbo_id=id_,
        sync_token="0",
        updated_at=make.NOON,
        read_at=make.NOON,
        name=name.casefold(),
        body=make.JSON.encode(body),
    )


def test_e3_the_likeliest_customer_comes_first_with_the_reason(
    connected: Company, owner: Client, smith: Contact
) -> None:
    customer(connected, "7", "Jones Ltd")
    customer(connected, "8", "Smith Limited", PrimaryEmailAddr={"Address": "office@smith.example"})
    customer(connected, "9", "Smith Ltd", PrimaryEmailAddr={"Address": "OFFICE@smith.example"}, Active=False)
    page = owner.get(address("sync-account", connected, smith.pk)).text
    assert re.findall(r'id="choice-(\d+)"', page) == ["9", "8"]
    assert "Same name, same e-mail" in page
    assert "Inactive in QuickBooks" in page
    searched = owner.get(address("sync-account", connected, smith.pk), {"q": "JONES"}).text
    assert re.findall(r'id="choice-(\d+)"', searched) == ["7"]


def test_e3_a_customer_is_chosen_and_a_run_asked_for(connected: Company, owner: Client, smith: Contact) -> None:
    customer(connected, "9", "Smith and Sons")
    owner.post(address("sync-account", connected, smith.pk), {"choice": "9"})
    link = Link.objects.get(kind="contact", record_id=smith.pk)
    assert link.set_by is not None
    assert (link.qbo_id, link.due, link.set_by.email) == ("9", True, "mara@example.com")
    assert Cursor.objects.get(company=connected).wanted


def test_e3_what_quickbooks_does_not_have_is_refused(connected: Company, owner: Client, smith: Contact) -> None:
    page = owner.post(address("sync-account", connected, smith.pk), {"choice": "404"}).text
    assert "QuickBooks does not have it any more" in page


def test_e4_an_account_is_skipped_with_its_reason(connected: Company, owner: Client, smith: Contact) -> None:
    link = make.failed(smith, "Its name has a colon.")
    owner.post(address("skip-account", connected, smith.pk), {"because": "Left in May"})
    link.refresh_from_db()
    assert (link.status, link.set_because, link.failing_since) == (Status.SKIPPED, "Left in May", None)
    page = owner.get(address("accounts", connected)).text
    assert "Skipped: Not synced, because mara@example.com chose so on 20 Nov 2026." in page


def test_e5_twins_are_shown_and_told_apart(connected: Company, owner: Client, smith: Contact) -> None:
    invoice = make.invoice(smith)
    facts = {"candidates": [{"id": "77", "label": "1042"}]}
    link = make.failed(invoice, "May exist.", "possible_duplicate", qbo_id=None, facts=facts, state=State.CANDIDATE)
    Seen.objects.create(
        company=connected,
        entity="Invoice",
        qbo_id="77",
        sync_token="0",
        updated_at=make.NOON,
        read_at=make.NOON,
        body=b"{}",
    )
    page = owner.get(address("twins-of-result", connected, link.pk)).text
    assert "Invoice 1042" in page
    owner.post(address("twins-of-result", connected, link.pk), {"different": "yes"})
    link.refresh_from_db()
    assert (link.apart_from, link.state, link.due) == (["77"], State.NEW, True)


def test_a_deletion_there_is_voided_here(connected: Company, owner: Client, smith: Contact) -> None:
    invoice = make.invoice(smith)
    link = make.failed(invoice, "Deleted.", "deleted_there", state=State.GONE)
    assert "Send it again" in owner.get(address("deleted-result", connected, link.pk)).text
    owner.post(address("deleted-result", connected, link.pk), {"act": "void"})
    assert (Invoice.objects.get().status, state(link)) == ("void", State.VOID)
    assert not Payment.objects.exists()


def test_a_conflict_is_chosen_by_group_and_its_result_shown_first(
    connected: Company, owner: Client, smith: Contact
) -> None:
    link = make.failed(smith, "Changed in both.", "conflict", facts={"groups": ["phone"]}, state=State.CONFLICT)
    Contact.objects.update(phone="2")
    customer(connected, str(link.qbo_id), "Smith Ltd", PrimaryPhone={"FreeFormNumber": "3"})
    page = owner.get(address("conflict-of-result", connected, link.pk)).text
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    shown = owner.post(address("conflict-of-result", connected, link.pk), {"side-phone": "theirs", "seen": seen}).text
    assert "Would be written in" in shown
    assert state(link) == State.CONFLICT
    owner.post(address("conflict-of-result", connected, link.pk), {"side-phone": "theirs", "seen": seen, "sure": "yes"})
    assert (state(link), link.due) == (State.WAITING, True)
    again = owner.post(address("conflict-of-result", connected, link.pk), {"seen": seen, "sure": "yes"}).text
    assert "nothing to choose any more" in again
