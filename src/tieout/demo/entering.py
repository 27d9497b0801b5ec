"""Types into QuickBooks what the sample says stands there before Tieout comes. Once, however often it is begun:
each create carries a request id that depends on what it creates."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from tieout import sample
from tieout.subledger.models import Company

from .quickbooks import Books


def enter_items(books: Books, company: Company, today: date) -> None:
    """Products and services are QuickBooks' own, so our documents can name only what is there."""
    for item in sample.already_in_quickbooks(company, today)["items"]:
        if not found(books, "Item", "Name", item["name"]):
            post(books, "Item", item_body(item, income_account(books)))


def enter_documents(books: Books, company: Company, today: date) -> None:
    existing = sample.already_in_quickbooks(company, today)
    items = ids(books, "Item", "Name")
    customers = {contact["name"]: customer(books, contact) for contact in existing["contacts"]}
    for invoice in existing["invoices"]:
        if not found(books, "Invoice", "DocNumber", invoice["number"]):
            post(books, "Invoice", invoice_body(invoice, customers[invoice["contact"]], items))


def customer(books: Books, contact: dict[str, Any]) -> str:
    there = found(books, "Customer", "DisplayName", contact["name"])
    return str((there or post(books, "Customer", customer_body(contact)))["Id"])


def post(books: Books, entity: str, body: dict[str, Any]) -> dict[str, Any]:
    request_id = hashlib.sha256(f"{books.realm_id} {entity} {sorted(body.items())}".encode()).hexdigest()[:32]
    return books.post(entity, body, request_id)


def found(books: Books, entity: str, field: str, value: str) -> dict[str, Any] | None:
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    statement = f"select * from {entity} where {field} = '{quoted}'"  # noqa: S608 - of QuickBooks, not SQL
    rows: list[dict[str, Any]] = books.query(statement).get(entity, [])
    return rows[0] if rows else None


def ids(books: Books, entity: str, field: str) -> dict[str, str]:
    rows: list[dict[str, Any]] = books.query(f"select * from {entity} maxresults 1000").get(entity, [])  # noqa: S608
    return {row[field]: row["Id"] for row in rows}


def income_account(books: Books) -> dict[str, str]:
    statement = "select * from Account where AccountType = 'Income'"
    if rows := books.query(statement).get("Account", []):
        return {"value": rows[0]["Id"]}
    body = {"Name": "Rental income", "AccountType": "Income", "AccountSubType": "ServiceFeeIncome"}
    return {"value": post(books, "Account", body)["Id"]}


def item_body(item: dict[str, Any], income: dict[str, str]) -> dict[str, Any]:
    return {"Name": item["name"], "Type": item["type"], "IncomeAccountRef": income}


def customer_body(contact: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "DisplayName": contact["name"],
        "GivenName": contact.get("given_name"),
        "FamilyName": contact.get("family_name"),
        "CompanyName": contact.get("company_name"),
        "PrimaryPhone": {"FreeFormNumber": contact["phone"]},
        "PrimaryEmailAddr": {"Address": contact["email"]},
        "BillAddr": {
            "Line1": contact["street"],
            "City": contact["city"],
            "CountrySubDivisionCode": contact["state"],
            "PostalCode": contact["postal_code"],
            "Country": contact["country"],
        },
    }
    return {name: value for name, value in body.items() if value}


def invoice_body(invoice: dict[str, Any], customer_id: str, items: dict[str, str]) -> dict[str, Any]:
    return {
        "DocNumber": invoice["number"],
        "CustomerRef": {"value": customer_id},
        "TxnDate": invoice["date"],
        "DueDate": invoice["due_date"],
        **({"PrivateNote": invoice["memo"]} if invoice["memo"] else {}),
        "Line": [line_body(line, items) for line in invoice["lines"]],
    }


def line_body(line: dict[str, Any], items: dict[str, str]) -> dict[str, Any]:
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": line["amount"],
        "Description": line["description"],
        "SalesItemLineDetail": {
            "ItemRef": {"value": items[line["item"]]},
            "Qty": line["quantity"],
            "UnitPrice": line["rate"],
        },
    }
