from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from tieout.subledger import people
from tieout.subledger.models import Company, Membership, Role, User
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused

TABLE = {
    # act: owner, admin, member, viewer
    Act.SEE: (True, True, True, True),
    Act.EDIT: (True, True, True, False),
    Act.RUN: (True, True, True, False),
    Act.LINK: (True, True, False, False),
    Act.RESOLVE: (True, True, False, False),
    Act.RECONNECT: (True, True, False, False),
    Act.SETTINGS: (True, True, False, False),
    Act.PEOPLE: (True, True, False, False),
    Act.CONNECT: (True, False, False, False),
    Act.FORGET_LINKS: (True, False, False, False),
}


def member(company: Company, role: str) -> User:
    return people.add_user(f"{role}@example.com", company, role)[0]


def test_the_table_names_every_act() -> None:
    assert set(TABLE) == set(Act)


@pytest.mark.parametrize(
    ("act", "role", "allowed"),
    [
        (act, role, allowed)
        for act, row in TABLE.items()
        for role, allowed in zip(("owner", "admin", "member", "viewer"), row, strict=True)
    ],
)
def test_each_role_may_do_what_the_table_says(company: Company, act: Act, role: str, allowed: bool) -> None:
    assert people.may(member(company, role), company, act) is allowed


@pytest.mark.parametrize("act", list(Act))
def test_strangers_may_nothing(company: Company, other_company: Company, act: Act) -> None:
    elsewhere = member(other_company, "owner")
    assert not people.may(elsewhere, company, act)
    assert not people.may(AnonymousUser(), company, act)


def test_an_inactive_user_may_nothing(company: Company) -> None:
    user = member(company, "owner")
    user.is_active = False
    user.save()
    assert not people.may(user, company, "see")
    assert not people.companies_of(user).exists()


def test_an_unknown_act_is_a_bug_and_not_a_no(company: Company) -> None:
    with pytest.raises(ValueError, match="fly"):
        people.may(member(company, "owner"), company, "fly")


def test_one_user_has_a_role_in_each_company(company: Company, other_company: Company) -> None:
    user, new = people.add_user(" Anna@Example.com ", company, Role.OWNER)
    again, known = people.add_user("anna@example.com", other_company, Role.VIEWER)
    assert (user, new, known) == (again, True, False)
    assert list(people.companies_of(user)) == [company, other_company]
    assert [people.role_of(user, its) for its in (company, other_company)] == ["owner", "viewer"]


def test_a_new_user_has_no_password_yet(company: Company) -> None:
    assert not member(company, "member").has_usable_password()


@pytest.mark.parametrize(("email", "role", "field"), [("nobody", "member", "email"), ("a@example.com", "boss", "role")])
def test_a_wrong_address_or_role_is_refused(company: Company, email: str, role: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        people.add_user(email, company, role)
    assert field in refused.value.errors
    assert not User.objects.exists()


def test_the_same_person_is_not_added_twice(company: Company) -> None:
    member(company, "viewer")
    with pytest.raises(Refused, match="Change the role instead"):
        member(company, "viewer")


def test_an_admin_manages_people_but_makes_no_owner(company: Company) -> None:
    owner, admin, viewer = (member(company, role) for role in ("owner", "admin", "viewer"))
    people.set_role(viewer, company, Role.MEMBER, by=admin)
    for act in (
        lambda: people.set_role(viewer, company, Role.OWNER, by=admin),
        lambda: people.set_role(owner, company, Role.VIEWER, by=admin),
        lambda: people.remove_user(owner, company, by=admin),
        lambda: people.add_user("new@example.com", company, Role.OWNER, by=admin),
    ):
        with pytest.raises(Refused, match="Only an owner"):
            act()


def test_a_member_manages_nobody(company: Company) -> None:
    viewer = member(company, "viewer")
    with pytest.raises(Refused, match="Only an owner or an admin"):
        people.remove_user(viewer, company, by=member(company, "member"))


def test_the_last_owner_stays(company: Company) -> None:
    owner = member(company, "owner")
    with pytest.raises(Refused, match="needs an owner"):
        people.remove_user(owner, company)
    with pytest.raises(Refused, match="needs an owner"):
        people.set_role(owner, company, Role.ADMIN)
    other, _ = people.add_user("second@example.com", company, Role.OWNER)
    people.remove_user(owner, company, by=other)
    assert [m.user for m in Membership.objects.all()] == [other]


def test_those_who_may_can_be_named(company: Company) -> None:
    admin, owner = member(company, "admin"), member(company, "owner")
    member(company, "viewer")
    assert people.whom_to_ask(company, "reconnect") == [owner, admin]
