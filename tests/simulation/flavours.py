"""Kinds of histories: how often each act comes. All are lived and judged alike."""

from __future__ import annotations

from collections.abc import Mapping

from tests.simulation.steps import AFTER_A_WRITE, ANYWHERE, BEFORE_A_COMMIT, BEFORE_A_WRITE, Flavour

OURS = {
    "enter contact here": 2,
    "edit contact here": 4,
    "rename contact here": 1,
    "enter invoice here": 5,
    "enter credit note here": 3,
    "do a days work here": 6,
    "enter draft here": 1,
    "approve here": 1,
    "edit document here": 7,
    "renumber here": 1,
    "void document here": 2,
    "pay here": 6,
    "pay in advance here": 2,
    "edit payment here": 3,
    "void payment here": 1,
    "apply payment here": 2,
    "unapply here": 2,
    "apply credit here": 2,
}
THEIRS = {
    "enter customer there": 2,
    "edit customer there": 3,
    "rename customer there": 1,
    "enter invoice there": 4,
    "enter credit memo there": 2,
    "edit form there": 6,
    "void form there": 2,
    "delete form there": 1,
    "pay there": 4,
    "pay in advance there": 1,
    "edit payment there": 2,
    "unapply there": 1,
    "apply credit there": 1,
    "deposit there": 1,
    "take out of deposit there": 1,
}
BETWEEN = {"sleep": 5, "sleep for weeks": 1, "storm": 7, "calm": 1, "reconnect": 2, "run": 26}
DECISIONS = {
    "settle conflict": 4,
    "say the same": 2,
    "say not the same": 2,
    "send again": 2,
    "void ours too": 2,
    "unlink one": 2,
    "link again": 1,
    "skip one": 1,
    "sync again": 1,
    "let through": 1,
    "accept merge": 2,
    "accept write off": 2,
    "change policy": 2,
    "take everybody along": 1,
    "move sync from": 1,
}
OF_THE_COMPANY = {
    "close books there": 2,
    "open books there": 1,
    "deactivate customer there": 1,
    "reactivate customer there": 1,
    "merge customers there": 1,
    "choose numbers there": 1,
    "pay for a sub customer there": 1,
    "enter a cheque here too there": 1,
    "delete and enter again there": 1,
    "settle by journal entry there": 1,
    "reconcile there": 1,
    "revoke there": 1,
}


def _more(weights: Mapping[str, int], **more: int) -> dict[str, int]:
    return {**weights, **{act.replace("_", " "): weight for act, weight in more.items()}}


FLAVOURS = {
    "daily work": Flavour({**OURS, **THEIRS, **BETWEEN}),
    "bad weather": Flavour(
        _more({**OURS, **THEIRS, **BETWEEN}, storm=22, run=34, edit_form_there=12, edit_customer_there=6),
        interrupted=0.6,
    ),
    "both at once": Flavour(
        _more({**OURS, **THEIRS, **BETWEEN}, edit_document_here=14, edit_form_there=14, edit_contact_here=6, storm=3)
    ),
    "decisions": Flavour({**OURS, **THEIRS, **BETWEEN, **DECISIONS}),
    "the whole company": Flavour({**OURS, **THEIRS, **BETWEEN, **DECISIONS, **OF_THE_COMPANY}),
    "long gaps": Flavour(_more({**OURS, **THEIRS, **BETWEEN}, sleep_for_weeks=12, delete_form_there=4)),
}


ALL_DAY = {**OURS, **THEIRS, **BETWEEN}

