"""Every open question about QuickBooks' behaviour, as a setting whose default is the likelier answer.

Where Intuit's documents contradict each other or say nothing, a client has to survive either answer;
these switches let a test try both.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass
class Settings:
    # -- the wire
    #: How long the answer to a requestid is remembered and replayed.
    request_id_memory_s: int = 30 * 24 * 3600
    #: A requestid that comes again: answered as the first time, or refused (600) as one of Intuit's pages has it.
    repeated_request_id: Literal["replay", "refuse"] = "replay"
    #: Whether a fault is replayed for its requestid too, or the request is tried anew.
    replay_faults: bool = False
    #: Another body under a requestid that is known: answered with the first answer, or refused (600).
    other_body_under_request_id: Literal["replay", "refuse"] = "replay"
    #: Whether a requestid counts on an upload too.
    request_id_on_upload: bool = True
    #: "daily": the refresh token's value changes about once a day; "always": with each refresh.
    rotate_refresh_token: Literal["daily", "always"] = "daily"  # noqa: S105 - a habit, not a secret
    #: How long a rotated-out refresh token still works; 0 is "dies at once".
    previous_refresh_token_s: int = 0
    #: A refresh with a value that no longer works: refused only, or the grant ended too.
    reused_refresh_token: Literal["refuse", "revoke"] = "refuse"  # noqa: S105 - a habit, not a secret
    #: What a query's STARTPOSITION 0 means.
    startposition_zero: Literal["one", "refuse"] = "one"
    #: `select Id, Name`: sparse objects of what was asked for, or whole ones.
    projection: Literal["sparse", "whole"] = "sparse"
    #: MAXRESULTS above 1000: refused (4001), or taken as 1000.
    too_many_results: Literal["refuse", "cap"] = "refuse"
    #: How long a commit is not yet seen by queries and change data capture, though LastUpdatedTime is that of the
    #: commit. Reading by id sees it at once.
    late_visibility_s: int = 0
    #: Items in one batch request; a page of Intuit's documents still says 10.
    max_batch_items: int = 30
    #: Whether a batch is metered as one call, or each of its items as one.
    batch_metered: Literal["once", "per_item"] = "once"
    #: In which letters the gateway tells its refusals (401, 403, 429).
    gateway_envelope: Literal["lower", "upper"] = "lower"
    #: Where a client accepts any format: "as_asked" is JSON if it calls its body JSON, else XML.
    answer_where_any_is_accepted: Literal["as_asked", "xml", "json"] = "as_asked"
    #: Whether requests per minute and per second are limited.
    limits_on: bool = True
    #: Objects in one answer of change data capture, and whether each entity has its own share.
    cdc_cap: int = 1000
    cdc_cap_shared: bool = True
    #: What change data capture shows for an entity without changes.
    cdc_without_changes: Literal["empty_object", "omit"] = "empty_object"
    #: How far back change data capture looks.
    cdc_lookback_days: int = 30

    # -- webhooks
    #: Whether a customer or account is told of when only its balance moved.
    webhook_for_balances: bool = False
    #: What the app hears when an entry of a list is made inactive.
    webhook_when_inactive: Literal["update", "delete"] = "update"
    #: How CloudEvents call a void.
    webhook_void_word: Literal["void", "voided"] = "void"
    #: While a notification waits to be sent again: later ones are sent, or withheld until it is acknowledged.
    webhook_after_failure: Literal["go_on", "withhold"] = "go_on"

    # -- the company
    #: The language in which faults are told; codes are the same in all. The books themselves stay in English.
    fault_language: Literal["en", "fr"] = "en"
    #: The subscription; Simple Start and Essentials lack classes (5030).
    plan: Literal["Simple Start", "Essentials", "Plus", "Advanced"] = "Plus"

    # -- the rules of the books
    #: What voiding does to a PrivateNote that was there.
    void_note: Literal["prepend", "replace"] = "prepend"
    #: What a voided transaction says of itself; a company in another language may have another word.
    void_word: Literal["Voided", "Annulé"] = "Voided"
    #: A CreditMemo that the API is asked to void: refused, or answered with 200 and left as it is.
    void_credit_memo: Literal["refuse", "nothing"] = "refuse"
    #: The form in which a Payment is voided: operation=void, operation=update&include=void, or either.
    void_payment_by: Literal["either", "void", "update"] = "either"
    #: The longest DisplayName; Intuit's table says 500, users report 100.
    longest_display_name: int = 500
    #: Whether names that differ in case only are the same name.
    names_ignore_case: bool = True
    #: A sales line whose Amount is not UnitPrice x Qty: refused (6070), or its amount worked out anew.
    amount_mismatch: Literal["refuse", "recompute"] = "refuse"
    #: A sales line that names no item: sells the company's default item, or is refused (2020).
    line_without_item: Literal["default_item", "refuse"] = "default_item"
    #: Lines on receivables or payables that one journal entry may have.
    journal_control_lines: Literal["many", "one"] = "many"
    #: A document that something is attached to: left as it is, or its LastUpdatedTime moves, or SyncToken too.
    attachment_moves_document: Literal["no", "time", "token"] = "no"
    #: An Invoice with a payment applied: voided with the payment set free, or refused.
    void_paid_invoice: Literal["release", "refuse"] = "release"
    #: Void, delete or lower an Invoice whose Payment lies in a bank deposit.
    release_deposited_payment: Literal["release", "refuse"] = "release"
    #: A Payment line above the open balance of its document.
    over_application: Literal["refuse", "unapply"] = "refuse"
    #: A Payment line for a document of an unrelated customer.
    payment_for_other_customer: Literal["refuse", "unapply"] = "refuse"
    #: An Invoice whose new total lies below what was applied to it.
    total_below_applied: Literal["release", "refuse"] = "release"
    #: Whether the number counter follows a DocNumber that a client chose while numbering was automatic.
    counter_follows_sent_number: bool = True
    #: A DocNumber that a client chose while numbering was automatic: kept, or replaced by the next number.
    sent_number: Literal["keep", "replace"] = "keep"
    #: A CreditMemo, Bill or VendorCredit whose amounts come to 0, as clients write them for want of a void.
    zero_total: Literal["allow", "refuse"] = "allow"
    #: Tax after an update that sends lines but no TxnTaxDetail.
    tax_without_detail: Literal["recompute", "keep"] = "recompute"
    #: A name-list entry with an open balance that the API makes inactive: left as it is, refused (6220), or, of a
    #: customer, written off with a CreditMemo as when a person does it.
    deactivate_with_balance: Literal["allow", "refuse", "write_off"] = "allow"
    #: Sales forms with an empty list of lines.
    empty_lines: Literal["refuse", "allow"] = "refuse"
    #: A write dated in the closed period: refused with 6210 (the company has a closing password) or 6200 (it has
    #: none), or let through as where the company only warns.
    closed_period: Literal["refuse", "refuse_without_password", "warn"] = "refuse"
    #: How the name that was merged away shows afterwards.
    merged_name: Literal["deleted", "inactive"] = "deleted"
    #: Whether a merge moves LastUpdatedTime and SyncToken of the documents that change their customer.
    merge_touches_documents: bool = True
    #: A line for a customer on a purchase that does not say whether it is billable.
    customer_on_expense_line: Literal["NotBillable", "Billable"] = "NotBillable"
    #: Numbers used twice. In QuickBooks each is a switch of the company that the API does not show.
    duplicate_check_numbers: Literal["refuse", "allow"] = "refuse"
    duplicate_bill_numbers: Literal["refuse", "allow"] = "allow"
    duplicate_journal_numbers: Literal["refuse", "allow"] = "allow"
