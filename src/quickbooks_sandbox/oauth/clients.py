"""The app that may ask for connections: one is built in, so that nothing has to be registered first."""

import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Client:
    client_id: str
    client_secret: str

    def has_secret(self, secret: str) -> bool:
        return hmac.compare_digest(self.client_secret.encode(), secret.encode())

    def accepts_redirect_to(self, uri: str) -> bool:
        """The built-in client takes any address on this machine, and no other."""
        return is_here(uri) and not urlsplit(uri).fragment


# Fixed on purpose: keys of a local sandbox guard nothing, and fixed ones can stand in a project's settings.
BUILT_IN = Client(
    client_id="ABlocalQuickBooksSandboxClientForLoopbackOnly00001",
    client_secret="local-sandbox-secret-that-guards-nothing",  # noqa: S106
)


def client_by_id(client_id: str) -> Client | None:
    return BUILT_IN if client_id == BUILT_IN.client_id else None


def is_here(url: str) -> bool:
    """Whether it is an http address on this machine."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and is_loopback(parts.hostname or "") and parts.port != 0
    except ValueError:  # no address at all: an open bracket, a port that is no number
        return False


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
