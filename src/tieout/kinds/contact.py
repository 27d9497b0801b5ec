"""A contact, kept in QuickBooks as a Customer or, for suppliers, as a Vendor."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from typing import Any

import msgspec

from .fields import active_name, folded, member, of_groups, ref, text, without_blanks
from .kind import Kind, Likeness, Object, Problem, Traits, Values
from .limits import control_characters, too_long

ROLES = {"Customer": "customer", "Vendor": "supplier"}
"""By the entity as which QuickBooks keeps a contact. A name is taken there only once, over both."""
LONGEST = {
    "name": 500,
    "company_name": 100,
    "given_name": 100,
    "family_name": 100,
    "email": 100,
    "phone": 30,
    "mobile": 30,
    "fax": 30,
    "website": 1000,
}
LONGEST_IN_ADDRESS = {"city": 255, "state": 255, "postal_code": 30, "country": 255}
STREET_LINES, LONGEST_LINE = 5, 500
EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")


class Address(msgspec.Struct, frozen=True, kw_only=True):
    street: str = ""  # one line of ours per Line1..Line5 of QuickBooks
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


class Contact(Values, frozen=True, kw_only=True):
    name: str
    company_name: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    fax: str = ""
    website: str = ""
    address: Address = Address()
    active: bool = True
    currency: str = ""  # empty: the company's own


def _street(address: Any) -> str:
    lines = (text(address.get(f"Line{n}")) for n in range(1, 6))
    return "\n".join(line for line in lines if line)


def _address(value: Any) -> Address:
    if not isinstance(value, dict):
        return Address()
    return Address(
        street=_street(value),
        city=text(value.get("City")),
        state=text(value.get("CountrySubDivisionCode")),
        postal_code=text(value.get("PostalCode")),
        country=text(value.get("Country")),
    )


def parse(obj: Object) -> Contact:
    return Contact(
        name=active_name(obj.get("DisplayName")),
        company_name=text(obj.get("CompanyName")),
        given_name=text(obj.get("GivenName")),
        family_name=text(obj.get("FamilyName")),
        email=member(obj.get("PrimaryEmailAddr"), "Address"),
        phone=member(obj.get("PrimaryPhone"), "FreeFormNumber"),
        mobile=member(obj.get("Mobile"), "FreeFormNumber"),
        fax=member(obj.get("Fax"), "FreeFormNumber"),
        website=member(obj.get("WebAddr"), "URI"),
        address=_address(obj.get("BillAddr")),
        active=bool(obj.get("Active", True)),
        currency=ref(obj.get("CurrencyRef")) or "",
    )


def _address_body(address: Address, latest: Object | None) -> Object:
    lines = address.street.split("\n") if address.street else []
    body = {f"Line{n}": line for n, line in enumerate(lines, 1)}
    body |= {
        "City": address.city,
        "CountrySubDivisionCode": address.state,
        "PostalCode": address.postal_code,
        "Country": address.country,
    }
    if latest and (there := latest.get("BillAddr")):
        # A sparse update replaces the address as a whole; its Id keeps it the same one.
        return {"Id": there["Id"], **body} if "Id" in there else body
    return without_blanks(body)


def body(values: Contact, groups: Collection[str], latest: Object | None, *, their_tax: bool) -> Object:  # noqa: ARG001
    writers: dict[str, Object] = {
        "name": {"DisplayName": values.name},
        "person": {"GivenName": values.given_name, "FamilyName": values.family_name},
        "company name": {"CompanyName": values.company_name},
        "e-mail": {"PrimaryEmailAddr": {"Address": values.email}},
        "phone": {"PrimaryPhone": {"FreeFormNumber": values.phone}},
        "mobile": {"Mobile": {"FreeFormNumber": values.mobile}},
        "fax": {"Fax": {"FreeFormNumber": values.fax}},
        "web address": {"WebAddr": {"URI": values.website}},
        "address": {"BillAddr": _address_body(values.address, latest)},
    }
    written = of_groups(writers, groups)
    return written if latest else without_blanks(written)


GROUPS = {
    "name": lambda c: c.name,
    "person": lambda c: (c.given_name, c.family_name),
    "company name": lambda c: c.company_name,
    "e-mail": lambda c: c.email,
    "phone": lambda c: c.phone,
    "mobile": lambda c: c.mobile,
    "fax": lambda c: c.fax,
    "web address": lambda c: c.website,
    "address": lambda c: c.address,
    "active": lambda c: c.active,
}

FIELDS = {
    "name": ("name",),
    "person": ("given_name", "family_name"),
    "company name": ("company_name",),
    "e-mail": ("email",),
    "phone": ("phone",),
    "mobile": ("mobile",),
    "fax": ("fax",),
    "web address": ("website",),
    "address": ("address",),
    "active": ("active",),
}


def traits(values: Contact) -> Traits:
    return Traits(name=folded(values.name))


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-10:]


def _facts_against(ours: Contact, theirs: Contact) -> bool:
    """Where both have an e-mail, phone or postcode, at least one must agree."""
    pairs = [
        (ours.email.casefold(), theirs.email.casefold()),
        (_digits(ours.phone), _digits(theirs.phone)),
        (folded(ours.address.postal_code), folded(theirs.address.postal_code)),
    ]
    known = [(mine, other) for mine, other in pairs if mine and other]
    return bool(known) and all(mine != other for mine, other in known)


def likeness(ours: Contact, theirs: Contact) -> Likeness:
    if folded(ours.name) != folded(theirs.name):
        return Likeness.NONE
    sure = theirs.active and not _facts_against(ours, theirs)
    return Likeness.SURE if sure else Likeness.CANDIDATE


def _street_problems(address: Address) -> list[Problem]:
    lines = address.street.split("\n")
    if len(lines) > STREET_LINES:
        return [Problem(reason="street_lines", facts={"count": str(len(lines)), "limit": str(STREET_LINES)})]
    if max(map(len, lines)) > LONGEST_LINE:
        return [Problem(reason="too_long", facts={"field": "street", "longest": str(LONGEST_LINE)})]
    return []


def problems(values: Contact) -> list[Problem]:
    found = []
    names = (values.name, values.given_name, values.family_name)
    if not values.name:
        found.append(Problem(reason="name_missing"))
    if any(character in name for name in names for character in ":\t\n\r"):
        found.append(Problem(reason="name_characters", facts={"name": values.name}))
    found += too_long(values, LONGEST) + too_long(values.address, LONGEST_IN_ADDRESS) + _street_problems(values.address)
    found += control_characters(values, FIELDS)
    if values.email and not EMAIL.fullmatch(values.email):
        found.append(Problem(reason="email_form", facts={"email": values.email}, group="e-mail"))
    if values.website and not values.website.lower().startswith(("http://", "https://")):
        found.append(Problem(reason="website_form", facts={"website": values.website}, group="web address"))
    return found


def remarks(obj: Object) -> list[Problem]:
    if not ref(obj.get("ParentRef")):
        return []
    parent, _, _ = text(obj.get("FullyQualifiedName")).rpartition(":")
    return [Problem(reason="sub_customer", facts={"parent": parent or f"customer {ref(obj['ParentRef'])}"})]


_contact = partial(
    Kind,
    name="contact",
    values=Contact,
    groups=GROUPS,
    fields=FIELDS,
    parse=parse,
    body=body,
    traits=traits,
    likeness=likeness,
    problems=problems,
    remarks=remarks,
    inward_groups=frozenset({"active"}),
    has_active=True,
)
CUSTOMER: Kind[Contact] = _contact(entity="Customer")
VENDOR: Kind[Contact] = _contact(entity="Vendor")
