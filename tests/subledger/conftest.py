from __future__ import annotations

import pytest

from tieout.subledger.models import Account, Company, Contact, Item

from .making import make_account, make_company, make_contact, make_item


@pytest.fixture
def company(db: None) -> Company:
    return make_company("Harbour Lettings")


@pytest.fixture
def other_company(db: None) -> Company:
    return make_company("Quayside Lettings")


@pytest.fixture
def customer(company: Company) -> Contact:
    return make_contact(company, "Ada Byrne")


@pytest.fixture
def rent(company: Company) -> Item:
    return make_item(company, "Rent")


@pytest.fixture
def bank(company: Company) -> Account:
    return make_account(company, "Undeposited Funds", "Other Current Asset")
