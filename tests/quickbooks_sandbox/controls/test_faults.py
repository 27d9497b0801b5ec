import pytest

from quickbooks_sandbox.parts.fault_plan import BadRule, FaultPlan, Subject

BASE = "/v3/company/9341450000000001"
INVOICE = Subject("POST", f"{BASE}/invoice", "", b"{}")


def plan(raw: str) -> FaultPlan:
    made = FaultPlan()
    made.replace(raw.encode())
    return made


def strikes(made: FaultPlan, subject: Subject, times: int) -> list[bool]:
    return [made.strike(subject) is not None for _ in range(times)]


def test_a_rule_without_conditions_strikes_every_request() -> None:
    assert strikes(plan('[{"status": 500}]'), INVOICE, 3) == [True] * 3


def test_nth_strikes_only_the_nth_request_that_matches() -> None:
    made = plan('[{"method": "post", "nth": 2, "status": 500}]')
    assert made.strike(Subject("GET", f"{BASE}/invoice/1", "", b"")) is None
    assert strikes(made, INVOICE, 4) == [False, True, False, False]


def test_rules_count_what_they_match_even_while_another_strikes() -> None:
    made = plan('[{"nth": 1, "status": 500}, {"nth": 2, "status": 503}]')
    struck = [made.strike(INVOICE) for _ in range(3)]
    assert [rule and rule.status for rule in struck] == [500, 503, None]


@pytest.mark.parametrize(
    ("path", "struck"),
    [("/invoice", True), ("invoice$", True), (r"company/\d+/inv", True), ("/customer", False), ("^/invoice", False)],
)
def test_a_path_is_searched_as_a_regular_expression(path: str, struck: bool) -> None:
    assert (plan(f'[{{"path": "{path}", "status": 500}}]'.replace("\\", "\\\\")).strike(INVOICE) is not None) == struck


def test_a_path_may_name_the_query_too() -> None:
    subject = Subject("POST", f"{BASE}/invoice", "operation=delete&minorversion=75", b"{}")
    assert plan('[{"path": "invoice?operation=delete", "status": 500}]').strike(subject)


@pytest.mark.parametrize(
    ("subject", "struck"),
    [
        (INVOICE, True),
        (Subject("GET", f"{BASE}/query", "query=select * from invoice where Id = '1'", b""), True),
        (Subject("POST", f"{BASE}/query", "", b"select * from Invoice"), True),
        (Subject("GET", f"{BASE}/cdc", "entities=Customer,Invoice&changedSince=2026-01-01", b""), True),
        (Subject("POST", f"{BASE}/batch", "", b'{"BatchItemRequest":[{"Invoice":{}}]}'), True),
        (Subject("POST", f"{BASE}/batch", "", b'{"BatchItemRequest":[{"Customer":{}}]}'), False),
        (Subject("POST", f"{BASE}/batch", "", b'{"BatchItemRequest":[{"CDCQuery":{"Entities":"Invoice"}}]}'), False),
        (Subject("POST", f"{BASE}/customer", "", b'{"DisplayName":"Invoice"}'), False),
    ],
)
def test_an_entity_is_found_in_path_statement_list_and_batch(subject: Subject, struck: bool) -> None:
    assert (plan('[{"entity": "Invoice", "status": 500}]').strike(subject) is not None) == struck


def test_chance_is_the_same_each_time_a_plan_is_laid() -> None:
    raw = '[{"probability": 0.5, "status": 500}]'
    first = strikes(plan(raw), INVOICE, 50)
    assert first == strikes(plan(raw), INVOICE, 50)
    assert 10 < sum(first) < 40


@pytest.mark.parametrize(
    "raw",
    [
        "{}",
        "nothing",
        '[{"cut": "sideways"}]',
        '[{"statsu": 500}]',
        '[{"path": "(", "status": 500}]',
        '[{"nth": 0, "status": 500}]',
        '[{"probability": 2, "status": 500}]',
        '[{"entity": "Invoice"}]',
        '[{"status": 500, "cut": "before"}]',
        '[{"status": 500, "cut": "lost"}]',
        '[{"cut": "after", "body": "x"}]',
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(raw: str) -> None:
    with pytest.raises(BadRule):
        plan(raw)


def test_a_member_that_is_null_is_as_good_as_left_out() -> None:
    raw = (
        '[{"method": null, "path": null, "entity": null, "nth": null, "probability": null, "status": 500,'
        ' "body": null, "delay_ms": null, "cut": null}]'
    )
    assert plan(raw).rules == plan('[{"status": 500}]').rules


def test_a_refused_plan_leaves_the_one_before_in_place() -> None:
    made = plan('[{"status": 500}]')
    with pytest.raises(BadRule):
        made.replace(b"[{}]")
    assert made.strike(INVOICE)
