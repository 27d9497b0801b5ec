import html as html_module
import re
from datetime import timedelta
from typing import Any

import pytest


@pytest.fixture
def sample(serve: Any) -> Any:
    return serve(company="sample")


def page(served: Any, path: str, **params: Any) -> str:
    response = served.get(path, **params)
    assert response.status_code == 200, response.text
    html: str = response.text
    return html


def act(served: Any, name: str, **form: Any) -> Any:
    form = {"realmId": served.realm_id, **form}
    return served.http.post(f"{served.url}/app/act/{name}", data=form, allow_redirects=False)


def open_invoice(served: Any) -> dict[str, Any]:
    invoice: dict[str, Any] = served.query("select * from Invoice where Balance > '0' maxresults 1")["Invoice"][0]
    return invoice


def paid(served: Any) -> dict[str, Any]:
    """A payment of an open invoice, waiting in Undeposited Funds."""
    invoice = open_invoice(served)
    line = {"Amount": invoice["Balance"], "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]}
    body = {"CustomerRef": invoice["CustomerRef"], "TotalAmt": invoice["Balance"], "Line": [line]}
    payment: dict[str, Any] = served.create("Payment", body)
    return payment


def test_every_page_a_person_can_click_through_to_opens(sample: Any) -> None:
    seen: set[str] = set()
    ahead = ["/app"]
    while ahead and len(seen) < 150:
        address = ahead.pop()
        html = page(sample, address)
        seen.add(address)
        links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/app[^"]*)"', html)}
        ahead += sorted(links - seen - set(ahead))
    assert len(seen) > 50


@pytest.mark.parametrize(
    ("entity", "address"),
    [
        ("Invoice", "/app/invoice?txnId={Id}"),
        ("CreditMemo", "/app/creditmemo?txnId={Id}"),
        ("Payment", "/app/recvpayment?txnId={Id}"),
        ("Customer", "/app/customerdetail?nameId={Id}"),
        ("Vendor", "/app/vendordetail?nameId={Id}"),
    ],
)
def test_a_record_has_the_address_that_quickbooks_gives_it(sample: Any, entity: str, address: str) -> None:
    record = sample.query(f"select * from {entity} maxresults 1")[entity][0]
    html = page(sample, address.format(**record))
    assert (record.get("DocNumber") or record.get("DisplayName") or record["Id"]) in html_module.unescape(html)


def test_one_sandbox_shows_the_records_of_several_companies(served: Any) -> None:
    other = served.sandbox.companies.create("empty", "Other")
    made = other.create("Customer", {"DisplayName": "Only there"})
    assert "Only there" in page(served, "/app/customerdetail", nameId=made["Id"], realmId=other.realm_id)
    assert served.get("/app/customerdetail", nameId=made["Id"], realmId="12").status_code == 404
    assert served.get("/app/customerdetail", nameId="999999").status_code == 404


def test_text_of_the_books_is_not_taken_for_html(served: Any) -> None:
    made = served.create("Customer", {"DisplayName": "<script>alert(1)</script>"})
    assert "<script" not in page(served, "/app/customerdetail", nameId=made["Id"])


def test_payments_are_deposited_and_taken_out_again(sample: Any) -> None:
    payment = paid(sample)
    assert act(sample, "deposit", entity="Payment", id=payment["Id"]).status_code == 303
    change = {"Id": payment["Id"], "SyncToken": "1", "sparse": True, "PrivateNote": "x"}
    assert sample.api_post("payment", change).json()["Fault"]["Error"][0]["code"] == "6540"
    assert act(sample, "undeposit", entity="Payment", id=payment["Id"]).status_code == 303
    token = sample.api_get(f"payment/{payment['Id']}").json()["Payment"]["SyncToken"]
    assert sample.api_post("payment", {**change, "SyncToken": token}).status_code == 200


def test_all_waiting_payments_are_deposited_at_once(sample: Any) -> None:
    payment = paid(sample)
    response = act(sample, "deposit")
    assert response.headers["location"].startswith("/app/deposit?txnId=")
    assert payment["Id"] in page(sample, response.headers["location"])
    assert act(sample, "deposit").status_code == 400


def test_an_invoice_is_voided_and_deleted(sample: Any) -> None:
    invoice = open_invoice(sample)
    assert act(sample, "void", entity="Invoice", id=invoice["Id"]).status_code == 303
    assert sample.api_get(f"invoice/{invoice['Id']}").json()["Invoice"]["Balance"] == 0
    assert act(sample, "delete", entity="Invoice", id=invoice["Id"]).status_code == 303
    assert sample.api_get(f"invoice/{invoice['Id']}").status_code == 400


def test_a_credit_memo_is_voided_as_the_api_cannot(sample: Any) -> None:
    memo = sample.query("select * from CreditMemo maxresults 1")["CreditMemo"][0]
    assert act(sample, "void", entity="CreditMemo", id=memo["Id"]).status_code == 303
    assert sample.api_get(f"creditmemo/{memo['Id']}").json()["CreditMemo"]["TotalAmt"] == 0


def test_the_books_are_closed_and_opened(sample: Any) -> None:
    invoice = open_invoice(sample)
    today = sample.sandbox.clock.now().date()
    assert act(sample, "close-books", until=str(today + timedelta(days=400))).status_code == 303
    change = {"Id": invoice["Id"], "SyncToken": invoice["SyncToken"], "sparse": True, "PrivateNote": "x"}
    code = sample.api_post("invoice", change).json()["Fault"]["Error"][0]["code"]
    assert code in ("6200", "6210")
    act(sample, "close-books", until="")
    assert sample.api_post("invoice", change).status_code == 200
    assert act(sample, "close-books", until="soon").status_code == 400


@pytest.mark.parametrize("entity", ["Customer", "Vendor", "Item"])
def test_an_entry_of_a_list_is_made_inactive(sample: Any, entity: str) -> None:
    record = sample.query(f"select * from {entity} maxresults 1")[entity][0]
    response = act(sample, "deactivate", entity=entity, id=record["Id"])
    assert response.status_code == 303
    assert "(deleted)" in page(sample, response.headers["location"])
    assert sample.api_get(f"{entity.lower()}/{record['Id']}").json()[entity]["Active"] is False


def test_two_customers_are_merged(served: Any) -> None:
    loser, winner = (served.create("Customer", {"DisplayName": name}) for name in "AB")
    response = act(served, "merge", entity="Customer", id=loser["Id"], into=winner["Id"])
    assert response.status_code == 303
    names = [row["DisplayName"] for row in served.query("select * from Customer")["Customer"]]
    assert names == ["B"]


def test_a_person_disconnects_the_app(serve: Any) -> None:
    served = serve(consent="automatic")
    keys = served.sandbox.credentials()
    code = served.sandbox.connections.consent(keys.client_id, "x", served.realm_id, ["a"], "5b0e6d0c-owner")
    _, access = served.sandbox.connections.exchange(keys.client_id, code, "x")
    assert "Disconnect" in page(served, "/app/homepage")
    served.http.post(f"{served.url}/app/disconnect", data={"realmId": served.realm_id})
    headers = {"Authorization": f"Bearer {access.value}"}
    assert served.http.get(served.company("preferences"), headers=headers).status_code == 401
    assert served.api_get("preferences").status_code == 200


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("explode", {}),
        ("void", {"entity": "Nonsense"}),
        ("void", {"entity": "Invoice", "id": "999"}),
        ("undeposit", {}),
    ],
)
def test_what_cannot_be_done_is_said(served: Any, name: str, form: dict[str, str]) -> None:
    response = act(served, name, **form)
    assert response.status_code in (400, 404)
    assert "<h1>" in response.text
