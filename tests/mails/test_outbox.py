from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from tieout import clock
from tieout.mails import outbox
from tieout.mails.letter import Letter
from tieout.mails.models import Mail
from tieout.mails.outbox import deliver, post

pytestmark = pytest.mark.django_db
LETTER = Letter("Access lost", ("QuickBooks <no> longer lets us in.", "12 documents wait."), "/c/1/", "Reconnect")


class MovingClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def time() -> Iterator[MovingClock]:
    moving = MovingClock()
    with clock.using(moving):
        yield moving


def test_a_letter_is_sent_in_text_and_html(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://books.example.com"
    post("lost:1", ["anna@example.com"], LETTER)
    assert deliver() == 1
    (sent,) = django_mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    assert sent.to == ["anna@example.com"]
    assert sent.body == (
        "QuickBooks <no> longer lets us in.\n\n12 documents wait.\n\nReconnect:\nhttps://books.example.com/c/1/\n"
    )
    html, kind = sent.alternatives[0]
    assert isinstance(html, str)
    assert kind == "text/html"
    assert "QuickBooks &lt;no&gt; longer" in html
    assert 'href="https://books.example.com/c/1/"' in html


def test_one_event_is_told_once_to_each_person() -> None:
    for _ in range(3):
        post("lost:1", ["anna@example.com", "ben@example.com", "anna@example.com"], LETTER)
        deliver()
    post("lost:2", ["anna@example.com"], LETTER)
    deliver()
    told = [message.to[0] for message in django_mail.outbox]
    assert told == ["anna@example.com", "ben@example.com", "anna@example.com"]


def test_what_could_not_be_sent_is_tried_again_later(monkeypatch: pytest.MonkeyPatch, time: MovingClock) -> None:
    post("lost:1", ["anna@example.com"], LETTER)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert deliver() == 0
        assert Mail.objects.get().error == "ConnectionRefusedError: nobody there"
    assert deliver() == 0
    time.sleep(121)
    assert deliver() == 1
    assert Mail.objects.get().error == ""
    time.sleep(86_400)
    assert deliver() == 0


def refuse(*_: object) -> None:
    raise ConnectionRefusedError("nobody there")


def test_a_mail_that_another_sender_has_taken_up_is_left_to_it() -> None:
    post("lost:1", ["anna@example.com"], LETTER)
    seen_before = Mail.objects.get()
    assert deliver() == 1
    assert not outbox._taken(seen_before)
