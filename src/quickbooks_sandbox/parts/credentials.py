import msgspec


class Credentials(msgspec.Struct, frozen=True):
    """What a program needs to work in one company at once, without the consent pages."""

    base_url: str
    client_id: str
    client_secret: str
    realm_id: str
    access_token: str
    refresh_token: str
