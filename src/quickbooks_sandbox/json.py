"""JSON as the accounting API writes it: amounts are numbers, exact and never floats."""

from decimal import Decimal
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)


class BadJson(ValueError):
    """The bytes are not JSON."""


def loads(raw: bytes) -> Any:
    """Numbers with a fraction or an exponent become Decimal, whole ones stay int."""
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadJson(str(error)) from error


def dumps(value: Any) -> bytes:
    return _encoder.encode(value)
