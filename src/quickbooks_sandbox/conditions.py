"""What state companies and their people are in, and what that forbids: subscriptions, roles, maintenance, outages."""

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.people import PEOPLE, Person, person_by_sub
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Storage

Role = Literal["admin", "standard", "none"]
TRIAL = timedelta(days=30)
SPACE, OUTAGE = "condition", "outage"


class BadCondition(ValueError):
    """A condition that cannot be, said in one sentence."""


class Condition(msgspec.Struct, forbid_unknown_fields=True):
    """Of one company."""

    subscription: Literal["active", "trial", "lapsed"] = "active"
    trial_ends: datetime | None = None
    """Of a trial; 30 days from now if it is not said."""
    maintenance: bool = False
    locked_out: bool = False
    roles: dict[str, Role] = msgspec.field(default_factory=lambda: {one.email: one.role for one in PEOPLE})
    """By e-mail address; "none" for whoever was removed from the company."""


class Outage(msgspec.Struct, forbid_unknown_fields=True):
    """Which of Intuit's services are down."""

    accounting: bool = False
    oauth: bool = False


class Conditions:
    def __init__(self, clock: Clock, settings: Settings, storage: Storage) -> None:
        self._clock, self._settings, self._storage = clock, settings, storage
        stored = dict(storage.entries(SPACE))
        self.outage = msgspec.json.decode(stored.pop(OUTAGE, b"{}"), type=Outage)
        self._of = {realm_id: msgspec.json.decode(value, type=Condition) for realm_id, value in stored.items()}

    def of(self, realm_id: str) -> Condition:
        return self._of.get(realm_id) or Condition()

    def change(self, realm_id: str, changes: dict[str, Any]) -> Condition:
        """Changes what is named; of the roles, those of the people who are named."""
        before = msgspec.to_builtins(self.of(realm_id))
        roles = {**before["roles"], **_mapping(changes.get("roles") or {})}
        try:
            changed = msgspec.convert({**before, **changes, "roles": roles}, Condition)
        except msgspec.ValidationError as error:
            raise BadCondition(f"{error}.") from None
        self._check(changed)
        self._of[realm_id] = changed
        self._storage.put(SPACE, realm_id, msgspec.json.encode(changed))
        return changed

    def _check(self, condition: Condition) -> None:
        strangers = set(condition.roles) - {person.email for person in PEOPLE}
        if strangers:
            raise BadCondition(f"Nobody here has the e-mail address {sorted(strangers)[0]}.")
        if condition.subscription != "trial":
            condition.trial_ends = None
        elif condition.trial_ends is None:
            condition.trial_ends = self._clock.now() + TRIAL
        elif condition.trial_ends.tzinfo is None:
            raise BadCondition("The end of the trial needs an offset, such as 2026-11-02T09:00:00Z.")

    def set_outage(self, outage: Outage) -> None:
        self.outage = outage
        self._storage.put(SPACE, OUTAGE, msgspec.json.encode(outage))

    def forget(self, realm_id: str) -> None:
        self._of.pop(realm_id, None)
        self._storage.remove(SPACE, realm_id)

    def clear(self) -> None:
        self._of.clear()
        self.outage = Outage()
        self._storage.clear(SPACE)

    def role(self, realm_id: str, person: Person) -> Role:
        return self.of(realm_id).roles[person.email]

    def is_lapsed(self, realm_id: str) -> bool:
        condition = self.of(realm_id)
        ended = condition.trial_ends is not None and condition.trial_ends <= self._clock.now()
        return condition.subscription == "lapsed" or ended

    def subscription(self, realm_id: str) -> dict[str, str]:
        """As CompanyInfo names it. Of a subscription that ended no document gives the word."""
        trial = self.of(realm_id).subscription == "trial"
        status = "EXPIRED" if self.is_lapsed(realm_id) else "TRIAL" if trial else "PAID"
        return {"SubscriptionStatus": status, "OfferingSku": self._product}

    def refuse(self, realm_id: str, sub: str) -> None:
        """Every request for a company that is shut, or by someone who is no admin of it any more."""
        condition = self.of(realm_id)
        if condition.maintenance:
            raise fault("150", value=realm_id)
        if condition.locked_out:
            raise fault("140", value=realm_id)
        if self.role(realm_id, person_by_sub(sub)) != "admin":
            raise fault("120", product=self._product)

    def refuse_write(self, realm_id: str) -> None:
        if self.is_lapsed(realm_id):
            sentence = f"You can't add data to {self._product} because your trial or subscription period ended."
            raise fault("6190", text=sentence)

    @property
    def _product(self) -> str:
        return f"QuickBooks Online {self._settings.plan}"


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadCondition('Roles are an object such as {"owner@example.com": "admin"}.')
    return value
