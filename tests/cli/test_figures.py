from __future__ import annotations

from collections import Counter

from tieout.cli.exits import Exit
from tieout.cli.figures import Outcome, as_sentence, summary


def test_figures_are_the_sum_over_companies() -> None:
    outcomes = [
        Outcome(Exit.DONE, 0, 2, {"contact": {"Synced": 40}, "invoice": {}}, Counter(Core=3), 7),
        Outcome(
            Exit.ATTENTION,
            1,
            0,
            {"contact": {"Synced": 2, "Failed": 1}, "account": {"Synced": 9}},
            Counter(CorePlus=4),
            1,
        ),
    ]
    assert summary(outcomes) == {
        "tie_out": {"differences": 1, "explained": 2},
        "records": {
            "contact": {"Synced": 42, "Failed": 1},
            "invoice": {},
            "account": {"Synced": 9},
        },
        "calls": {"Core": 3, "CorePlus": 4},
        "writes": 8,
    }


def test_adding_up_leaves_the_outcomes_as_they_were() -> None:
    outcomes = [
        Outcome(Exit.DONE, records={"contact": {"Synced": 1}}),
        Outcome(Exit.DONE, records={"contact": {"Synced": 1}}),
    ]
    assert summary(outcomes) == summary(outcomes)


def test_the_sentence_says_whether_the_books_agree() -> None:
    assert as_sentence(summary([Outcome(Exit.DONE, writes=1)])) == "Both books agree; 1 write, 0 calls."
    differing = summary([Outcome(Exit.ATTENTION, differences=1_200, calls=Counter(Core=1))])
    assert as_sentence(differing) == "1,200 records differ; 0 writes, 1 call."


def test_books_that_could_not_be_read_are_not_said_to_agree() -> None:
    told = as_sentence(summary([Outcome(Exit.NOT_NOW)]), Exit.NOT_NOW)
    assert told == "As last read, both books agree; 0 writes, 0 calls."
