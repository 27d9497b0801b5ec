"""JSON as QuickBooks speaks it, with every fraction exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

# Whole numbers stay int, which mixes with Decimal without loss; a float never appears.
_decoder = msgspec.json.Decoder(type=Any, float_hook=Decimal)
_encoder = msgspec.json.Encoder(decimal_format="number")

BadJson = msgspec.DecodeError


def loads(raw: bytes) -> Any:
    return _decoder.decode(raw)


def dumps(value: Any) -> bytes:
    return _encoder.encode(value)
