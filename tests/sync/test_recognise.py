"""Which of several likenesses link by themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tieout.kinds.invoice import INVOICE, Invoice
from tieout.sync.matching.recognise import Pool, recognise

ONE = Invoice(contact="1", date=date(2026, 3, 1), number="1001", total=Decimal(100))


def alike(**changes: object) -> Invoice:
    return msgspec.structs.replace(ONE, **changes)


def test_the_only_sure_one_on_either_side_is_linked_while_connecting() -> None:
    found = recognise(INVOICE, Pool({1: ONE}, {"a": ONE}), connecting=True)
    assert found.sure == {1: "a"}


def test_after_connecting_every_twin_is_a_question() -> None:
    found = recognise(INVOICE, Pool({1: ONE}, {"a": ONE}), connecting=False)
    assert (found.sure, found.for_ours[1], found.for_theirs["a"]) == ({}, ["a"], [1])


def test_two_sure_ones_are_both_a_question() -> None:
    found = recognise(INVOICE, Pool({1: ONE}, {"a": ONE, "b": ONE}), connecting=True)
    assert (found.sure, found.for_ours[1]) == ({}, ["a", "b"])


def test_a_sure_one_wins_over_mere_candidates() -> None:
    pool = Pool({1: ONE, 2: alike(number="1002")}, {"a": ONE})
    found = recognise(INVOICE, pool, connecting=True)
    assert (found.sure, found.for_ours[2]) == ({1: "a"}, [])


VOID = alike(void=True)


def test_what_was_voided_here_is_still_the_one_that_lives_in_quickbooks_while_connecting() -> None:
    found = recognise(INVOICE, Pool({1: VOID}, {"a": ONE}), connecting=True)
    assert found.sure == {1: "a"}


def test_what_was_voided_here_leaves_it_to_the_one_that_took_its_place() -> None:
    found = recognise(INVOICE, Pool({1: VOID, 2: ONE}, {"a": ONE}), connecting=True)
    assert found.sure == {2: "a"}


def test_after_connecting_what_was_voided_before_it_was_sent_resembles_nothing() -> None:
    found = recognise(INVOICE, Pool({1: VOID}, {"a": ONE}), connecting=False)
    assert (found.sure, found.for_ours[1], found.for_theirs["a"]) == ({}, [], [])


numbers = st.sampled_from(["", "1", "2", "3"])
totals = st.sampled_from([Decimal(1), Decimal(2)])
contacts = st.sampled_from(["1", "2"])
some = st.lists(st.builds(alike, number=numbers, total=totals, contact=contacts, void=st.booleans()), max_size=6)


@given(some, some, st.booleans())
def test_nothing_is_linked_twice_and_what_is_linked_is_no_longer_a_question(
    ours: list[Invoice], theirs: list[Invoice], connecting: bool
) -> None:
    pool = Pool(dict(enumerate(ours)), {str(n): each for n, each in enumerate(theirs)})
    found = recognise(INVOICE, pool, connecting=connecting)
    assert len(set(found.sure.values())) == len(found.sure)
    assert not any(found.for_ours[ours_id] for ours_id in found.sure)
    for ours_id, ids in found.for_ours.items():
        assert all(ours_id in found.for_theirs[id_] for id_ in ids)
