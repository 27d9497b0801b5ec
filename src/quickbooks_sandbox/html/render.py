"""Templates of the sandbox's own pages: plain HTML, one small style sheet inline, nothing external."""

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from jinja2 import Environment

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'",
}


def money(amount: Decimal | int) -> str:
    return f"{amount:,.2f}"


@cache
def _templates() -> "Environment":
    # Imported on use: a sandbox that only programs talk to should start fast.
    import jinja2

    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("quickbooks_sandbox.html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["money"] = money
    return templates


def page(template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    html = _templates().get_template(template).render(**context)
    return HTMLResponse(html, status_code=status, headers=HEADERS)
