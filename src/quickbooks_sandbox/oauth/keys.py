"""The key that signs id_tokens, made when first needed and kept with the data."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from quickbooks_sandbox.storage import Storage

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

# A name, not an address: clients compare it, nothing is fetched from it.
ISSUER = "https://oauth.platform.intuit.com/op/v1"


class SigningKey:
    """joserfc is imported on use: most sandboxes never sign, and all should start fast."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @cached_property
    def _key(self) -> "RSAKey":
        from joserfc.jwk import RSAKey

        for name, value in self._storage.entries("key"):
            if name == "id_token":
                return RSAKey.import_key(msgspec.json.decode(value))
        key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        self._storage.put("key", "id_token", msgspec.json.encode(key.as_dict(private=True)))
        return key

    def public_keys(self) -> dict[str, Any]:
        return {"keys": [self._key.as_dict(private=False)]}

    def id_token(self, client_id: str, sub: str, realm_id: str | None, now: datetime) -> str:
        from joserfc import jwt

        at = int(now.timestamp())
        claims = {"sub": sub, "aud": [client_id], "iss": ISSUER, "auth_time": at, "iat": at, "exp": at + 3600}
        if realm_id:
            claims["realmid"] = realm_id
        return jwt.encode({"alg": "RS256", "kid": self._key.kid, "typ": "JWT"}, claims, self._key)
