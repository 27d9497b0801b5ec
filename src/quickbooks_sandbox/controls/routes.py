"""The controls of the sandbox, under /sandbox/: what a test script turns and reads."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quickbooks_sandbox.controls.bench import BenchControls
from quickbooks_sandbox.controls.companies import CompanyControls
from quickbooks_sandbox.controls.control import Control, json
from quickbooks_sandbox.controls.recordings import RecordingControls
from quickbooks_sandbox.parts import Parts


class Controls:
    def __init__(self, parts: Parts) -> None:
        self.all = [
            Control("GET", "", self.index, "What there is."),
            Control("GET", "openapi.json", self.openapi, "The same as an OpenAPI description."),
            Control("GET", "health", self.health, "Answers once the sandbox serves."),
            *CompanyControls(parts).controls(),
            *BenchControls(parts).controls(),
            *RecordingControls(parts).controls(),
        ]

    def routes(self) -> list[Route]:
        return [control.route() for control in self.all]

    async def index(self, _request: Request) -> Response:
        return json({f"{control.method} /sandbox/{control.path}": control.says for control in self.all})

    async def openapi(self, _request: Request) -> Response:
        from quickbooks_sandbox.controls.openapi import describe

        return json(describe(self.all))

    async def health(self, _request: Request) -> Response:
        return json({"status": "ok"})
