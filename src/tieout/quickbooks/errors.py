"""Why a connection as a whole cannot go on. Each message is a sentence for a person."""

from __future__ import annotations

from .connecting.causes import WORDS, Cause


class ConnectionTrouble(Exception):
    """Nothing is lost by any of these; the same work can be done later."""

    @property
    def reason(self) -> str:
        return str(self)


class NotConnected(ConnectionTrouble):
    """The company was never connected, or was disconnected."""


class AccessLost(ConnectionTrouble):
    """Ends only when a person connects again."""

    @classmethod
    def because(cls, cause: Cause) -> AccessLost:
        return cls(WORDS[cause].what)


class WrongKeys(ConnectionTrouble):
    """QuickBooks does not know the app's own client id and secret; reconnecting alone does not help."""


class Outage(ConnectionTrouble):
    """QuickBooks cannot be reached or cannot work just now; ends by itself."""


class Unreachable(Outage):
    """Nothing answers at the address."""


class Throttled(ConnectionTrouble):
    """Too many calls, also after waiting as long as QuickBooks asks."""


class ReadFailed(Exception):
    """A read that QuickBooks refused or never answered in full; what came of it must not be used."""


class RealmTaken(Exception):
    """The binding asked for is refused: a company and its QuickBooks company belong together for good."""


class CompanyBound(RealmTaken):
    """Our company already belongs to another QuickBooks company."""


class NoFreeRealm(RealmTaken):
    """The sandbox has no company that could be bound."""
