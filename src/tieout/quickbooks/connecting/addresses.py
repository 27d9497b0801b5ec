"""Where QuickBooks is: Intuit's own addresses, or those of a local sandbox."""

from __future__ import annotations

from django.conf import settings

_API = {
    "production": "https://quickbooks.api.intuit.com",
    "sandbox": "https://sandbox-quickbooks.api.intuit.com",
}
_DISCOVERY = {
    "production": "https://developer.intuit.com/.well-known/openid_configuration",
    "sandbox": "https://developer.intuit.com/.well-known/openid_sandbox_configuration",
}


def api_of(sandbox: str) -> str:
    """`sandbox` is the origin of a local one, or empty for Intuit's own."""
    return sandbox or _API[settings.QUICKBOOKS_ENVIRONMENT]


def discovery_of(sandbox: str) -> str:
    if sandbox:
        return f"{sandbox}/.well-known/openid_sandbox_configuration"
    return _DISCOVERY[settings.QUICKBOOKS_ENVIRONMENT]
