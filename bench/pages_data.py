"""A company of a size that hurts: 100,000 contacts and 1,000,000 results, copied by the database itself from one row of
each kind. The n-th row is told by arithmetic, so that both databases hold the same."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Model
from tests.pages import factories as make

from tieout.subledger.models import Company, User
from tieout.sync.models import Cursor

CONTACTS = 100_000
DOCUMENTS = {"invoice": 600_000, "credit_note": 50_000, "payment": 250_000}
NEW = 300  # invoices that no run has looked at yet
OTHERS = 40
COMPANY = "Northern Estates"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"


def build() -> tuple[Company, User]:
    company = make.company(COMPANY)
    make.connection(company)
    owner = make.person("owner@example.com", of=company)
    for number in range(OTHERS):
        other = make.company(f"Company {number:02}")
        make.person("owner@example.com", of=other)
        make.connection(other)
        make.run(other, NOW)
    with transaction.atomic():
        _fill(company)
    make.run(company, NOW.replace(hour=0))
    return company, owner


def settle() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _fill(company: Company) -> None:
    contact = make.contact(company, "Template")
    _copy(contact, CONTACTS, {"name": NAME.format(n="n"), "email": "'office' || n || '@example.com'"})
    invoice = make.invoice(contact)
    whose = {"contact_id": f"{contact.pk} + 1 + n * 7 % {CONTACTS}", "date": DAY, "status": STATUS}
    numbered = {"number": "'INV-' || (200000 + n)", "memo": "'rent of unit ' || n % 977"}
    _copy(invoice, DOCUMENTS["invoice"], whose | numbered)
    credit_note = make.credit_note(contact)
    _copy(credit_note, DOCUMENTS["credit_note"], whose | {"number": "'CN-' || n"})
    payment = make.payment(invoice)
    _copy(payment, DOCUMENTS["payment"], whose | {"reference": "'CHQ ' || n"})
    for record in (contact, invoice, credit_note, payment):
        named = NAME.format(n="n" if record is contact else f"(1 + n * 7 % {CONTACTS})")
        number = {"invoice": "'INV-' || (200000 + n)", "credit_note": "'CN-' || n", "payment": "'CHQ ' || n"}
        result = {
            "record_id": f"{record.pk} + n",
            "qbo_id": f"CASE WHEN n % 50 = 3 THEN NULL ELSE {_text('3000000 + n')} END",
            "number": number.get(record.kind, "''"),
            "name": named,
            "attempted_at": ATTEMPTED,
            "date": "NULL" if record is contact else DAY,
            **RESULT,
        }
        _copy(make.link(record), CONTACTS if record is contact else DOCUMENTS[record.kind], result)
    Cursor.objects.filter(company=company).update(ours=company.version)  # as a run leaves it that looked at all of them
    _copy(invoice, NEW, whose | {"number": "'NEW-' || n", "version": f"{company.version + 1}"})


def _copy(template: Model, count: int, told: dict[str, str]) -> None:
    columns = [str(field.column) for field in template._meta.concrete_fields if not field.primary_key]
    values = ", ".join(told.get(column, f"template.{column}") for column in columns)
    table = template._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) {NUMBERS.format(count=count)} "
            f"SELECT {values} FROM numbers, {table} template WHERE template.id = {template.pk}"
        )


def _text(expression: str) -> str:
    return f"CAST({expression} AS varchar)"


def _pick(of: str, *words: str) -> str:
    cases = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words))
    return f"CASE ({of}) % {len(words)} {cases} END"


FIRST = ("Alder", "Bright", "Castle", "Dunmore", "Elm", "Fair", "Greta", "Hollis", "Imogen", "Juniper", "Kestrel")
SECOND = ("Plumbing", "Dental", "Bakery", "Holdings", "Marine", "Joinery", "Studio", "Residents", "Supplies")
NAME = f"{_pick('{n} * 7', *FIRST)} || ' ' || {_pick('{n} / 13', *SECOND)} || ' ' || {{n}}"
STATUS = _pick("CASE WHEN n % 100 < 96 THEN 1 WHEN n % 100 < 98 THEN 0 ELSE 2 END", "draft", "approved", "void")

# 92.5 of 100 are synced. One reason is rare: five results, the oldest.
WHICH = "CASE WHEN n <= 5 THEN 5 WHEN n % 1000 < 925 THEN 0 WHEN n % 1000 < 950 THEN 1 WHEN n % 1000 < 970 THEN 2 "
WHICH += "WHEN n % 1000 < 990 THEN 3 ELSE 4 END"
RESULT = {
    "status": _pick(WHICH, "synced", "failed", "not_synced", "not_synced", "skipped", "failed"),
    "state": _pick(WHICH, "agreed", "held", "waiting", "unlinked", "skipped", "held"),
    "reason": _pick(WHICH, "", "closed_period", "waits_for", "unlinked", "drafts", "rare"),
    "details": _pick(
        WHICH,
        "",
        "It is dated 28 Feb, and the books in QuickBooks are closed up to 31 Mar.",
        "Waits for its customer, which could not be synced.",
        "Unlinked by owner@example.com.",
        "Drafts stay here until they are approved.",
        "QuickBooks says something unheard of.",
    ),
}
if connection.vendor == "postgresql":
    DAY = "DATE '2020-01-01' + n % 2500"
    ATTEMPTED = "TIMESTAMPTZ '2026-11-20 12:00Z' - (n % 600000) * INTERVAL '1 minute'"
else:
    DAY = "date('2020-01-01', '+' || (n % 2500) || ' days')"
    ATTEMPTED = "strftime('%Y-%m-%d %H:%M:%f000', '2026-11-20 12:00:00', '-' || (n % 600000) || ' minutes')"
