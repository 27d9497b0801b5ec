"""Who may do what, company by company."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from .models import Company, Membership, Role, User
from .services.refusal import refuse


class Act(StrEnum):
    SEE = "see"
    EDIT = "edit"  # records
    RUN = "run"
    LINK = "link"  # unlink, relink, sync this account or don't
    RESOLVE = "resolve"  # conflicts; after a delete, merge or write-off; release the mass-change guard; undo
    RECONNECT = "reconnect"
    SETTINGS = "settings"
    PEOPLE = "people"
    CONNECT = "connect"
    FORGET_LINKS = "forget_links"


_MEMBER = {Act.SEE, Act.EDIT, Act.RUN}
_ADMIN = _MEMBER | {Act.LINK, Act.RESOLVE, Act.RECONNECT, Act.SETTINGS, Act.PEOPLE}
RIGHTS: dict[str, set[Act]] = {
    Role.VIEWER: {Act.SEE},
    Role.MEMBER: _MEMBER,
    Role.ADMIN: _ADMIN,
    Role.OWNER: _ADMIN | {Act.CONNECT, Act.FORGET_LINKS},
}


def may(user: AbstractBaseUser | AnonymousUser, company: Company, act: str) -> bool:
    return Act(act) in RIGHTS.get(role_of(user, company), set())


def role_of(user: AbstractBaseUser | AnonymousUser, company: Company) -> str:
    """Empty for someone who is not of the company, or no longer active."""
    if not user.is_authenticated or not user.is_active:
        return ""
    roles = Membership.objects.filter(user=user.pk, company=company).values_list("role", flat=True)
    return roles.first() or ""


def companies_of(user: User) -> QuerySet[Company]:
    return Company.objects.filter(memberships__user=user, memberships__user__is_active=True).order_by("name")


def whom_to_ask(company: Company, act: str) -> list[User]:
    """Those who have the right, owners first, for "ask Anna to do it"."""
    able = [role for role, acts in RIGHTS.items() if Act(act) in acts]
    members = Membership.objects.filter(company=company, role__in=able, user__is_active=True).select_related("user")
    return [m.user for m in sorted(members, key=lambda m: (m.role != Role.OWNER, m.user.email))]


def add_user(email: str, company: Company, role: str, *, by: User | None = None) -> tuple[User, bool]:
    """The user, and whether the account is new: then it has no password yet, see `passwords`.

    `by` is the person who does it; None is the command line, whose user owns the data anyway.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise refuse("Is not an e-mail address, such as anna@example.com.", "email") from None
    _check_grant(company, role, by)
    with transaction.atomic():
        user = User.objects.filter(email=email).first()
        new = user is None
        if user is None:
            user = User.objects.create_user(email)
        elif Membership.objects.filter(user=user, company=company).exists():
            raise refuse(f"{email} is of {company} already. Change the role instead.", "email")
        Membership.objects.create(user=user, company=company, role=role)
    return user, new


def set_role(user: User, company: Company, role: str, *, by: User | None = None) -> None:
    with transaction.atomic():
        membership = _membership(user, company)
        _check_grant(company, membership.role, by)
        _check_grant(company, role, by)
        if role != Role.OWNER:
            _keep_an_owner(membership)
        membership.role = role
        membership.save()


def remove_user(user: User, company: Company, *, by: User | None = None) -> None:
    """The account stays, for other companies and as the name behind past changes."""
    with transaction.atomic():
        membership = _membership(user, company)
        _check_grant(company, membership.role, by)
        _keep_an_owner(membership)
        membership.delete()


def _membership(user: User, company: Company) -> Membership:
    Company.objects.select_for_update().get(pk=company.pk)
    membership = Membership.objects.filter(user=user, company=company).first()
    if membership is None:
        raise refuse(f"{user.email} is not of {company}.", "email")
    return membership


def _check_grant(company: Company, role: str, by: User | None) -> None:
    if role not in Role.values:
        raise refuse(f"Is one of {', '.join(Role.values)}.", "role")
    if by is None:
        return
    if not may(by, company, Act.PEOPLE):
        raise refuse("Only an owner or an admin may do that.")
    if role == Role.OWNER and role_of(by, company) != Role.OWNER:
        raise refuse("Only an owner can make or change an owner.", "role")


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(company=membership.company, role=Role.OWNER, user__is_active=True)
    if membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise refuse("A company needs an owner: make someone else one first.", "role")
