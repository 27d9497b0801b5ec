"""Every page that a member can open, by name."""

from __future__ import annotations

from django.urls import reverse
from tests.pages.scene import Scene


def addresses(scene: Scene) -> dict[str, str]:
    def of(name: str, *args: int) -> str:
        return reverse(name, args=[scene.company.pk, *args])

    return {
        "companies": reverse("companies"),
        "overview": of("overview"),
        "results": of("results"),
        "results-open": f"{of('results')}?open={scene.failed.pk}",
        "results-none": f"{of('results')}?q=nothing+like+this",
        "result": of("result", scene.failed.pk),
        "runs": of("run"),
        "flag": of("flag"),
        "tie-out": of("tie-out"),
        "accounts": of("accounts"),
        "account": of("account", scene.contact.pk),
        "invoices": of("invoices"),
        "invoice": of("invoice", scene.invoice.pk),
        "credit-notes": of("credit-notes"),
        "credit-note": of("credit-note", scene.credit_note.pk),
        "payments": of("payments"),
        "payment": of("payment", scene.payment.pk),
        "search": f"{of('search')}?q=smith",
        "integrations": of("integrations"),
        "quickbooks": of("quickbooks"),
        "not-found": "/no/such/page/",
    }
