from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tieout.pages.records import lists
from tieout.pages.views import (
    auth,
    companies,
    health,
    integrations,
    overview,
    records,
    results,
    search,
    sync,
    theme,
    tie_out,
)
from tieout.subledger.models import CreditNote, Invoice

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
    path("sync/results/", results.results, name="results"),
    path("sync/results/<int:link>/", results.result, name="result"),
    path("sync/start/", sync.start, name="start-sync"),
    path("sync/state/", sync.state, name="sync-state"),
    path("sync/run/", sync.run, name="run"),
    path("sync/flag/", sync.flag, name="flag"),
    path("sync/tie-out/", tie_out.tie_out, name="tie-out"),
    path("settings/integrations/", integrations.integrations, name="integrations"),
    path("settings/integrations/quickbooks/", integrations.quickbooks, name="quickbooks"),
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
    path("c/<int:company>/", include(of_a_company)),
]
