import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.quickbooks.wire.faults import Fault, Next, fault_in_text, faults_in, next_step

GATEWAY = {
    "warnings": None,
    "fault": {
        "error": [
            {
                "message": "message=AuthenticationFailed; errorCode=003200; statusCode=401",
                "detail": "Token expired: AB01",
                "code": "3200",
                "element": None,
            }
        ],
        "type": "AUTHENTICATION",
    },
    "time": 1601391072830,
}


def test_the_spelling_of_the_books_is_read() -> None:
    error = {"Message": "Stale Object Error", "Detail": "Stale", "code": "5010", "element": ""}
    (fault,) = faults_in({"Fault": {"Error": [error], "type": "ValidationFault"}}, 400, "t-1")
    assert fault == Fault("5010", "ValidationFault", "Stale Object Error", "Stale", "", 400, "t-1")


def test_the_spelling_of_the_gateway_is_read() -> None:
    (fault,) = faults_in(GATEWAY, 401, "t")
    assert (fault.code, fault.type, fault.detail) == ("3200", "AUTHENTICATION", "Token expired: AB01")


def test_codes_are_compared_without_leading_zeros() -> None:
    (fault,) = faults_in({"Fault": {"Error": [{"code": "003001"}]}}, 429, "")
    assert fault.code == "3001"


def test_several_errors_of_one_fault_are_kept() -> None:
    body = {"Fault": {"Error": [{"code": "2050"}, {"code": "2020"}], "type": "ValidationFault"}}
    assert [fault.code for fault in faults_in(body, 400, "")] == ["2050", "2020"]


def test_xml_of_the_gateway_gives_its_code() -> None:
    xml = b"<Fault><Error><Message>message=ThrottleExceeded; errorCode=003001; statusCode=429</Message></Error></Fault>"
    fault = fault_in_text(xml, 429, "")
    assert (fault.code, fault.message) == ("3001", "message=ThrottleExceeded")


def test_a_page_without_any_code_still_gives_a_fault() -> None:
    assert fault_in_text(b"<html>\xff Forbidden", 403, "").message == "HTTP status 403"


FAULT_WORDS = ["Fault", "fault", "Error", "error", "code"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["Fault", "fault", "Error", "error", "code"]), inner)
    ),
)


@given(json_values)
def test_no_shape_of_answer_breaks_the_reading(body: object) -> None:
    for fault in faults_in(body, 400, ""):
        assert isinstance(next_step(fault), Next)


@pytest.mark.parametrize(
    ("fault", "step"),
    [
        (Fault("3001", status=429), Next.RETRY_LATER),
        (Fault("", status=429), Next.RETRY_LATER),
        (Fault("3001", status=403), Next.RETRY_LATER),
        (Fault("", status=503), Next.RETRY_LATER),
        (Fault("10000", status=400), Next.RETRY_LATER),
        (Fault("150", status=400), Next.RETRY_LATER),
        (Fault("6000", detail="You can only add or edit one name at a time", status=400), Next.RETRY_LATER),
        (Fault("6000", detail="You must set a transaction amount", status=400), Next.PERSON),
        (Fault("3200", status=401), Next.RECONNECT),
        (Fault("3100", status=403), Next.RECONNECT),
        (Fault("120", status=401), Next.RECONNECT),
        (Fault("5010", status=400), Next.STALE),
        (Fault("610", status=400), Next.NOT_FOUND),
        (Fault("6190", status=400), Next.RECONNECT),
        (Fault("5030", status=400), Next.PERSON),
        (Fault("5020", status=400), Next.PERSON),
        (Fault("6240", status=400), Next.PERSON),
        (Fault("2010", status=400), Next.BUG),
        (Fault("4000", status=400), Next.BUG),
        (Fault("", status=404), Next.BUG),
        (Fault("98765-unheard-of", status=400), Next.PERSON),
    ],
)
def test_each_refusal_names_what_happens_next(fault: Fault, step: Next) -> None:
    assert next_step(fault) is step
