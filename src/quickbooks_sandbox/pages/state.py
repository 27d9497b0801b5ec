"""The page of a company's state: its subscription, its people, and the apps that are connected."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quickbooks_sandbox.conditions import BadCondition
from quickbooks_sandbox.html.forms import read_form
from quickbooks_sandbox.html.render import page
from quickbooks_sandbox.pages.finding import NotThere, books_named, frame, not_done, not_there
from quickbooks_sandbox.parts import Parts
from quickbooks_sandbox.people import PEOPLE, person_by_sub


class StatePages:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[Route]:
        return [
            Route("/app/state", self.show),
            Route("/app/state", self.change, methods=["POST"]),
            Route("/app/connection", self.act, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        try:
            books = books_named(self._parts.companies, request.query_params.get("realmId"))
        except NotThere as error:
            return not_there(error)
        connections = self._parts.connections
        return page(
            "state.html",
            200,
            **frame(books),
            state=self._parts.conditions.of(books.realm_id),
            lapsed=self._parts.conditions.is_lapsed(books.realm_id),
            people=PEOPLE,
            grants=[
                (grant, person_by_sub(grant.person).full_name, connections.refresh_expires_in(grant) // 86_400)
                for grant in connections.grants()
                if grant.realm_id == books.realm_id
            ],
        )

    async def change(self, request: Request) -> Response:
        form = await read_form(request)
        try:
            books = books_named(self._parts.companies, form.get("realmId"))
            self._parts.conditions.change(books.realm_id, _changes(form))
        except NotThere as error:
            return not_there(error)
        except (BadCondition, ValueError) as error:
            return not_done(error)
        return RedirectResponse(f"/app/state?realmId={books.realm_id}", status_code=303)

    async def act(self, request: Request) -> Response:
        form = await read_form(request)
        connections, id_ = self._parts.connections, form.get("id", "")
        acts = {
            "disconnect": connections.end,
            "rotate": connections.rotate,
            "expire-refresh": connections.expire_refresh,
            "expire-access": connections.expire_access,
        }
        act = acts.get(form.get("act", ""))
        if act is None or id_ not in {grant.id for grant in connections.grants()}:
            return not_there(NotThere("There is no such connection, or no such act."))
        act(id_)
        return RedirectResponse(f"/app/state?realmId={form.get('realmId', '')}", status_code=303)


def _changes(form: dict[str, str]) -> dict[str, Any]:
    ends = form.get("trial_ends")
    return {
        "subscription": form.get("subscription", "active"),
        "trial_ends": datetime.fromisoformat(f"{ends}T00:00:00+00:00") if ends else None,
        "maintenance": "maintenance" in form,
        "locked_out": "locked_out" in form,
        "roles": {person.email: form[person.email] for person in PEOPLE if person.email in form},
    }
