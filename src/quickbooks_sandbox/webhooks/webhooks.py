"""Webhooks: what is to be told to the app, when, and when again. Sending itself is handed in."""

import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

import msgspec

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.ledger.store import Called, Row, Watch
from quickbooks_sandbox.oauth.clients import is_here
from quickbooks_sandbox.oauth.connections import Connections
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Storage
from quickbooks_sandbox.webhooks.events import Event, told
from quickbooks_sandbox.webhooks.history import history
from quickbooks_sandbox.webhooks.notification import Form, body_of, headers_of

# "Webhooks: retry policy" of October 2025: the wait before each further attempt, the last one for good.
WAITS_S = (10, 20, 30, 300, 1200, 7200, 14_400, 21_600)
ATTEMPTS_SHOWN = 200
LONGEST_DELAY_S = 30 * 86_400
SPACE, CONFIGURATION, PENDING = "webhook", "configuration", "webhook pending"


class Configuration(msgspec.Struct, forbid_unknown_fields=True):
    """Of the one app."""

    url: str | None = None
    """Where notifications go: an address on this machine. Without one nothing is told."""
    verifier_token: str = "sandbox-verifier-token"  # noqa: S105 - guards nothing but a local test
    form: Form = "cloudevents"
    entities: list[str] | None = None
    """The entities that the app wants to hear of; None for all."""
    delay_s: Annotated[float, msgspec.Meta(ge=0, le=LONGEST_DELAY_S)] = 0
    """How long after the change the first attempt is made."""
    paused: bool = False
    """Nothing is sent; what happens meanwhile is told afterwards."""
    doubled: bool = False
    """Every acknowledged notification is sent once more."""
    reordered: bool = False
    """The newest first: within a notification, and among those that wait."""


class Notification(msgspec.Struct):
    id: int
    events: list[Event]
    due: datetime
    attempts: int = 0
    copy: bool = False
    """The second sending of one that was acknowledged."""


class Attempt(msgspec.Struct):
    """One line of the log."""

    at: datetime
    notification: int
    attempt: int
    status: int
    """The answer's status; 0 where there was none within 3 seconds."""
    body: msgspec.Raw


class BadWebhook(ValueError):
    """A configuration that cannot be, said in one sentence."""


#: Posts the body to the address with the headers; answers the status, 0 for none in time.
Post = Callable[[str, dict[str, str], bytes], Awaitable[int]]


