from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import accounts, choosing, consenting, lists, new_company, rules, schedule, starting, status, switching

HERE = "settings/integrations/quickbooks/"

of_a_company: list[URLPattern | URLResolver] = [
    path("settings/integrations/", status.integrations, name="integrations"),
    path(HERE, status.status, name="quickbooks"),
    path(f"{HERE}connect/", consenting.start, name="connect"),
    path(f"{HERE}connect/go/", consenting.go, name="connect-to-quickbooks"),
    path(f"{HERE}reconnect/", consenting.start_again, name="reconnect"),
    path(f"{HERE}reconnect/go/", consenting.go_again, name="reconnect-to-quickbooks"),
    path(f"{HERE}reconnected/", choosing.reconnected, name="reconnected"),
    path(f"{HERE}set-up/company/", choosing.company, name="set-up-company"),
    path(f"{HERE}set-up/date/", choosing.date, name="set-up-date"),
    path(f"{HERE}set-up/reading/", choosing.reading, name="set-up-reading"),
    path(f"{HERE}set-up/lists/", lists.lists, name="set-up-lists"),
    path(f"{HERE}set-up/accounts/", accounts.accounts, name="set-up-accounts"),
    path(f"{HERE}set-up/rules/", rules.rules, name="set-up-rules"),
    path(f"{HERE}set-up/settings/", starting.settings, name="set-up-settings"),
    path(f"{HERE}set-up/start/", starting.start, name="set-up-start"),
    path(f"{HERE}schedule/", schedule.schedule, name="schedule"),
    path(f"{HERE}switch-off/", switching.disable, name="disable"),
    path(f"{HERE}switch-on/", switching.enable, name="enable"),
    path(f"{HERE}disconnect/", switching.disconnect, name="disconnect"),
    path(f"{HERE}forget-links/", switching.forget, name="forget-links"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("companies/new/", new_company.new_company, name="new-company"),
    # Registered at Intuit as it stands: one for all companies.
    path("quickbooks/connected/", consenting.came_back, name="quickbooks-came-back"),
]
