"""Bodies that clients compress, as two of Intuit's own libraries can."""

import zlib

#: No request unpacks to more than an upload may have.
LARGEST = 100 * 1024 * 1024
#: zlib reads either format when it is told so: gzip's header, or none beyond its own.
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class BadCompression(ValueError):
    """The body is not what its Content-Encoding says, or unpacks to far too much."""


def unpacked(body: bytes, encoding: str) -> bytes:
    window = _WINDOWS.get(encoding.strip().lower())
    if window is None or not body:
        return body
    try:
        return _inflate(body, window)
    except zlib.error as error:
        if window != zlib.MAX_WBITS:
            raise BadCompression(str(error)) from None
    try:
        return _inflate(body, -zlib.MAX_WBITS)
    except zlib.error as error:
        raise BadCompression(str(error)) from None


def _inflate(body: bytes, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    found = inflater.decompress(body, LARGEST)
    if inflater.unconsumed_tail or not inflater.eof:
        raise BadCompression("the compressed body is too large, or breaks off")
    return found
