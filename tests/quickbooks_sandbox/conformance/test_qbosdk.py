"""qbosdk 1.6 against the sandbox, over everything it offers: only the hosts it talks to are set."""

import base64
from typing import Any

import pytest
import qbosdk.qbosdk
from qbosdk import QuickbooksOnlineSDK
from qbosdk.exceptions import InvalidTokenError, UnauthorizedClientError, WrongParamsError

#: What has a list, in pages and whole.
LISTED = [
    *("accounts", "departments", "classes", "vendors", "employees", "bills", "purchases", "journal_entries"),
    *("customers", "attachments", "bill_payments", "tax_codes", "tax_rates", "items"),
]
COUNTED = ["accounts", "classes", "customers", "departments", "employees", "items", "tax_codes", "vendors"]


@pytest.fixture
def served(serve: Any) -> Any:
    return serve(company="sample")


@pytest.fixture
def sdk(served: Any, monkeypatch: pytest.MonkeyPatch) -> QuickbooksOnlineSDK:
    monkeypatch.setattr(QuickbooksOnlineSDK, "TOKEN_URL", f"{served.url}/oauth2/v1/tokens/bearer")
    return made(served)


def made(served: Any, **other: str) -> QuickbooksOnlineSDK:
    keys = served.sandbox.credentials()
    known = {"client_id": keys.client_id, "client_secret": keys.client_secret, "refresh_token": keys.refresh_token}
    client = QuickbooksOnlineSDK(**{**known, **other}, realm_id=keys.realm_id, environment="sandbox")
    client._QuickbooksOnlineSDK__base_url = f"{served.url}/v3/company/{keys.realm_id}"
    client.update_server_url()
    return client


def line(account: str, amount: float = 10) -> dict[str, Any]:
    kind = "AccountBasedExpenseLineDetail"
    return {"Amount": amount, "DetailType": kind, kind: {"AccountRef": {"value": account}}}


def test_the_refresh_token_gives_an_access_token(sdk: QuickbooksOnlineSDK) -> None:
    assert sdk.access_token
    assert sdk.access_token_expires_in == 3600


def test_wrong_keys_and_tokens_are_told_apart(served: Any, sdk: QuickbooksOnlineSDK) -> None:
    with pytest.raises(InvalidTokenError):
        made(served, refresh_token="nothing")
    with pytest.raises(UnauthorizedClientError):
        made(served, client_secret="wrong")


@pytest.mark.parametrize("name", LISTED)
def test_every_list_is_read_in_pages_and_whole(sdk: QuickbooksOnlineSDK, name: str) -> None:
    api = getattr(sdk, name)
    whole = api.get()
    paged = [one for page in api.get_all_generator() for one in page]
    assert [one["Id"] for one in paged] == [one["Id"] for one in whole]
    assert bool(whole) == (name != "attachments")


@pytest.mark.parametrize("name", COUNTED)
def test_every_list_is_counted_and_its_inactive_entries_shown(sdk: QuickbooksOnlineSDK, name: str) -> None:
    api = getattr(sdk, name)
    assert api.count() == len(api.get())
    assert [one for page in api.get_inactive(None) for one in page] == []


def test_the_company_its_preferences_and_rates_are_read(sdk: QuickbooksOnlineSDK) -> None:
    assert sdk.company_info.get()["CompanyName"]
    assert sdk.preferences.get()["AccountingInfoPrefs"]["TaxYearMonth"] == "January"
    assert sdk.exchange_rates.get_by_source("EUR", "2099-01-01")["Rate"] == 1.0821
    assert sdk.tax_rates.get_by_id("3")["RateValue"] == 8


def test_a_vendor_is_made_and_found_by_name(sdk: QuickbooksOnlineSDK) -> None:
    made = sdk.vendors.post({"DisplayName": "Rivets"})["Vendor"]
    assert sdk.vendors.search_vendor_by_display_name("Rivets") == made
    assert sdk.vendors.search_vendor_by_display_name("Nobody") is None


def test_an_employee_is_made(sdk: QuickbooksOnlineSDK) -> None:
    made = sdk.employees.post({"GivenName": "Robin", "FamilyName": "Castle"})["Employee"]
    assert made["DisplayName"] == "Robin Castle"


def test_purchases_are_made_read_and_deleted(sdk: QuickbooksOnlineSDK) -> None:
    vendor = {"value": sdk.vendors.get()[0]["Id"]}
    bill = sdk.bills.post({"VendorRef": vendor, "Line": [line("10")]})["Bill"]
    assert sdk.bills.get_by_id(bill["Id"])["TotalAmt"] == 10
    spent = {"AccountRef": {"value": "35"}, "PaymentType": "Cash", "Line": [line("10")]}
    purchase = sdk.purchases.post(spent)["Purchase"]
    assert sdk.purchases.get_by_id(purchase["Id"])["Purchase"][0]["TotalAmt"] == 10
    pays = {"Amount": 10, "LinkedTxn": [{"TxnId": bill["Id"], "TxnType": "Bill"}]}
    check = {"BankAccountRef": {"value": "35"}}
    body = {"VendorRef": vendor, "PayType": "Check", "CheckPayment": check, "TotalAmt": 10, "Line": [pays]}
    sdk.bill_payments.post(body)
    assert sdk.bills.get_by_id(bill["Id"])["Balance"] == 0


def test_a_journal_entry_is_made_and_read(sdk: QuickbooksOnlineSDK) -> None:
    lines = [
        {
            "Amount": 5,
            "DetailType": "JournalEntryLineDetail",
            "JournalEntryLineDetail": {"PostingType": posting, "AccountRef": {"value": account}},
        }
        for posting, account in (("Debit", "10"), ("Credit", "35"))
    ]
    entry = sdk.journal_entries.post({"Line": lines})["JournalEntry"]
    assert len(sdk.journal_entries.get_by_id(entry["Id"])["Line"]) == 2


def test_a_delete_sends_the_token_1_whatever_it_is(sdk: QuickbooksOnlineSDK) -> None:
    """It works once the object was changed once, and is refused as stale before."""
    vendor = {"value": sdk.vendors.get()[0]["Id"]}
    bill = sdk.bills.post({"VendorRef": vendor, "Line": [line("10")]})["Bill"]
    with pytest.raises(WrongParamsError):
        sdk.bills.delete(bill["Id"])
    sdk.bills.post({"Id": bill["Id"], "SyncToken": "0", "sparse": True, "VendorRef": vendor, "PrivateNote": "x"})
    assert sdk.bills.delete(bill["Id"])["Bill"]["status"] == "Deleted"


def test_a_file_is_uploaded_and_tied_to_a_bill(sdk: QuickbooksOnlineSDK) -> None:
    bill = sdk.bills.get()[0]["Id"]
    tied = sdk.attachments.post(bill, "Bill", base64.b64encode(b"%PDF-1.4").decode(), "receipt.pdf")["Attachable"]
    assert tied["AttachableRef"][0]["EntityRef"] == {"type": "Bill", "value": bill}
    assert [one["Id"] for one in sdk.attachments.get()] == [tied["Id"]]


def test_the_grant_is_revoked(served: Any, sdk: QuickbooksOnlineSDK, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuickbooksOnlineSDK, "TOKEN_REVOKE_URL", f"{served.url}/v2/oauth2/tokens/revoke")
    keys = served.sandbox.credentials()
    said = qbosdk.qbosdk.revoke_refresh_token(sdk.refresh_token, keys.client_id, keys.client_secret)
    assert said == {"message": "Token revoked successfully"}
    with pytest.raises(InvalidTokenError):
        sdk.bills.get()
