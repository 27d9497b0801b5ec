from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.quickbooks.fakes import VirtualClock

from tieout import clock
from tieout.mails.models import Mail
from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.connecting import history, notices
from tieout.quickbooks.connecting.access import StoredAccess
from tieout.quickbooks.connecting.causes import WORDS, Cause
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Membership, Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time() -> Iterator[VirtualClock]:
    virtual = VirtualClock()
    with clock.using(virtual):
        yield virtual


def person(email: str, role: Role, company: Company) -> User:
    user = User.objects.create_user(email)
    Membership.objects.create(user=user, company=company, role=role)
    return user


@pytest.fixture
def connection(company: Company) -> Connection:
    anna = person("anna@example.com", Role.ADMIN, company)
    person("olga@example.com", Role.OWNER, company)
    return Connection.objects.create(
        company=company, realm_id="1", status=Connection.Status.CONNECTED, company_name="Flats LLC", connected_by=anna
    )


def lose(company: Company, cause: Cause) -> None:
    with Session() as session:
        StoredAccess(Connection.objects.get(company=company), session).lost(cause)


def reconnect(company: Company) -> None:
    Connection.objects.update(status=Connection.Status.CONNECTED, cause="")
    history.note(company.pk, history.What.RECONNECTED)


@pytest.mark.parametrize("cause", list(Cause))
def test_who_connected_is_told_why_once(cause: Cause, connection: Connection) -> None:
    lose(connection.company, cause)
    for _ in range(3):
        notices.check()
    mail = Mail.objects.get()
    assert mail.to == "anna@example.com"
    assert WORDS[cause].what in mail.text
    assert f"/c/{connection.pk}/settings/integrations/quickbooks/reconnect/" in mail.html


def test_each_loss_is_told_and_one_that_is_mended_already_is_not(connection: Connection) -> None:
    lose(connection.company, Cause.DISCONNECTED)
    notices.check()
    reconnect(connection.company)
    lose(connection.company, Cause.DISCONNECTED)
    reconnect(connection.company)
    notices.check()
    lose(connection.company, Cause.NO_LONGER_ADMIN)
    notices.check()
    assert Mail.objects.count() == 2


def test_what_a_person_has_ended_is_not_lost(connection: Connection) -> None:
    with Session() as session:
        access = StoredAccess(connection, session)
        Connection.objects.update(status=Connection.Status.DISCONNECTED)
        access.lost(Cause.DISCONNECTED)
    notices.check()
    assert Connection.objects.get().status == Connection.Status.DISCONNECTED
    assert not Mail.objects.exists()


def test_the_owners_are_told_when_who_connected_may_not_mend_it_any_more(connection: Connection) -> None:
    Membership.objects.filter(user=connection.connected_by).update(role=Role.MEMBER)
    lose(connection.company, Cause.UNUSED)
    notices.check()
    assert [mail.to for mail in Mail.objects.all()] == ["olga@example.com"]


def test_an_end_that_comes_near_is_told_14_7_and_2_days_before(connection: Connection, time: VirtualClock) -> None:
    Connection.objects.update(refresh_expires_at=time.now() + timedelta(days=20))
    told = []
    for day in range(20):
        before = Mail.objects.count()
        for _ in range(3):
            notices.check()
        told += [20 - day] * (Mail.objects.count() - before)
        time.sleep(86_400)
    assert told == [14, 7, 2]


def test_a_renewed_authorisation_begins_anew_and_its_full_age_is_told_all_the_same(
    connection: Connection, time: VirtualClock
) -> None:
    hard = time.now() + timedelta(days=13)
    Connection.objects.update(refresh_expires_at=time.now() + timedelta(days=100), hard_expires_at=hard)
    notices.check()
    assert "full age" in Mail.objects.get().text
    Connection.objects.update(hard_expires_at=time.now() + timedelta(days=1800))
    notices.check()
    assert Mail.objects.count() == 1
