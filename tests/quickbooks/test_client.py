import re
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs
from tests.quickbooks.fakes import FakeAccess, FakeTransport, Handler, VirtualClock, fault, respond

from tieout import clock
from tieout.quickbooks.calling.client import Client
from tieout.quickbooks.calling.limits import Limits
from tieout.quickbooks.calling.transport import AnswerLost, HttpRequest, HttpResponse, NothingSent
from tieout.quickbooks.connecting.causes import WORDS, Cause
from tieout.quickbooks.errors import AccessLost, Outage, ReadFailed, Throttled
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Batched, Done, NotSent, Refused, Unknown

READ = requests.read("Customer", "1")
NOTHING = respond(200, b'{"QueryResponse":{}}')
CUSTOMER = respond(200, b'{"Customer":{"Id":"1"}}')


@dataclass
class Bench:
    client: Client
    transport: FakeTransport
    access: FakeAccess
    clock: VirtualClock

    @property
    def waited(self) -> float:
        return (self.clock.now() - VirtualClock().now()).total_seconds()


@contextmanager
def talking_to(handler: Handler, limits: Limits | None = None, at_once: int = 10) -> Iterator[Bench]:
    virtual, access = VirtualClock(), FakeAccess()
    transport = FakeTransport(handler, virtual)
    client = Client("http://qbo/v3/company/9", access, transport.session(), limits, at_once)
    with clock.using(virtual), client:
        yield Bench(client, transport, access, virtual)


def creates(number: int, entity: str = "Invoice") -> list[requests.Request]:
    return [requests.create(entity, b'{"n":%d}' % i, f"r-{i}") for i in range(number)]


def echo(request: HttpRequest) -> HttpResponse:
    return respond(200, b'{"Invoice":{"Id":"5","Echo":%s}}' % (request.body or b"null"))


def in_turn(*answers: HttpResponse | Exception) -> Handler:
    left = list(answers)

    def handler(request: HttpRequest) -> HttpResponse:
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return handler


class TestSending:
    def test_answers_come_in_the_order_of_the_requests(self) -> None:
        with talking_to(echo) as bench:
            answers = bench.client.send(creates(25))
        assert [answer.object["Echo"]["n"] for answer in answers if isinstance(answer, Done)] == list(range(25))

    def test_names_the_realm_the_token_and_json(self) -> None:
        with talking_to(echo) as bench:
            bench.client.send(creates(1))
        (sent,) = bench.transport.sent
        assert sent.url == "http://qbo/v3/company/9/invoice?requestid=r-0"
        assert sent.headers["Authorization"] == "Bearer token-0"
        assert sent.headers["Accept"] == sent.headers["Content-Type"] == "application/json"

    def test_a_request_does_not_show_its_token(self) -> None:
        with talking_to(echo) as bench:
            bench.client.send(creates(1))
        assert "token-0" not in repr(bench.transport.sent)

    def test_a_batch_is_answered_by_item_whatever_became_of_it(self) -> None:
        with talking_to(in_turn(AnswerLost("reset"))) as bench:
            (answer,) = bench.client.send([requests.batch(creates(2), "b")])
        assert isinstance(answer, Batched)
        assert [type(item) for item in answer.answers] == [Unknown, Unknown]

    def test_nothing_to_send_sends_nothing(self) -> None:
        with talking_to(echo) as bench:
            assert bench.client.send([]) == []
        assert bench.transport.sent == []

    def test_closing_closes_the_transport(self) -> None:
        with talking_to(echo) as bench:
            pass
        assert bench.transport.closed


class TestCounting:
    def test_successful_calls_are_counted_by_class(self) -> None:
        with talking_to(in_turn(CUSTOMER, CUSTOMER, respond(200, b'{"Invoice":{"Id":"1"}}'))) as bench:
            bench.client.send([READ, READ])
            bench.client.send(creates(1))
        assert (bench.client.calls.core, bench.client.calls.core_plus) == (1, 2)

    def test_refused_and_lost_calls_are_not_counted(self) -> None:
        with talking_to(in_turn(respond(400, fault("6240")), AnswerLost("x"))) as bench:
            bench.client.send(creates(2))
        assert bench.client.calls.core == 0


