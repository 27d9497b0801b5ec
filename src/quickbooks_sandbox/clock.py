"""The one source of time, so that a test or a simulation can move it."""

from datetime import UTC, datetime, timedelta

YEARS = range(1970, 2200)
BEYOND = f"The clock goes from {YEARS[0]} to {YEARS[-1]}."


class BadMoment(ValueError):
    """A moment to which no clock is moved, said in one sentence."""


class Clock:
    """Real time plus an offset; with `start`, a virtual clock that moves only when told."""

    def __init__(self, start: datetime | None = None) -> None:
        self._virtual = _aware(start) if start is not None else None
        self._offset = timedelta()

    def now(self) -> datetime:
        if self._virtual is not None:
            return self._virtual
        return datetime.now(UTC) + self._offset

    def advance(self, seconds: float) -> None:
        step = _step(self.now(), seconds)
        if self._virtual is not None:
            self._virtual += step
        else:
            self._offset += step

    def set(self, moment: datetime) -> None:
        _check(moment)
        if self._virtual is not None:
            self._virtual = _aware(moment)
        else:
            self._offset = _aware(moment) - datetime.now(UTC)


def _step(now: datetime, seconds: float) -> timedelta:
    try:
        step = timedelta(seconds=seconds)
        _check(now + step)
    except OverflowError:
        raise BadMoment(BEYOND) from None
    return step


def _check(moment: datetime) -> None:
    if moment.year not in YEARS:
        raise BadMoment(BEYOND)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
