"""Strict or forgiving: many settings at once.

Strict is QuickBooks on its worst day: of every doubt the answer that a client finds harder. Who gets through that
gets through the other. Forgiving is for a first try, when the question is what a call does and not what it may do.
"""

from dataclasses import replace
from typing import Any, Literal

from quickbooks_sandbox.settings import Settings

Manner = Literal["usual", "strict", "forgiving"]

MANNERS: dict[Manner, dict[str, Any]] = {
    "usual": {},
    "strict": {
        "answer_where_any_is_accepted": "xml",
        "amount_mismatch": "refuse",
        "attachment_moves_document": "token",
        "batch_metered": "per_item",
        "cdc_cap_shared": True,
        "cdc_without_changes": "omit",
        "closed_period": "refuse",
        "deactivate_with_balance": "refuse",
        "duplicate_bill_numbers": "refuse",
        "duplicate_check_numbers": "refuse",
        "duplicate_journal_numbers": "refuse",
        "empty_lines": "refuse",
        "journal_control_lines": "one",
        "late_visibility_s": 1,
        "limits_on": True,
        "line_without_item": "refuse",
        "longest_display_name": 100,
        "names_ignore_case": True,
        "other_body_under_request_id": "refuse",
        "over_application": "refuse",
        "payment_for_other_customer": "refuse",
        "previous_refresh_token_s": 0,
        "release_deposited_payment": "refuse",
        "repeated_request_id": "replay",
        "reused_refresh_token": "revoke",
        "rotate_refresh_token": "always",
        "sent_number": "replace",
        "startposition_zero": "refuse",
        "too_many_results": "refuse",
        "total_below_applied": "refuse",
        "void_paid_invoice": "refuse",
        "zero_total": "refuse",
    },
    "forgiving": {
        "answer_where_any_is_accepted": "json",
        "amount_mismatch": "recompute",
        "closed_period": "warn",
        "deactivate_with_balance": "allow",
        "duplicate_bill_numbers": "allow",
        "duplicate_check_numbers": "allow",
        "duplicate_journal_numbers": "allow",
        "empty_lines": "allow",
        "limits_on": False,
        "line_without_item": "default_item",
        "over_application": "unapply",
        "payment_for_other_customer": "unapply",
        "previous_refresh_token_s": 24 * 3600,
        "repeated_request_id": "replay",
        "reused_refresh_token": "refuse",
        "startposition_zero": "one",
        "too_many_results": "cap",
        "total_below_applied": "release",
        "void_paid_invoice": "release",
        "void_payment_by": "either",
        "zero_total": "allow",
    },
}


def with_manner(settings: Settings, manner: Manner) -> Settings:
    return replace(settings, **MANNERS[manner])
