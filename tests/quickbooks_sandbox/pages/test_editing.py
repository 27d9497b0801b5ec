"""A person makes and changes records, receives payments, sets preferences."""

import html as html_module
import re
from typing import Any

import pytest


@pytest.fixture
def sample(serve: Any) -> Any:
    return serve(company="sample")


def post(served: Any, path: str, **form: Any) -> Any:
    form = {"realmId": served.realm_id, **form}
    return served.http.post(f"{served.url}/app/{path}", data=form, allow_redirects=False)


def filled_in(html: str) -> dict[str, str]:
    """What a browser would send if nothing were changed."""
    html = html_module.unescape(html)
    found = dict(re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', html))
    for name, options in re.findall(r'<select [^>]*?name="([^"]+)">(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        found[name] = chosen[1] if chosen else ""
    return found


def editing(served: Any, entity: str, id_: str) -> dict[str, str]:
    response = served.get("/app/edit", entity=entity, id=id_, realmId=served.realm_id)
    assert response.status_code == 200
    return filled_in(response.text)


def read(served: Any, entity: str, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = served.api_get(f"{entity.lower()}/{id_}").json()[entity]
    return found


def an_invoice(served: Any) -> dict[str, Any]:
    invoice: dict[str, Any] = served.query("select * from Invoice where Balance > '0' maxresults 1")["Invoice"][0]
    return invoice


@pytest.mark.parametrize("entity", ["Customer", "Invoice", "Item", "Vendor", "Account", "Payment", "Term"])
def test_saving_an_unchanged_form_changes_nothing(sample: Any, entity: str) -> None:
    record = sample.query(f"select * from {entity} maxresults 1")[entity][0]
    assert post(sample, "edit", **editing(sample, entity, record["Id"])).status_code == 303
    assert read(sample, entity, record["Id"]) == record


def test_fields_are_changed_and_emptied(sample: Any) -> None:
    customer = sample.create("Customer", {"DisplayName": "A", "Notes": "old", "PrimaryPhone": {"FreeFormNumber": "1"}})
    form = editing(sample, "Customer", customer["Id"])
    change = {"DisplayName": "B", "Notes": "", "PrimaryPhone": "2", "PrimaryEmailAddr": "b@example.com"}
    assert post(sample, "edit", **{**form, **change}).status_code == 303
    changed = read(sample, "Customer", customer["Id"])
    assert changed["DisplayName"] == "B"
    assert "Notes" not in changed
    assert changed["PrimaryPhone"] == {"FreeFormNumber": "2"}
    assert changed["PrimaryEmailAddr"] == {"Address": "b@example.com"}


def test_the_amount_of_a_line_is_changed(sample: Any) -> None:
    invoice = an_invoice(sample)
    form = editing(sample, "Invoice", invoice["Id"])
    assert post(sample, "edit", **{**form, "amount_0": "77.70"}).status_code == 303
    assert read(sample, "Invoice", invoice["Id"])["Line"][0]["Amount"] == 77.7


def test_what_another_saved_meanwhile_is_not_overwritten(sample: Any) -> None:
    invoice = an_invoice(sample)
    form = editing(sample, "Invoice", invoice["Id"])
    assert post(sample, "edit", **{**form, "PrivateNote": "mine"}).status_code == 303
    refused = post(sample, "edit", **{**form, "PrivateNote": "theirs"})
    assert refused.status_code == 400
    assert "5010" in refused.text
    assert read(sample, "Invoice", invoice["Id"])["PrivateNote"] == "mine"


@pytest.mark.parametrize("amount", ["much", "1e999999", "NaN"])
def test_an_amount_that_is_no_number_is_said(sample: Any, amount: str) -> None:
    invoice = an_invoice(sample)
    form = editing(sample, "Invoice", invoice["Id"])
    assert post(sample, "edit", **{**form, "amount_0": amount}).status_code == 400


def test_customers_and_invoices_are_made(sample: Any) -> None:
    made = post(sample, "edit", entity="Customer", DisplayName="New here")
    customer = sample.query("select * from Customer where DisplayName = 'New here'")["Customer"][0]
    assert made.headers["location"].startswith("/app/customerdetail?")
    form = {"CustomerRef": customer["Id"], "new_amount": "12.50", "new_description": "Work"}
    assert post(sample, "edit", entity="Invoice", **form).status_code == 303
    invoice = sample.query(f"select * from Invoice where CustomerRef = '{customer['Id']}'")["Invoice"][0]
    assert (invoice["TotalAmt"], invoice["Line"][0]["Description"]) == (12.5, "Work")


@pytest.mark.parametrize("entity", ["Deposit", "Preferences", "TaxCode", "Nonsense"])
def test_what_is_not_made_on_this_page_is_said(sample: Any, entity: str) -> None:
    assert sample.get("/app/edit", entity=entity).status_code == 404


def test_a_payment_is_received_for_an_invoice(sample: Any) -> None:
    invoice = an_invoice(sample)
    response = post(sample, "act/receive-payment", entity="Invoice", id=invoice["Id"], amount=str(invoice["Balance"]))
    assert response.headers["location"].startswith("/app/recvpayment?")
    assert read(sample, "Invoice", invoice["Id"])["Balance"] == 0


def test_a_customers_payment_pays_the_oldest_invoices_first(served: Any) -> None:
    customer = served.create("Customer", {"DisplayName": "A"})
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    body = {"CustomerRef": {"value": customer["Id"]}, "Line": [line]}
    later, earlier = (served.create("Invoice", {**body, "TxnDate": day}) for day in ("2026-03-02", "2026-03-01"))
    assert post(served, "act/receive-payment", entity="Customer", id=customer["Id"], amount="15").status_code == 303
    assert read(served, "Invoice", earlier["Id"])["Balance"] == 0
    assert read(served, "Invoice", later["Id"])["Balance"] == 5
    refused = post(served, "act/receive-payment", entity="Customer", id=customer["Id"], amount="much")
    assert refused.status_code == 400


def test_a_form_is_sent(sample: Any) -> None:
    invoice = an_invoice(sample)
    assert post(sample, "act/send", entity="Invoice", id=invoice["Id"], to="a@example.com").status_code == 303
    assert read(sample, "Invoice", invoice["Id"])["EmailStatus"] == "EmailSent"


def test_preferences_are_switched(sample: Any) -> None:
    html = sample.get("/app/preferences", realmId=sample.realm_id).text
    assert 'name="SalesFormsPrefs.CustomTxnNumbers"' in html
    before = sample.api_get("preferences").json()["Preferences"]["SalesFormsPrefs"]["CustomTxnNumbers"]
    switched = {"SalesFormsPrefs.CustomTxnNumbers": str(not before).lower()}
    assert post(sample, "preferences", **switched).status_code == 303
    after = sample.api_get("preferences").json()["Preferences"]["SalesFormsPrefs"]["CustomTxnNumbers"]
    assert after is not before


def test_a_form_begins_with_what_people_fill_in_and_says_whom_an_id_stands_for(sample: Any) -> None:
    invoice = an_invoice(sample)
    html = sample.get("/app/edit", entity="Invoice", id=invoice["Id"], realmId=sample.realm_id).text
    assert html.index('name="CustomerRef"') < html.index("All other fields") < html.index('name="TrackingNum"')
    before_the_rest = html_module.unescape(html[: html.index("All other fields")])
    assert re.search(rf'id="CustomerRef-named">{re.escape(invoice["CustomerRef"]["name"])}<', before_the_rest)
