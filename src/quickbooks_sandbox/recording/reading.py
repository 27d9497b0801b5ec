"""A file of recorded calls, one a line."""

from pathlib import Path

import msgspec

from quickbooks_sandbox.recording.exchange import Exchange


class BadRecording(ValueError):
    """A file that holds no recording, said in one sentence."""


def read(file: Path) -> list[Exchange]:
    decoder = msgspec.json.Decoder(Exchange)
    try:
        return [decoder.decode(line) for line in file.read_bytes().splitlines() if line]
    except OSError as error:
        raise BadRecording(f"Cannot read {file}: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise BadRecording(f"{file} is not a recording: {error}.") from None