# Each of these makes one kind of trouble likely, of which the others have a little.
CROWDED = Flavour(
    _more(ALL_DAY, do_a_days_work_here=14, enter_contact_here=6, enter_invoice_there=10, pay_there=8)
    | {"storm": 2, "writes fail": 5, "run": 40},
    interrupted=0.9,
    workers={"overtake": 1.0, "second worker": 1.0},
    points=((BEFORE_A_COMMIT, 3), (BEFORE_A_WRITE, 1), (ANYWHERE, 12)),
)
THE_SAME_AT_ONCE = Flavour(
    _more(ALL_DAY, edit_document_here=16, edit_contact_here=8, storm=3, run=40)
    | {"edit the same there": 10, "edit the same here": 8, "settle conflict": 10},
    interrupted=0.9,
    workers={"die": 0.05, "overtake": 0.05},
    points=((BEFORE_A_WRITE, 1), (BEFORE_A_COMMIT, 4), (ANYWHERE, 12)),
    inner={"edit the same there": 150, "edit the same here": 100},
)
LOST_ANSWERS = Flavour(
    _more(ALL_DAY, do_a_days_work_here=16, enter_contact_here=4, edit_document_here=10, storm=3, run=40)
    | {"answers are lost": 14, "writes fail": 5},
    workers={"die": 1.5, "overtake": 0.2},
    points=((AFTER_A_WRITE, 1), (BEFORE_A_COMMIT, 4), (BEFORE_A_WRITE, 1)),
)
LOOKALIKES = Flavour(
    {**ALL_DAY, "enter namesakes": 8, "enter one number twice": 8, "enter a cheque here too there": 4}
    | {"say the same": 2, "say not the same": 4, "run": 34},
)
FAILING_READS = Flavour(
    _more(ALL_DAY, edit_form_there=14, edit_customer_there=8, enter_invoice_there=8, delete_form_there=3, sleep=10)
    | {"reads fail": 16, "storm": 3, "run": 36},
    points=((BEFORE_A_COMMIT, 1), ("after a request", 1), (ANYWHERE, 12)),
    world={"late_visibility_s": 120, "request_id_memory_s": 30 * 24 * 3600},
)
SHORT_LIVED_TOKENS = Flavour(
    {**ALL_DAY, "sleep for hours": 16, "run": 34},
    interrupted=0.8,
    workers={"die": 0.7, "overtake": 0.7},
    world={"rotate_refresh_token": "always", "previous_refresh_token_s": 0},
)
TOLD = Flavour(
    _more(ALL_DAY, enter_invoice_there=8, edit_form_there=10, pay_there=8, storm=3, run=40),
    around=("webhooks",),
)
BATCHES = Flavour(
    _more(ALL_DAY, do_a_days_work_here=22, edit_document_here=14, pay_here=8, storm=4, run=36)
    | {"batches fail in part": 26, "answers are lost": 3},
    around=("small batches",),
)
ODDITIES = Flavour(
    _more(ALL_DAY, enter_invoice_there=8, edit_form_there=10, delete_form_there=4, storm=3, reconnect=6, run=36)
    | {"deletions are told falsely": 16, "rights are refused": 2}
    | {"switch multi currency on there": 2, "enter a foreign invoice there": 6},
)
TWO_COMPANIES = Flavour(
    _more(ALL_DAY, run=28)
    | {"enter next door": 8, "spoil next door": 3, "disconnect next door": 4, "connect next door": 6}
    | {"run next door": 12},
    around=("neighbour",),
    inner={"run next door": 150},
)
SMALL_PAGES = Flavour(
    _more(ALL_DAY, enter_invoice_there=14, edit_form_there=12, pay_there=10, edit_customer_there=6, storm=2, run=18)
    | {"take everybody along": 2},
    world={"cdc_cap": 8},
    around=("small pages",),
)
BACKUPS = Flavour(
    _more(ALL_DAY, reconnect=8, storm=4, run=36) | {"back up": 9, "restore": 9},
    inner={"back up": 30},
)
EACH_BY_ITSELF = Flavour(
    _more(ALL_DAY, edit_document_here=10, void_document_here=4, edit_form_there=10, run=20) | {"run of one alone": 46}
)
TAKEN_BACK = Flavour(
    _more(ALL_DAY, do_a_days_work_here=10, edit_document_here=12, edit_form_there=14, edit_contact_here=6, storm=4)
    | {"run": 44, "take back a run": 16, "settle conflict": 6, "send again": 5, "void ours too": 2, "unlink one": 1}
    | {"skip one": 1, "sync again": 1},
)
# Of the seeds that end in 8, by the two digits before it.
SPECIAL = (
    *(THE_SAME_AT_ONCE, LOST_ANSWERS, LOOKALIKES, FAILING_READS, SHORT_LIVED_TOKENS),
    *(THE_SAME_AT_ONCE, TOLD, BATCHES, TWO_COMPANIES, ODDITIES),
    *(THE_SAME_AT_ONCE, LOST_ANSWERS, LOOKALIKES, FAILING_READS, EACH_BY_ITSELF),
    *(SMALL_PAGES, BACKUPS, TAKEN_BACK, TAKEN_BACK, ODDITIES),
)


def flavour_of(seed: int) -> Flavour:
    """Each seed has its own, so that no list of seeds leaves one out for long."""
    match seed % 10:
        case 9:
            return CROWDED
        case 8:
            return SPECIAL[seed // 10 % len(SPECIAL)]
        case _:
            return list(FLAVOURS.values())[seed % len(FLAVOURS)]
