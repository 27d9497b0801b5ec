"""Strict and forgiving: many settings at once."""

from dataclasses import asdict, fields
from typing import Any, get_args

import pytest

from quickbooks_sandbox.manners import MANNERS, with_manner
from quickbooks_sandbox.parts.state import change_settings
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.testing import QuickBooks, quickbooks

__all__ = ["quickbooks"]


@pytest.mark.parametrize("manner", MANNERS)
def test_every_manner_is_one_that_settings_can_take(manner: Any) -> None:
    settings = Settings()
    change_settings(settings, MANNERS[manner])
    assert asdict(settings) == asdict(with_manner(Settings(), manner))


def test_whatever_can_be_refused_is_refused_by_the_strict_but_for_what_one_form_of_void_needs() -> None:
    can_refuse = {
        field.name for field in fields(Settings) if "refuse" in get_args(field.type) or "'refuse'" in str(field.type)
    }
    strict = asdict(with_manner(Settings(), "strict"))
    lenient = {name for name in can_refuse if strict[name] != "refuse"}
    # A repeated request id is replayed, or no retry could be tried; a token that is used twice ends the grant.
    assert lenient == {"repeated_request_id", "reused_refresh_token"}


def test_a_sandbox_is_made_strict_forgiving_and_usual_again(quickbooks: QuickBooks) -> None:
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {"Qty": 3, "UnitPrice": 5}}
    customer = quickbooks.books.create("Customer", {"DisplayName": "A"})["Id"]
    body = {"CustomerRef": {"value": customer}, "Line": [line]}
    for manner, status in (("strict", 400), ("forgiving", 200), ("usual", 400)):
        assert quickbooks.call("PUT", "/sandbox/manner", {"manner": manner}).status == 200
        assert quickbooks.api("POST", "invoice", body).status == status
    assert quickbooks.call("PUT", "/sandbox/manner", {"manner": "kind"}).status == 400
