"""Faults are told in the language of the company; clients must go by their codes."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.test_every_fault import CAUSES
from tests.quickbooks_sandbox.wire.test_every_fault import CAUSES as CAUSES_ON_THE_WIRE

import quickbooks_sandbox
from quickbooks_sandbox.faults import business, fault, fault_table

INVOICE: dict[str, Any] = {"Line": [{"DetailType": "SalesItemLineDetail", "Amount": 1, "SalesItemLineDetail": {}}]}


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture
def french(served: Any) -> Any:
    served.http.put(f"{served.url}/sandbox/settings", json={"fault_language": "fr"})
    return served


def test_a_duplicate_number_is_told_in_french(french: Any) -> None:
    customer = french.create("Customer", {"DisplayName": "A"})
    french.sandbox.companies.first().set_preference("SalesFormsPrefs", "CustomTxnNumbers", True)
    body = {**INVOICE, "CustomerRef": {"value": customer["Id"]}, "DocNumber": "7"}
    first = french.create("Invoice", body)
    (error,) = french.api_post("invoice", body).json()["Fault"]["Error"]
    assert (error["code"], error["Message"]) == ("6140", "Erreur de numéro de document en double")
    assert error["Detail"].endswith(f"DocNumber=7 est affecté à TxnType=Invoice avec TxnId={first['Id']}")


def test_faults_within_a_batch_are_told_in_french_too(french: Any) -> None:
    items = {"BatchItemRequest": [{"bId": "1", "Customer": {"Id": "99", "SyncToken": "0"}}]}
    items["BatchItemRequest"][0]["operation"] = "update"
    (answer,) = french.api_post("batch", items).json()["BatchItemResponse"]
    assert answer["Fault"]["Error"][0]["Message"] == "Objet introuvable"


def test_the_sentence_that_a_fault_quotes_is_told_in_french_too(french: Any) -> None:
    customer = french.create("Customer", {"DisplayName": "A"})
    line = {"Amount": 1, "LinkedTxn": [{"TxnId": "99", "TxnType": "Invoice"}]}
    body = {"CustomerRef": {"value": customer["Id"]}, "TotalAmt": 1, "Line": [line]}
    (error,) = french.api_post("payment", body).json()["Fault"]["Error"]
    assert error["Detail"].endswith("L'opération Invoice 99 à laquelle le paiement est lié n'existe pas.")


def test_every_fault_that_can_occur_has_a_french_text() -> None:
    assert {*CAUSES, *CAUSES_ON_THE_WIRE} <= set(fault_table("fr"))


def sentences() -> Iterator[str]:
    """What the source says in business faults, with an X for what it fills in."""
    for path in Path(quickbooks_sandbox.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "business":
                sentence = node.args[0]
                if isinstance(sentence, ast.Constant):
                    yield str(sentence.value)


def test_every_sentence_of_a_business_fault_has_a_french_one() -> None:
    found = list(sentences())
    assert len(found) > 20
    for sentence in found:
        (error,) = business(sentence).errors
        assert sentence not in error.told_in("fr").detail, sentence


def test_every_french_text_says_as_much_as_the_english_one() -> None:
    english = fault_table()
    for key, row in fault_table("fr").items():
        assert braces(row["detail"]) == braces(english[key]["detail"]), key
        assert row["message"] != english[key]["message"], key


def test_english_is_left_as_it_is() -> None:
    (error,) = fault("610").errors
    assert error.told_in("en") == error
