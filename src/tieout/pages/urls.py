from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tieout.pages.connection import urls as connection
from tieout.pages.records import lists
from tieout.pages.views import (
    audit,
    auth,
    companies,
    health,
    overview,
    people,
    preview,
    records,
    results,
    search,
    settings,
    sync,
    tasks,
    theme,
    tie_out,
)
from tieout.pages.views.deciding import accounts, linking, releasing, settling, undoing
from tieout.pages.views.editing import contacts, documents, payments
from tieout.subledger.models import CreditNote, Invoice


def editing(slug: str, model: type[Invoice] | type[CreditNote]) -> list[URLPattern]:
    of_it = {"model": model}
    return [
        path(f"{slug}s/new/", documents.new, of_it, name=f"new-{slug}"),
        path(f"{slug}s/<int:record>/edit/", documents.edit, of_it, name=f"edit-{slug}"),
        path(f"{slug}s/<int:record>/approve/", documents.approve, of_it, name=f"approve-{slug}"),
        path(f"{slug}s/<int:record>/void/", documents.void, of_it, name=f"void-{slug}"),
        path(f"{slug}s/<int:record>/delete/", documents.delete, of_it, name=f"delete-{slug}"),
    ]


of_a_company: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("search/", search.search, name="search"),
    path("accounts/", records.records, {"shown": lists.ACCOUNTS}, name="accounts"),
    path("accounts/<int:record>/", records.account, name="account"),
    path("invoices/", records.records, {"shown": lists.INVOICES}, name="invoices"),
    path("invoices/<int:record>/", records.document, {"model": Invoice}, name="invoice"),
    path("credit-notes/", records.records, {"shown": lists.CREDIT_NOTES}, name="credit-notes"),
    path("credit-notes/<int:record>/", records.document, {"model": CreditNote}, name="credit-note"),
    path("payments/", records.records, {"shown": lists.PAYMENTS}, name="payments"),
    path("payments/<int:record>/", records.payment, name="payment"),
    path("accounts/new/", contacts.new, name="new-account"),
    path("accounts/offered/", contacts.offered, name="offered-accounts"),
    path("accounts/<int:record>/edit/", contacts.edit, name="edit-account"),
    *editing("invoice", Invoice),
    *editing("credit-note", CreditNote),
    path("credit-notes/<int:record>/apply/", payments.apply_credit, name="apply-credit-note"),
    path("payments/new/", payments.new, name="new-payment"),
    path("payments/<int:record>/edit/", payments.edit, name="edit-payment"),
    path("payments/<int:record>/void/", payments.void, name="void-payment"),
    path("payments/<int:record>/apply/", payments.apply, name="apply-payment"),
    path("payments/<int:record>/unapply/", payments.unapply, name="unapply-payment"),
    path("sync/results/", results.results, name="results"),
    path("sync/results.csv", results.download, name="results-csv"),
    path("sync/results/<int:link>/", results.result, name="result"),
    path("sync/results/<int:link>/conflict/", settling.conflict, name="conflict-of-result"),
    path("sync/results/<int:link>/twins/", settling.twins, name="twins-of-result"),
    path("sync/results/<int:link>/deleted/", settling.deleted, name="deleted-result"),
    path("sync/results/<int:link>/merged/", settling.merged, name="merged-result"),
    path("sync/results/<int:link>/written-off/", settling.written_off, name="written-off-result"),
    path("sync/results/<int:link>/second-name/", settling.second_name, name="second-name-of-result"),
    path("sync/results/<int:link>/void-there/", settling.void_there, name="void-there-of-result"),
    path("sync/runs/<int:run>/undo/", undoing.undo, name="undo-run"),
    path("sync/release/", releasing.release, name="release"),
    path("sync/preview/", preview.preview, name="preview"),
    path("sync/audit/", audit.audit, name="audit"),
    path("sync/unlink/", linking.unlink, name="unlink"),
    path("sync/relink/", linking.relink, name="relink"),
    path("sync/try-again/", linking.try_again, name="try-again"),
    path("accounts/<int:record>/sync/", accounts.sync, name="sync-account"),
    path("accounts/<int:record>/skip/", accounts.skip, name="skip-account"),
    path("sync/start/", sync.start, name="start-sync"),
    path("sync/state/", sync.state, name="sync-state"),
    path("sync/run/", sync.run, name="run"),
    path("sync/flag/", sync.flag, name="flag"),
    path("sync/tie-out/", tie_out.tie_out, name="tie-out"),
    path("sync/tie-out/compare/", tie_out.compare, name="compare"),
    path("sync/tie-out.csv", tie_out.download, name="tie-out-csv"),
    path("sync/tasks/<int:task>/", tasks.task, name="task"),
    path("settings/company/", settings.settings, name="settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/invite/", people.invite, name="invite"),
    path("settings/people/<int:member>/role/", people.role, name="role-of-member"),
    path("settings/people/<int:member>/remove/", people.remove, name="remove-member"),
    *connection.of_a_company,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", companies.companies, name="companies"),
    path("healthz", health.healthz, name="healthz"),
    path("log-in/", auth.LogIn.as_view(), name="log-in"),
    path("log-out/", auth.LogOut.as_view(), name="log-out"),
    path("password/", auth.forgotten, name="password-forgotten"),
    path("password/sent/", auth.sent, name="password-sent"),
    # Under Django's own name, which the mailed link is made by.
    path("password/<uidb64>/<token>/", auth.SetPassword.as_view(), name="password_reset_confirm"),
    path("theme/", theme.choose, name="theme"),
    *connection.urlpatterns,
    path("c/<int:company>/", include(of_a_company)),
]
