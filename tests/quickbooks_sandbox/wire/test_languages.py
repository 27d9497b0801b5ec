"""Faults are told in the language of the company; clients must go by their codes."""

import string
from typing import Any

import pytest

from quickbooks_sandbox.faults import fault, fault_table

INVOICE: dict[str, Any] = {"Line": [{"DetailType": "SalesItemLineDetail", "Amount": 1, "SalesItemLineDetail": {}}]}


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture
def french(served: Any) -> Any:
    served.http.put(f"{served.url}/sandbox/settings", json={"fault_language": "fr"})
    return served


def test_a_duplicate_number_is_told_in_french(french: Any):
    customer = french.create("Customer", {"DisplayName": "A"})
    french.sandbox.companies.first().set_preference("SalesFormsPrefs", "CustomTxnNumbers", True)
    body = {**INVOICE, "CustomerRef": {"value": customer["Id"]}, "DocNumber": "7"}
    first = french.create("Invoice", body)
    (error,) = french.api_post("invoice", body).json()["Fault"]["Error"]
    assert (error["code"], error["Message"]) == ("6140", "Erreur de numéro de document en double")
    assert error["Detail"].endswith(f"DocNumber=7 est affecté à TxnType=Invoice avec TxnId={first['Id']}")


def test_faults_within_a_batch_are_told_in_french_too(french: Any):
    items = {"BatchItemRequest": [{"bId": "1", "Customer": {"Id": "99", "SyncToken": "0"}}]}
    items["BatchItemRequest"][0]["operation"] = "update"
    (answer,) = french.api_post("batch", items).json()["BatchItemResponse"]
    assert answer["Fault"]["Error"][0]["Message"] == "Objet introuvable"


def test_what_has_no_french_text_is_told_in_english(french: Any):
    error = french.api_post("nonsense", {}).json()["Fault"]["Error"][0]
    assert error["code"] in ("500", "2000")
    error = french.api_get("query", query="select").json()["Fault"]["Error"][0]
    assert error["Message"] == "Error parsing query"


def test_every_french_text_says_as_much_as_the_english_one():
    english = fault_table()
    for key, row in fault_table("fr").items():
        assert braces(row["detail"]) == braces(english[key]["detail"]), key
        assert row["message"] != english[key]["message"], key


def test_english_is_left_as_it_is():
    (error,) = fault("610").errors
    assert error.told_in("en") == error
