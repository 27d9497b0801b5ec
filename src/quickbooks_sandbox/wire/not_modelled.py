"""What QuickBooks has under /v3 and this sandbox has not: refused by name, not taken for a wrong path."""

from quickbooks_sandbox.faults import Fault, not_modelled
from quickbooks_sandbox.wire.exchange import Request

ENTITIES = {
    "inventoryadjustment",
    "reimbursecharge",
    "taxpayment",
}
SERVICES = {"entitlements"}
FORMS = {"pdf", "send"}


def no_such_resource(request: Request) -> Fault:
    parts = [part.lower() for part in request.segments[1:]]
    for known in (ENTITIES | SERVICES) & set(parts[:1]) or FORMS & set(parts[2:3]):
        return not_modelled(f"{known} (which this sandbox does not model)")
    return not_modelled(
        f"Could not find resource for relative : {request.path} of full path: {request.origin}{request.path}"
    )
