"""Companies ask for their tokens side by side."""

from __future__ import annotations

import threading
from typing import cast

from multidict import CIMultiDict

from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.calling.transport import HttpRequest, HttpResponse
from tieout.quickbooks.connecting.keys import Keys
from tieout.quickbooks.connecting.oauth import OAuth

DISCOVERY = b'{"authorization_endpoint": "https://one.test/connect", "token_endpoint": "https://one.test/bearer"}'


class Answering:
    """Stands for a session of which each answer may be waited for."""

    def __init__(self, when: threading.Event) -> None:
        self.when, self.asked = when, threading.Event()

    def fetch(self, request: HttpRequest) -> HttpResponse:
        self.asked.set()
        assert self.when.wait(30)
        return HttpResponse(200, CIMultiDict(), DISCOVERY)


def oauth(session: Answering) -> OAuth:
    return OAuth(cast(Session, session), "https://one.test", Keys("id", "secret"))


def test_a_company_whose_answer_is_slow_holds_no_other_one_up() -> None:
    slow, quick = Answering(threading.Event()), Answering(threading.Event())
    quick.when.set()
    waiting = threading.Thread(target=lambda: oauth(slow).authorise_url("https://two.test", "state"))
    waiting.start()
    assert slow.asked.wait(30)
    asking = threading.Thread(target=lambda: oauth(quick).authorise_url("https://two.test", "state"))
    asking.start()
    done = quick.asked.wait(5)
    slow.when.set()
    waiting.join()
    asking.join()
    assert done
