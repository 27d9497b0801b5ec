"""Who comes back from QuickBooks must be who was sent there, in the same browser, once."""

from datetime import timedelta

import pytest
from pytest_django import Settings
from tests.quickbooks.conftest import ServedSandbox
from tests.quickbooks.fakes import VirtualClock

from tieout import clock
from tieout.quickbooks.connecting import consent
from tieout.quickbooks.connecting.consent import NotExpected
from tieout.quickbooks.models import ConsentAsked
from tieout.subledger.models import Company, User

REDIRECT = "http://127.0.0.1:8000/quickbooks/connected/"
SESSION = "session-of-anna"


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna@example.com")


@pytest.fixture
def state(company: Company, anna: User, sandbox: ServedSandbox, settings: Settings) -> str:
    settings.QUICKBOOKS_SANDBOX = sandbox.origin
    url = consent.ask(company, anna, SESSION, REDIRECT)
    assert url.startswith(f"{sandbox.origin}/connect/oauth2?")
    return url.rsplit("state=", 1)[1].split("&")[0]


def test_the_right_person_in_the_right_browser_is_let_on_once(state: str, anna: User, company: Company) -> None:
    asked = consent.answered(state, anna, SESSION)
    assert (asked.company, asked.redirect_uri) == (company, REDIRECT)
    with pytest.raises(NotExpected):
        consent.answered(state, anna, SESSION)


def test_another_browser_is_refused_and_uses_the_state_up(state: str, anna: User) -> None:
    with pytest.raises(NotExpected):
        consent.answered(state, anna, "session-of-a-thief")
    with pytest.raises(NotExpected):
        consent.answered(state, anna, SESSION)


def test_another_person_is_refused(state: str) -> None:
    with pytest.raises(NotExpected):
        consent.answered(state, User.objects.create_user("eve@example.com"), SESSION)


@pytest.mark.parametrize("invented", ["", "x", "0" * 43])
def test_a_state_that_nobody_was_sent_with_is_refused(invented: str, state: str, anna: User) -> None:
    with pytest.raises(NotExpected):
        consent.answered(invented, anna, SESSION)


def test_an_answer_that_comes_too_late_is_refused(
    company: Company, anna: User, sandbox: ServedSandbox, settings: Settings
) -> None:
    settings.QUICKBOOKS_SANDBOX = sandbox.origin
    virtual = VirtualClock()
    with clock.using(virtual):
        state = consent.ask(company, anna, SESSION, REDIRECT).rsplit("state=", 1)[1].split("&")[0]
        virtual.sleep(timedelta(minutes=31).total_seconds())
        with pytest.raises(NotExpected):
            consent.answered(state, anna, SESSION)


def test_the_state_itself_is_not_stored(state: str) -> None:
    row = ConsentAsked.objects.get()
    assert state not in "".join(str(value) for value in vars(row).values())
    assert SESSION not in "".join(str(value) for value in vars(row).values())
