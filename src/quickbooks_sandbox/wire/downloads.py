"""Serves the signed addresses of attachments, for which QuickBooks uses a store of files of its own."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from quickbooks_sandbox.companies import Companies
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.wire.files import Files


class Downloads:
    def __init__(self, companies: Companies, files: Files) -> None:
        self._companies, self._files = companies, files

    def routes(self) -> list[Route]:
        return [Route("/attachments/{realm_id}/{id}/{name}", self.serve)]

    async def serve(self, request: Request) -> Response:
        realm_id, id_ = request.path_params["realm_id"], request.path_params["id"]
        query = request.query_params
        if not self._files.admits(realm_id, id_, query.get("expires", ""), query.get("signature", "")):
            return PlainTextResponse("This address has expired, or was never given out.\n", 403)
        content = self._files.content(realm_id, id_)
        if content is None or not self._is_there(realm_id, id_):
            return PlainTextResponse("This attachment has been deleted.\n", 404)
        # Whatever was uploaded must not run in a browser that looks at it.
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return Response(content, media_type="application/octet-stream", headers=headers)

    def _is_there(self, realm_id: str, id_: str) -> bool:
        books = self._companies.get(realm_id)
        try:
            return books is not None and bool(books.read("Attachable", id_))
        except Fault:
            return False
