"""What is written in XML and read again is what JSON holds: for any object of any entity, by its fields."""

from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickbooks_sandbox.entities import ENTITIES
from quickbooks_sandbox.testing import QuickBooks
from quickbooks_sandbox.wire.xml_names import BOOLEANS, LISTS, NUMBERS, is_reference
from quickbooks_sandbox.wire.xml_reading import read
from quickbooks_sandbox.wire.xml_writing import written

Content = dict[str, Any]

#: No XML holds other characters, and JSON of clients none of these two.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
IDS = st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True)
MONEY = st.decimals(min_value=Decimal("-99999999999"), max_value=Decimal("99999999999"), places=2)
NUMBER_VALUES = st.integers(-999, 10**12) | MONEY


def whole(value: Any) -> Any:
    """Without what XML cannot tell from nothing, and without what is shown and never read."""
    if isinstance(value, dict):
        inner = {name: whole(each) for name, each in value.items() if name != "LineEx"}
        return {name: each for name, each in inner.items() if each not in ({}, [], "", None)}
    if isinstance(value, list):
        return [whole(each) for each in value]
    return value


def read_back(name: str, object: Content) -> Content:
    root, envelope = read(written({name: object}))
    assert root == "IntuitResponse"
    found: Content = envelope[name]
    return found


def leaves(name: str) -> st.SearchStrategy[Any]:
    if name in BOOLEANS:
        return st.booleans()
    if name in NUMBERS:
        return NUMBER_VALUES
    if is_reference(name):
        return st.fixed_dictionaries({"value": IDS}, optional={"name": TEXTS, "type": TEXTS})
    return TEXTS


def lists(name: str) -> st.SearchStrategy[Any]:
    """Of what a list of that name may hold: lines with details, custom fields, links, names with values."""
    inner: dict[str, st.SearchStrategy[Any]] = {
        "Line": st.fixed_dictionaries(
            {"Id": IDS, "Amount": NUMBER_VALUES, "DetailType": st.just("SalesItemLineDetail")},
            optional={
                "Description": TEXTS,
                "LinkedTxn": st.lists(st.fixed_dictionaries({"TxnId": IDS, "TxnType": TEXTS}), min_size=1),
                "SalesItemLineDetail": st.fixed_dictionaries(
                    {"ItemRef": leaves("ItemRef"), "Qty": NUMBER_VALUES}, optional={"TaxCodeRef": leaves("TaxCodeRef")}
                ),
            },
        ),
        "CustomField": st.fixed_dictionaries({"DefinitionId": IDS, "StringValue": TEXTS}),
    }
    return st.lists(inner.get(name, st.fixed_dictionaries({"Name": TEXTS, "Value": TEXTS})), min_size=1, max_size=3)


HEADS = {"domain": st.just("QBO"), "sparse": st.booleans(), "MetaData": st.just({"CreateTime": "2026-01-05T09:00:00"})}


def member(name: str) -> st.SearchStrategy[Any]:
    if name in HEADS:
        return HEADS[name]
    return lists(name) if name in LISTS else leaves(name)


def objects(entity: str) -> st.SearchStrategy[Content]:
    """With the entity's own members in their order, present or not."""
    own = {name: member(name) for name in ENTITIES[entity].field}
    return st.fixed_dictionaries({"domain": own.pop("domain")}, optional=own)


ANY_OBJECT = st.sampled_from(sorted(ENTITIES)).flatmap(lambda name: st.tuples(st.just(name), objects(name)))


@given(ANY_OBJECT)
def test_any_object_comes_back_as_it_was(named: tuple[str, Content]) -> None:
    name, object = named
    assert read_back(name, object) == object


@given(ANY_OBJECT)
def test_members_keep_their_order_but_for_those_that_all_objects_share(named: tuple[str, Content]) -> None:
    name, object = named
    in_order = ENTITIES[name].ordered(object)
    shown = list(dict.fromkeys(child.tag.rpartition("}")[2] for child in fromstring(written({name: in_order}))[0]))
    elements = [member for member in in_order if member not in ("domain", "sparse")]
    shared = next(place for place, member in enumerate(in_order) if member == "domain")
    before = [member for member in list(in_order)[:shared] if member not in ("domain", "sparse")]
    assert shown == elements[len(before) :] + before


@pytest.fixture(scope="module")
def sample() -> QuickBooks:
    return QuickBooks(company="sample")


@pytest.mark.parametrize("entity", sorted(ENTITIES))
def test_every_object_of_the_sample_company_comes_back_as_it_was(sample: QuickBooks, entity: str) -> None:
    for object in sample.books.query(f"select * from {entity} maxresults 1000").rows or []:
        assert whole(read_back(entity, object)) == whole(object)
