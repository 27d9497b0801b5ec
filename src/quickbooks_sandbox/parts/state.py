"""What the controls changed and a restart must not forget: the clock's offset and the settings."""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.manners import Manner, with_manner
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Storage

SPACE = "state"


class BadSetting(ValueError):
    """A setting that does not exist or cannot have that value, said in one sentence."""


def change_settings(settings: Settings, changes: dict[str, Any]) -> None:
    """Changes the given names in place, all or none: the books hold the same object."""
    known = asdict(settings)
    unknown = sorted(set(changes) - set(known))
    if unknown:
        raise BadSetting(f"There is no setting {', '.join(unknown)}; known are {', '.join(sorted(known))}.")
    try:
        checked = msgspec.convert({**known, **changes}, Settings)
    except msgspec.ValidationError as error:
        raise BadSetting(f"{error}.") from None
    for name, value in asdict(checked).items():
        setattr(settings, name, value)


class State:
    def __init__(self, storage: Storage, clock: Clock, settings: Settings) -> None:
        self._storage, self._clock, self._settings = storage, clock, settings
        self._at_start = replace(settings)

    def restore(self) -> None:
        kept = dict(self._storage.entries(SPACE))
        if "clock" in kept:
            self._clock.advance(msgspec.json.decode(kept["clock"], type=float))
        if "settings" in kept:
            change_settings(self._settings, msgspec.json.decode(kept["settings"]))

    def take_manner(self, manner: Manner) -> None:
        change_settings(self._settings, asdict(with_manner(self._at_start, manner)))

    def keep(self) -> None:
        offset = (self._clock.now() - datetime.now(UTC)).total_seconds()
        changes = {
            name: value for name, value in asdict(self._settings).items() if value != getattr(self._at_start, name)
        }
        self._storage.put(SPACE, "clock", msgspec.json.encode(offset))
        self._storage.put(SPACE, "settings", msgspec.json.encode(changes))

    def reset(self) -> None:
        self._clock.set(datetime.now(UTC))
        change_settings(self._settings, asdict(self._at_start))
        self._storage.clear(SPACE)