class TestLimits:
    def test_no_second_sees_more_than_ten_requests(self) -> None:
        with talking_to(echo, Limits()) as bench:
            bench.client.send(creates(35))
        at = bench.transport.sent_at
        assert all(later - first >= timedelta(seconds=1) for first, later in zip(at, at[10:], strict=False))

    def test_no_minute_sees_more_than_five_hundred_requests(self) -> None:
        with talking_to(echo, Limits()) as bench:
            bench.client.send(creates(1100))
        at = bench.transport.sent_at
        assert all(later - first >= timedelta(minutes=1) for first, later in zip(at, at[500:], strict=False))

    def test_no_minute_sees_more_than_forty_batches(self) -> None:
        batches = [requests.batch([requests.query("SELECT * FROM Item")], f"b{i}") for i in range(90)]
        empty = respond(200, b'{"BatchItemResponse":[{"bId":"1","QueryResponse":{}}]}')
        with talking_to(in_turn(empty), Limits()) as bench:
            bench.client.send(batches)
        at = bench.transport.sent_at
        assert all(later - first >= timedelta(minutes=1) for first, later in zip(at, at[40:], strict=False))

    def test_two_clients_of_one_company_share_its_limits(self) -> None:
        limits = Limits()
        with talking_to(echo, limits) as first:
            first.client.send(creates(10))
        with talking_to(echo, limits) as second:
            second.client.send(creates(1))
        assert second.waited >= 1

    def test_without_limits_nothing_waits(self) -> None:
        with talking_to(echo) as bench:
            bench.client.send(creates(600))
        assert bench.waited == 0

    def test_a_clock_that_is_set_back_does_not_make_it_wait_for_the_old_time(self) -> None:
        limits = Limits()
        late = VirtualClock().now() + timedelta(days=1)
        for _ in range(10):
            limits.reserve(late)
        assert limits.reserve(VirtualClock().now()) == 0


class TestThrottle:
    def test_waits_a_minute_and_sends_again(self) -> None:
        with talking_to(in_turn(respond(429), CUSTOMER)) as bench:
            assert bench.client.get(READ).object["Id"] == "1"
        assert bench.waited == 60

    def test_waits_as_long_as_told(self) -> None:
        with talking_to(in_turn(respond(429, Retry_After="7"), CUSTOMER)) as bench:
            bench.client.get(READ)
        assert bench.waited == 7

    def test_waits_once_in_a_run_and_then_gives_up(self) -> None:
        with talking_to(in_turn(respond(429))) as bench:
            answers = bench.client.send(creates(20))
            with pytest.raises(Throttled):
                bench.client.check()
        assert bench.waited == 60
        assert {type(answer) for answer in answers} == {Refused, NotSent}

    def test_is_known_by_its_code_too(self) -> None:
        with talking_to(in_turn(respond(403, fault("3001", "SERVICE")), CUSTOMER)) as bench:
            bench.client.get(READ)
        assert bench.waited == 60

    def test_does_not_wait_for_hours(self) -> None:
        with talking_to(in_turn(respond(429, Retry_After="7200"))) as bench:
            bench.client.send(creates(1))
            with pytest.raises(Throttled):
                bench.client.check()
        assert bench.waited == 0


class TestExpiredToken:
    def test_is_renewed_once_for_all_that_were_under_way_and_all_are_sent_again(self) -> None:
        def handler(request: HttpRequest) -> HttpResponse:
            if request.headers["Authorization"] == "Bearer token-0":
                return respond(401, fault("3200", "AUTHENTICATION"))
            return echo(request)

        with talking_to(handler) as bench:
            answers = bench.client.send(creates(30))
        assert all(isinstance(answer, Done) for answer in answers)
        assert bench.access.renewals == 1

    def test_that_is_refused_when_fresh_ends_the_connection(self) -> None:
        with talking_to(in_turn(respond(401))) as bench:
            answers = bench.client.send(creates(30))
            with pytest.raises(AccessLost, match="just renewed"):
                bench.client.check()
        assert bench.access.renewals == 1
        assert bench.access.lost_because is Cause.REFUSED
        assert {type(answer) for answer in answers} <= {Refused, NotSent}


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (respond(403, fault("3100", "SERVICE")), Cause.NOT_COVERED),
        (respond(403, b"<x>message=ApplicationAuthorizationFailed; errorCode=003100"), Cause.NOT_COVERED),
        (respond(401, fault("120", "AuthorizationFault")), Cause.NO_LONGER_ADMIN),
        (respond(400, fault("6190")), Cause.SUBSCRIPTION_ENDED),
    ],
)
def test_a_connection_that_quickbooks_ended_is_marked_and_not_renewed(answer: HttpResponse, cause: Cause) -> None:
    with talking_to(in_turn(answer)) as bench:
        bench.client.send(creates(20))
        with pytest.raises(AccessLost, match=re.escape(WORDS[cause].what)):
            bench.client.check()
    assert bench.access.lost_because is cause
    assert bench.access.renewals == 0
    assert len(bench.transport.sent) <= 10