class Webhooks:
    def __init__(self, clock: Clock, settings: Settings, storage: Storage, connections: Connections) -> None:
        self._clock, self._settings, self._storage, self._connections = clock, settings, storage, connections
        stored = dict(storage.entries(SPACE))
        self.configuration = msgspec.json.decode(stored.get(CONFIGURATION, b"{}"), type=Configuration)
        waiting = (msgspec.json.decode(value, type=Notification) for _, value in storage.entries(PENDING))
        self._pending = {each.id: each for each in waiting}
        self.attempts: deque[Attempt] = deque(maxlen=ATTEMPTS_SHOWN)
        self._last_id = max(self._pending, default=0)

    @property
    def pending(self) -> list[Notification]:
        """What is still to be told, oldest first."""
        return list(self._pending.values())

    def configure(self, configuration: Configuration) -> None:
        url = configuration.url
        if url is not None and not is_here(url):
            raise BadWebhook("Notifications go to http addresses on this machine only (localhost, 127.0.0.1 or [::1]).")
        self.configuration = configuration
        self._storage.put(SPACE, CONFIGURATION, msgspec.json.encode(configuration))

    def clear(self) -> None:
        self.configuration = Configuration()
        self._pending.clear()
        self.attempts.clear()
        self._storage.clear(SPACE)
        self._storage.clear(PENDING)

    def watch(self, realm_id: str) -> Watch:
        return partial(self._take, realm_id)

    def _take(self, realm_id: str, changes: list[tuple[Row | None, Row]], called: Called) -> None:
        if self.configuration.url is None or not self._is_connected(realm_id):
            return
        now, wanted = self._clock.now(), self.configuration.entities
        events = [
            Event(str(uuid.uuid4()), realm_id, entity, id, operation, now, other)
            for entity, id, operation, other in told(changes, called, self._settings)
            if wanted is None or entity in wanted
        ]
        if events:
            self._enqueue(events, now + timedelta(seconds=self.configuration.delay_s))

    def tell_again(self, books: Books, since: datetime, until: datetime) -> int:
        """Queues a notification of every making, last change and removal in that while, in their order."""
        if self.configuration.url is None or not self._is_connected(books.realm_id):
            return 0
        wanted = self.configuration.entities
        events = [
            Event(str(uuid.uuid4()), books.realm_id, entity, id, operation, at)
            for at, entity, id, operation in history(books, since, until)
            if wanted is None or entity in wanted
        ]
        for event in events:
            self._enqueue([event], self._clock.now() + timedelta(seconds=self.configuration.delay_s))
        return len(events)

    def _enqueue(self, events: list[Event], due: datetime, *, copy: bool = False) -> None:
        self._last_id += 1
        self._keep(Notification(self._last_id, events, due, copy=copy))

    def next_due(self) -> datetime | None:
        """When there is something to send next; a simulation moves its clock there. None while all is told."""
        if self.configuration.url is None or self.configuration.paused or not self._pending:
            return None
        held_by = self._held_by()
        return held_by.due if held_by else min(each.due for each in self._pending.values())

    async def deliver_due(self, post: Post) -> int:
        """Sends everything that is due once, and answers how many notifications that were."""
        due = self._due()
        for notification in due:
            await self._send(notification, post)
        return len(due)

    def _due(self) -> list[Notification]:
        moment = self.next_due()
        now = self._clock.now()
        if moment is None or moment > now:
            return []
        held_by = self._held_by()
        due = [held_by] if held_by else [each for each in self._pending.values() if each.due <= now]
        return due[::-1] if self.configuration.reordered else due

    def _held_by(self) -> Notification | None:
        """The notification that was refused and that all others wait for, if that is how it is."""
        if self._settings.webhook_after_failure != "withhold":
            return None
        return next((each for each in self._pending.values() if each.attempts), None)

    async def _send(self, notification: Notification, post: Post) -> None:
        configuration, now = self.configuration, self._clock.now()
        if configuration.url is None:
            return
        events = notification.events[::-1] if configuration.reordered else notification.events
        body = body_of(events, configuration.form, self._settings.webhook_void_word)
        headers = headers_of(body, configuration.verifier_token, configuration.form, now)
        status = await post(configuration.url, headers, body)
        notification.attempts += 1
        self.attempts.append(Attempt(now, notification.id, notification.attempts, status, msgspec.Raw(body)))
        self._settle(notification, acknowledged=200 <= status < 300)

    def _settle(self, notification: Notification, *, acknowledged: bool) -> None:
        if notification.id not in self._pending:  # reset while it was on its way
            return
        if acknowledged:
            self._forget(notification)
            if self.configuration.doubled and not notification.copy:
                self._enqueue(notification.events, self._clock.now(), copy=True)
        else:
            wait = WAITS_S[min(notification.attempts, len(WAITS_S)) - 1]
            notification.due = self._clock.now() + timedelta(seconds=wait)
            self._keep(notification)

    def _is_connected(self, realm_id: str) -> bool:
        return any(grant.realm_id == realm_id for grant in self._connections.grants())

    def _keep(self, notification: Notification) -> None:
        self._pending[notification.id] = notification
        if self._storage.keeps:
            self._storage.put(PENDING, _key(notification), msgspec.json.encode(notification))

    def _forget(self, notification: Notification) -> None:
        del self._pending[notification.id]
        self._storage.remove(PENDING, _key(notification))


def _key(notification: Notification) -> str:
    """In the order of their making."""
    return f"{notification.id:012}"
