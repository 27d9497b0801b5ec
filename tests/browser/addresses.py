"""Every page that a member can open, by name."""

from __future__ import annotations

from django.urls import reverse
from tests.pages.scene import Scene

from tieout.sync.models import Run


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
        "preview": of("preview"),
        "audit": of("audit"),
        "audit-of-record": f"{of('audit')}?record={scene.failed.pk}",
        "release": of("release"),
        "merged": of("merged-result", scene.merged.pk),
        "second-name": of("second-name-of-result", scene.merged.pk),
        "void-there": of("void-there-of-result", scene.deleted.pk),
        "undo-run": of("undo-run", Run.objects.filter(company=scene.company).latest("pk").pk),
        "written-off": of("written-off-result", scene.written_off.pk),
        "task": of("task", scene.task.pk),
        "settings": of("settings"),
        "accounts": of("accounts"),
        "account": of("account", scene.contact.pk),
        "invoices": of("invoices"),
        "invoice": of("invoice", scene.invoice.pk),
        "credit-notes": of("credit-notes"),
        "credit-note": of("credit-note", scene.credit_note.pk),
        "payments": of("payments"),
        "payment": of("payment", scene.payment.pk),
        "new-account": of("new-account"),
        "edit-account": of("edit-account", scene.contact.pk),
        "new-invoice": of("new-invoice"),
        "edit-invoice": of("edit-invoice", scene.invoice.pk),
        "void-invoice": of("void-invoice", scene.invoice.pk),
        "new-payment": of("new-payment"),
        "pay-invoice": f"{of('new-payment')}?invoice={scene.open_invoice.pk}",
        "edit-payment": of("edit-payment", scene.payment.pk),
        "void-payment": of("void-payment", scene.payment.pk),
        "apply-credit-note": of("apply-credit-note", scene.credit_note.pk),
        "unlink": f"{of('unlink')}?link={scene.linked_account.pk}",
        "relink": f"{of('relink')}?link={scene.unlinked.pk}",
        "conflict": of("conflict-of-result", scene.conflict.pk),
        "twins": of("twins-of-result", scene.twins.pk),
        "deleted": of("deleted-result", scene.deleted.pk),
        "sync-account": of("sync-account", scene.contact.pk),
        "skip-account": of("skip-account", scene.contact.pk),
        "search": f"{of('search')}?q=smith",
        "people": of("people"),
        "remove-member": of("remove-member", scene.owner.memberships.get(company=scene.company).pk),
        "integrations": of("integrations"),
        "quickbooks": of("quickbooks"),
        "not-found": "/no/such/page/",
    }