class TestOutage:
    @pytest.mark.parametrize("trouble", [AnswerLost("reset"), NothingSent("refused"), respond(503), respond(200, b"{")])
    def test_reads_are_tried_again_after_a_pause(self, trouble: HttpResponse | Exception) -> None:
        with talking_to(in_turn(trouble, trouble, CUSTOMER)) as bench:
            assert bench.client.get(READ).object["Id"] == "1"
        assert bench.waited == 3

    def test_failures_are_forgotten_once_something_succeeds(self) -> None:
        lost = AnswerLost("reset")
        with talking_to(in_turn(lost, lost, CUSTOMER, lost, lost, CUSTOMER)) as bench:
            assert bench.client.get(READ).object == bench.client.get(READ).object

    @pytest.mark.parametrize("trouble", [AnswerLost("reset"), NothingSent("refused"), respond(503)])
    def test_reads_that_keep_failing_end_in_an_outage(self, trouble: HttpResponse | Exception) -> None:
        with talking_to(in_turn(trouble)) as bench, pytest.raises(Outage):
            bench.client.get(READ)
        assert len(bench.transport.sent) == 3

    @pytest.mark.parametrize("trouble", [AnswerLost("reset"), respond(500), respond(200, b"")])
    def test_a_write_whose_answer_does_not_tell_is_sent_once(self, trouble: HttpResponse | Exception) -> None:
        with talking_to(in_turn(trouble)) as bench:
            (answer,) = bench.client.send(creates(1))
            bench.client.check()
        assert isinstance(answer, Unknown)
        assert len(bench.transport.sent) == 1

    def test_a_write_that_never_left_is_sent_again(self) -> None:
        with talking_to(in_turn(NothingSent("refused"), respond(200, b'{"Invoice":{"Id":"5"}}'))) as bench:
            (answer,) = bench.client.send(creates(1))
        assert isinstance(answer, Done)

    def test_writes_that_cannot_leave_are_answered_not_sent(self) -> None:
        with talking_to(in_turn(NothingSent("refused"))) as bench:
            answers = bench.client.send(creates(100))
            with pytest.raises(Outage, match="refused"):
                bench.client.check()
        assert {type(answer) for answer in answers} == {NotSent}

    def test_a_row_of_lost_writes_stops_the_rest_from_being_lost_too(self) -> None:
        with talking_to(in_turn(respond(503))) as bench:
            answers = bench.client.send(creates(1000))
            with pytest.raises(Outage):
                bench.client.check()
        assert len(bench.transport.sent) < 25
        assert sum(isinstance(answer, Unknown) for answer in answers) == len(bench.transport.sent)

    def test_single_lost_writes_do_not_stop_the_others(self) -> None:
        def handler(request: HttpRequest) -> HttpResponse:
            return respond(500) if b"7" in (request.body or b"") else echo(request)

        with talking_to(handler, at_once=1) as bench:
            answers = bench.client.send(creates(69))
            bench.client.check()
        assert sum(isinstance(answer, Unknown) for answer in answers) == 7

    @pytest.mark.parametrize("code", ["130", "140", "150"])
    def test_a_company_out_of_service_stops_reads_and_writes_without_ending_the_connection(self, code: str) -> None:
        with talking_to(in_turn(respond(400, fault(code, "SystemFault")))) as bench:
            answers = bench.client.send([READ, *creates(50)])
            with pytest.raises(Outage, match="out of reach: "):
                bench.client.check()
        assert bench.access.lost_because is None
        assert {type(answer) for answer in answers} == {Refused, NotSent}

    def test_after_trouble_nothing_more_is_sent(self) -> None:
        with talking_to(in_turn(NothingSent("refused"))) as bench:
            bench.client.send(creates(1))
            sent = len(bench.transport.sent)
            (answer,) = bench.client.send(creates(1))
        assert isinstance(answer, NotSent)
        assert len(bench.transport.sent) == sent


def test_a_read_that_is_refused_says_why() -> None:
    with (
        talking_to(in_turn(respond(400, fault("4001")))) as bench,
        pytest.raises(ReadFailed, match=r"refused a read \(4001\): d"),
    ):
        bench.client.get(READ)


def test_a_refused_write_leaves_the_rest_alone() -> None:
    def handler(request: HttpRequest) -> HttpResponse:
        return respond(400, fault("6240")) if request.body == b'{"n":3}' else echo(request)

    with talking_to(handler) as bench:
        answers = bench.client.send(creates(10))
        bench.client.check()
    assert [i for i, answer in enumerate(answers) if isinstance(answer, Refused)] == [3]


def test_a_mistake_of_our_own_is_not_taken_for_an_outage() -> None:
    with talking_to(in_turn(ZeroDivisionError())) as bench, pytest.raises(ZeroDivisionError):
        bench.client.send(creates(5))


@pytest.fixture
def logs() -> Iterator[list[MutableMapping[str, Any]]]:
    """Of every level, whatever is kept otherwise."""
    usual = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    with capture_logs() as logs:
        yield logs
    structlog.configure(**usual)


def test_each_call_is_logged_without_token_body_or_query(logs: list[MutableMapping[str, Any]]) -> None:
    with talking_to(in_turn(NOTHING, AnswerLost("reset"))) as bench:
        bench.client.send([requests.query("SELECT * FROM Customer WHERE DisplayName = 'Ada'")])
        bench.client.send([requests.create("Customer", b'{"DisplayName":"Ada"}', "r-1")])
    assert [(line["method"], line["path"]) for line in logs[:1]] == [("GET", "/query")]
    assert logs[-1] == {
        "event": "quickbooks_call",
        "log_level": "warning",
        "method": "POST",
        "path": "/customer",
        "ms": 0,
        "failed": "AnswerLost",
        "why": "reset",
    }
    assert "Ada" not in str(logs)
    assert "token-" not in str(logs)
